// sensitivity: which uncertain numbers of the library a figure hangs on.
#include <array>
#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "report/sensitivity.h"
#include "session/commands/chance_input.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

const std::array arguments{
    design_argument(),
    set_argument(),
    Argument{.name = "figure",
             .kind = ArgumentKind::name,
             .metavar = "PATH",
             .help = "the figure, by its dotted path",
             .fallback = "cost.unit_usd"},
    Argument{.name = "top",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "how many numbers are shown, those with most effect first",
             .fallback = "15"},
    preset_argument(),
};

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  Message failure;
  const auto input = read_subject(session, given, diagnostics, failure);
  if (!input) return refusal(failure);
  const std::string path = given.one("figure");
  const auto& design = input->design->design;
  const auto figure = figure_named(path, design, {.file = design.file}, diagnostics);
  if (!figure) return refusal(message::unknown_figure);
  const auto top = static_cast<std::size_t>(given.count("top").value_or(15));
  const auto tornado = chance::tornado(input->subject, *figure);
  return {.text = report::sensitivity_text(input->subject, path, tornado, top),
          .json = json_text(report::sensitivity_json(input->subject, path, tornado, top))};
}

}  // namespace

Command sensitivity_command() {
  return {.name = "sensitivity",
          .summary = "the uncertain numbers that a figure hangs on, greatest effect first",
          .arguments = arguments,
          .example = "marquetry sensitivity designs/h200.toml --figure cost.unit_usd",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
