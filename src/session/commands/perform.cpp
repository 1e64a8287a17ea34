// perform: what machines make of workloads: products and designs side by side, or one of them operator by
// operator.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/json_text.h"
#include "base/text.h"
#include "config/parse.h"
#include "report/perform.h"
#include "session/commands/perform_input.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

const std::array arguments{
    Argument{.name = "design",
             .kind = ArgumentKind::text,
             .metavar = "SUBJECT",
             .help = "a design, FILE@VAR=VALUE,... for a choice of it, or a product; none: every accelerator",
             .positional = true,
             .takes = Takes::many},
    set_argument(),
    Argument{.name = "workload",
             .kind = ArgumentKind::name,
             .metavar = "NAME",
             .help = "of the first design, or of the library where no design is named; all without it",
             .takes = Takes::many},
    Argument{.name = "precision",
             .kind = ArgumentKind::name,
             .metavar = "FORMAT",
             .help = "of the library's workloads: fp64 ... fp8, int4",
             .fallback = "fp16"},
    Argument{.name = "batch",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "sequences that are decoded, items, at once, of the library's workloads",
             .fallback = "32"},
    Argument{.name = "context",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "tokens kept, or of a prompt, of the library's workloads",
             .fallback = "4096"},
    Argument{.name = "operators",
             .kind = ArgumentKind::flag,
             .help = "of one subject and one workload: each operator, and what binds it"},
    file_argument("csv", "FILE.csv", "write the table here, too"),
};

bool write_csv(const Arguments& given, const std::string& csv, Diagnostics& diagnostics) {
  return !given.has("csv") || write_file(given.one("csv"), csv, diagnostics);
}

Output profile_output(const Arguments& given, const PerformInput& input, const Library& library,
                      Diagnostics& diagnostics) {
  if (input.subjects.size() != 1 || input.workloads.size() != 1) {
    diagnostics.error(
        {.file = "--operators"},
        fmt::format("one subject and one workload are looked at operator by operator, not {} and {}",
                    input.subjects.size(), input.workloads.size()),
        input.workloads.empty() ? "name them"
                                : fmt::format("for example `marquetry perform {} --workload {} --operators`",
                                              input.subjects.empty() ? "h100" : input.subjects[0].runner.name,
                                              input.workloads[0].run.id));
    return refusal(message::wrong_arguments);
  }
  const auto profile = profile_of(input.subjects[0], input.workloads[0], library, diagnostics);
  if (!profile) return refusal(message::wrong_input);
  if (!write_csv(given, report::profile_csv(*profile), diagnostics)) return refusal(message::cannot_write);
  return {.text = report::profile_text(*profile), .json = json_text(report::profile_json(*profile))};
}

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return refusal(message::wrong_library);
  const auto input = read_perform_input(session, given, *library, diagnostics);
  if (!input) return refusal(message::wrong_input);
  if (given.has("operators")) return profile_output(given, *input, *library, diagnostics);
  const auto table = table_of(*input);
  if (!write_csv(given, report::perform_csv(table), diagnostics)) return refusal(message::cannot_write);
  return {.text = report::perform_text(table), .json = json_text(report::perform_json(table))};
}

}  // namespace

Command perform_command() {
  return {.name = "perform",
          .summary = "what products and designs make of workloads, or one of them operator by operator",
          .arguments = arguments,
          .example = "marquetry perform h100 h200 --workload llama-3-70b",
          .run = run};
}

}  // namespace marquetry
