#include "session/subjects.h"

#include <fmt/format.h>

#include "base/text.h"
#include "config/parse.h"
#include "evaluation/rebuilt.h"
#include "explore/reference.h"
#include "report/table.h"

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

// Workloads as those of the rebuilt products in designs/; the die is there for the format alone.
constexpr std::string_view standard_text = R"(format = 1
name = "standard-workloads"
packaging = "cowos-s"
cooling = "cold-plate"
test = "standard"

[dies.none]
node = "blank-silicon"
area = "1 mm2"
power = "0 W"

[workloads.llama-decode]
model = "llama-3-70b"
phase = "decode"
precision = "int8"
batch = 32
context = 4096

[workloads.gpt3-prefill]
model = "gpt-3-175b"
phase = "prefill"
precision = "int8"
batch = 1
context = 2048

[workloads.gemm]
model = "gemm-8k"
phase = "run"

[workloads.resnet]
model = "resnet-50"
phase = "run"
batch = 64
)";

const FigureValue* find_value(const report::Column& column, std::string_view path) {
  const auto found = std::ranges::find(column.figures, path, &FigureValue::path);
  return found == column.figures.end() ? nullptr : &*found;
}

// That of performance goes by the kind of workload.
std::string unit_in(const FigureRef& figure, const System<double>& system) {
  if (figure.figure->path != "performance.{}.value") return std::string{figure.figure->unit};
  return std::string{performance::unit_of(system.workloads[figure.index].kind)};
}

// What a watt and a thousand dollars buy, behind each performance.
void add_shares(report::Column& column) {
  constexpr std::string_view end = ".value";
  const auto* power = find_value(column, "power.total_w");
  const auto* cost = find_value(column, "cost.unit_usd");
  const double watts = power == nullptr ? 0 : power->value, dollars = cost == nullptr ? 0 : cost->value;
  std::vector<FigureValue> out;
  for (const auto& figure : column.figures) {
    out.push_back(figure);
    if (!figure.path.starts_with("performance.") || !figure.path.ends_with(end)) continue;
    const auto stem = figure.path.substr(0, figure.path.size() - end.size());
    if (watts > 0) out.push_back({stem + ".per_watt", figure.unit + "/W", figure.value / watts});
    if (dollars > 0) {
      out.push_back({stem + ".per_1000_usd", figure.unit + "/kUSD", 1000 * figure.value / dollars});
    }
  }
  column.figures = std::move(out);
}

std::string price_note(const Product& product) {
  const auto& price = product.price;
  const auto print = [](double si) { return report::readable(si / unit::USD.si()); };
  if (!price.known) return "its price is not public";
  const auto range = price.low == price.high
                         ? std::string{}
                         : fmt::format(", from {} to {}", print(price.low), print(price.high));
  return fmt::format("its cost is what buyers pay, {} USD{} ({}); that of designs what a unit costs to make",
                     print(price.typ), range, price.origin.source);
}

// A design without variables stands for the product that it names.
void add_agreement(report::Column& column, const Subject& subject, const Evaluation<double>& evaluation) {
  const auto& input = *subject.input;
  const auto* product = find(input.prepared.library->products, input.design.reference);
  if (product == nullptr || !input.design.variables.empty()) return;
  column.notes.push_back(fmt::format("rebuilds {}:", product->name));
  for (const auto& figure : rebuilt_figures(*product, input.design, evaluation)) {
    column.notes.push_back("  " + rebuilt_line(figure));
  }
}

}  // namespace

std::optional<Subject> standard_workloads(Session& session, const Arguments& given,
                                          Diagnostics& diagnostics) {
  const auto root = parse_text(std::string{standard_text}, "standard workloads", diagnostics);
  Arguments own = given;
  own.remove("preset");
  own.remove("set");
  Subject subject{.name = "standard workloads"};
  if (root) subject.input = read_design_input(session, own, *root, diagnostics);
  return subject.input == nullptr ? std::nullopt : std::optional{std::move(subject)};
}

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
    std::vector<std::string_view> products;
    for (const auto& product : library->products) products.push_back(product.id);
    if (const auto hint = did_you_mean(word, products); !hint.empty() && !word.ends_with(".toml")) {
      diagnostics.error({.file = word}, "there is no such file, nor such a product", hint);
      return std::nullopt;
    }
  }
  const auto own = arguments_of(given, parts);
  const auto root = read_document(session, given, parts[0], diagnostics);
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
  column.figures = figure_values(subject.input->design, system, evaluation);
  add_shares(column);
  if (preset.peer.empty()) add_agreement(column, subject, evaluation);
  return column;
}

std::vector<FigureValue> figure_values(const Design& design, const System<double>& system,
                                       const Evaluation<double>& evaluation) {
  std::vector<FigureValue> out;
  for (const auto& path : figure_paths(design)) {
    const auto figure = *find_figure(path, design);
    out.push_back({path, unit_in(figure, system), figure.report(figure.si(evaluation))});
  }
  return out;
}

report::Column product_column(const Subject& product, const Subject& measured_on) {
  report::Column column{.name = product.name};
  const auto& design = measured_on.input->design;
  const auto system = compose(measured_on.input->prepared, measured_on.choice);
  for (const auto& path : figure_paths(design)) {
    const auto figure = *find_figure(path, design);
    if (path.starts_with("cost.") && path != "cost.unit_usd") continue;  // all that is known is the price
    const auto value =
        explore::product_value(*product.product, figure, system, *measured_on.input->prepared.library);
    if (value) column.figures.push_back({path, unit_in(figure, system), figure.report(*value)});
  }
  add_shares(column);
  column.notes.push_back(price_note(*product.product));
  for (auto& line : disagreement_lines(*product.product)) {
    column.notes.push_back("other source: " + std::move(line));
  }
  return column;
}

}  // namespace marquetry
