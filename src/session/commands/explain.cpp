// explain: how a figure comes about, down to sourced numbers.
#include <fmt/format.h>

#include <array>

#include "report/explain.h"
#include "session/commands/design_input.h"
#include "session/commands/rows.h"

namespace marquetry {
namespace {

const std::array arguments{
    Argument{.name = "figure",
             .kind = ArgumentKind::name,
             .metavar = "FIGURE",
             .help = "a dotted path, for example cost.unit_usd",
             .positional = true,
             .need = Need::required,
             .of = NameOf::figure},
    design_argument(),
    set_argument(),
    Argument{.name = "depth",
             .kind = ArgumentKind::count,
             .metavar = "N",
             .help = "levels of the derivation that are shown",
             .fallback = "99"},
};

Output run(Session& session, const Arguments& given, Diagnostics& diagnostics) {
  const auto input = read_design_input(session, given, diagnostics);
  if (input == nullptr) return refusal(message::wrong_input);
  const Design& design = input->design;
  const std::string path = given.one("figure");
  const auto figure = figure_named(path, design, {.file = design.file}, diagnostics);
  if (!figure) return refusal(message::unknown_figure);
  const auto choice = single_choice(design, diagnostics);
  if (!choice) return refusal(message::unknown_variable);
  const auto plan = make_plan(*input->prepared.library, design, Lifting<Trace>{}, diagnostics);
  const auto evaluation =
      evaluate(compose(*plan, std::span<const Range>{point(*choice)}), input->prepared.models);
  const auto& row = *figure->figure;
  const Trace derived = named(path, figure->si(evaluation), row.summary, row.dimension);
  const auto depth = static_cast<int>(std::max<std::uint64_t>(1, given.count("depth").value_or(99)));
  return {.text = report::explain_text(derived, depth), .json = report::explain_json(derived)};
}

}  // namespace

Command explain_command() {
  return {.name = "explain",
          .summary = "the derivation of a figure: formulas, numbers, units, sources",
          .arguments = arguments,
          .example = "marquetry explain cost.unit_usd designs/h200.toml",
          .run = run,
          .takes_many = true};
}

}  // namespace marquetry
