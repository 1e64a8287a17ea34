#include "session/subjects.h"

#include <fmt/format.h>

#include "base/text.h"
#include "config/parse.h"
#include "explore/reference.h"

namespace marquetry {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const auto end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

// The file with its own settings put after those of the command.
Arguments arguments_of(const Arguments& given, const std::vector<std::string>& parts) {
  Arguments own = given;
  own.remove("design");
  own.remove("preset");
  own.add("design", parts[0]);
  if (parts.size() < 2) return own;
  for (auto& setting : split(parts[1], ',')) own.add("set", std::move(setting));
  return own;
}

}  // namespace

std::optional<Subject> read_subject(Session& session, const Arguments& given, const std::string& word,
                                    Diagnostics& diagnostics) {
  const auto* library = library_of(session, diagnostics);
  if (library == nullptr) return std::nullopt;
  Subject subject{.name = word};
  std::error_code error;
  const auto parts = split(word, '@');
  if (!std::filesystem::exists(parts[0], error)) {
    subject.product = find(library->products, word);
    if (subject.is_product()) return subject;
  }
  const auto own = arguments_of(given, parts);
  const auto root = parse_file(parts[0], diagnostics);
  if (!root) return std::nullopt;
  subject.kind = find_document_kind(*root);
  if (subject.kind != nullptr) {
    if (!has_figures(*subject.kind, *root, diagnostics)) return std::nullopt;
    subject.root = *root;
    return subject;
  }
  subject.input = read_design_input(session, own, *root, diagnostics);
  if (subject.input == nullptr) return std::nullopt;
  const auto choice = single_choice(subject.input->design, diagnostics);
  if (!choice) return std::nullopt;
  subject.choice = *choice;
  return subject;
}

std::optional<report::Column> column_of(const Subject& subject, const Preset& preset, const Quirks& quirks,
                                        Diagnostics& diagnostics) {
  report::Column column{.name = subject.name, .preset = std::string{preset.name}};
  if (subject.kind != nullptr) {
    auto result = subject.kind->evaluate(*subject.root, preset, quirks, diagnostics);
    if (!result) return std::nullopt;
    column.feasible = result->feasible;
    column.figures = std::move(result->figures);
    return column;
  }
  Prepared prepared = subject.input->prepared;
  prepared.models.quirks = quirks;
  const auto system = compose(prepared, subject.choice);
  const auto evaluation = evaluate(system, prepared.models);
  column.feasible =
      violations(*prepared.design, prepared.rules, prepared.caps, system, evaluation, subject.choice).empty();
  for (const auto& path : figure_paths(subject.input->design)) {
    const auto figure = *find_figure(path, subject.input->design);
    column.figures.push_back({path, std::string{figure.figure->unit}, figure.report(figure.si(evaluation))});
  }
  return column;
}

report::Column product_column(const Subject& product, const Subject& measured_on) {
  report::Column column{.name = product.name};
  const auto& design = measured_on.input->design;
  const auto system = compose(measured_on.input->prepared, measured_on.choice);
  for (const auto& path : figure_paths(design)) {
    const auto figure = *find_figure(path, design);
    if (path.starts_with("cost.") && path != "cost.unit_usd") continue;  // all that is known is the price
    const auto value = explore::product_value(*product.product, figure, system);
    if (value) column.figures.push_back({path, std::string{figure.figure->unit}, figure.report(*value)});
  }
  return column;
}

}  // namespace marquetry
