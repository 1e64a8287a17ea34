#include "session/commands/place_input.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/parallel.h"
#include "config/json.h"
#include "config/parse.h"
#include "evaluation/assess.h"
#include "exchange/layout_case.h"
#include "layout_file/load.h"
#include "placement/package_problem.h"
#include "session/commands/place_cost.h"
#include "session/documents.h"

namespace marquetry {
namespace {

using placement::Metric;

constexpr double longest_time = 1e6;  // seconds; a search by steps ends by them

// A case is set up for wire unless the area alone counts.
exchange::Setting setting_of(const Arguments& given) {
  if (given.has("setting"))
    return static_cast<exchange::Setting>(std::ranges::find(place_settings, given.one("setting")) -
                                          place_settings.begin());
  return given.one("objective") == "area" ? exchange::Setting::free : exchange::Setting::scaled;
}

std::unique_ptr<PlaceInput> read_case(const Arguments& given, Diagnostics& diagnostics) {
  const auto file = given.one("case");
  const auto root = parse_json_file(file, diagnostics);
  if (!root) return nullptr;
  const auto setting = setting_of(given);
  auto problem = exchange::read_layout_case(*root, setting, diagnostics);
  if (!problem) return nullptr;
  auto input = std::make_unique<PlaceInput>();
  input->problem = std::move(*problem);
  if (find(*root, "dies") == nullptr) input->setting = place_settings[static_cast<std::size_t>(setting)];
  if (given.has("setting") && input->setting.empty())
    diagnostics.warning({.file = "--setting"},
                        "is for floorplanning cases; this one has dies and is taken as it is");
  return input;
}

std::unique_ptr<PlaceInput> read_design(Session& session, const Arguments& given, const Node& root,
                                        Diagnostics& diagnostics) {
  auto input = std::make_unique<PlaceInput>();
  input->input = read_design_input(session, given, root, diagnostics);
  if (input->input == nullptr) return nullptr;
  const auto choice = single_choice(input->input->design, diagnostics);
  if (!choice) return nullptr;
  Assessor assess{input->input->prepared};
  const auto assessed = assess(*choice);
  auto made = placement::package_problem(input->input->prepared, *choice, assessed.system,
                                         assessed.evaluation, diagnostics);
  if (!made) return nullptr;
  input->problem = std::move(made->problem);
  input->notes = std::move(made->notes);
  input->cost = carrier_cost(input->input->prepared, assessed.system, input->problem);
  return input;
}

std::unique_ptr<PlaceInput> read_file_of_design(Session& session, const Arguments& given,
                                                Diagnostics& diagnostics) {
  const auto root = read_document(session, given, diagnostics);
  if (!root) return nullptr;
  if (find(*root, "placement") == nullptr) return read_design(session, given, *root, diagnostics);
  if (!given.all("set").empty())
    diagnostics.error({.file = "--set"},
                      fmt::format("[placement] has no variable to set: '{}'", given.one("set")),
                      "change the number in the file");
  auto problem = layout_file::load(*root, diagnostics);
  if (!problem || !diagnostics.ok()) return nullptr;
  auto input = std::make_unique<PlaceInput>();
  input->problem = std::move(*problem);
  return input;
}

std::string quoted_names(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, names.size()); ++i)
    out += fmt::format("{}'{}'", i > 0 ? ", " : "", names[i]);
  return names.size() > 3 ? fmt::format("{} and {} more", out, names.size() - 3) : out;
}

// A metric needs what it measures.
void check_metric(const layout::Problem& problem, Metric metric, Diagnostics& diagnostics) {
  const SourceSpot where{.file = "--metric"};
  const bool of_links = metric == Metric::transport || metric == Metric::centre || metric == Metric::phys;
  if (of_links && problem.links.empty()) {
    diagnostics.error(where, "this case has no links between dies to measure",
                      problem.nets.empty() ? "" : "use --metric hpwl, which measures its nets");
  }
  std::vector<std::string> without;
  for (const auto& link : problem.links) {
    if (metric == Metric::phys && !link.phy) without.push_back(link.name);
    for (const auto die : {link.a, link.b}) {
      const auto& name = problem.dies[die].name;
      if (metric == Metric::transport && !problem.dies[die].clumps &&
          std::ranges::find(without, name) == without.end())
        without.push_back(name);
    }
  }
  if (without.empty()) return;
  if (metric == Metric::phys) {
    diagnostics.error(where,
                      fmt::format("{} of {} links have no PHYs: {}", without.size(), problem.links.size(),
                                  quoted_names(without)),
                      "give each link a 'phy' with modules and width, or use --metric centre");
  } else {
    diagnostics.error(where,
                      fmt::format("these dies have links, but no bump clumps: {}", quoted_names(without)),
                      "give them a ring and 'clumps', or use --metric centre");
  }
}

double weight(const Arguments& given, std::string_view name, double usual, Diagnostics& diagnostics) {
  const auto value = given.number(name).value_or(usual);
  if (value >= 0 && value <= 1e12) return value;
  diagnostics.error({.file = fmt::format("--{}", name)}, "must be 0 or more");
  return usual;
}

}  // namespace

std::unique_ptr<PlaceInput> read_place_input(Session& session, const Arguments& given,
                                             Diagnostics& diagnostics) {
  const bool of_session = given.has(from_session);
  if (given.has("case") && given.has("design") && !of_session) {
    diagnostics.error({.file = "marquetry place"}, "give a DESIGN or --case FILE.json, not both");
    return nullptr;
  }
  if (given.has("case")) return read_case(given, diagnostics);
  if (given.has("design")) return read_file_of_design(session, given, diagnostics);
  diagnostics.error({.file = "marquetry place"}, "nothing to place: give a DESIGN, or --case FILE.json",
                    "see 'marquetry place --help'");
  return nullptr;
}

std::string place_objective(const PlaceInput& input, const Arguments& given) {
  if (given.has("objective")) return std::string{given.one("objective")};
  return input.input != nullptr ? "wire-area" : "wire";
}

placement::Options place_options(const PlaceInput& input, const Arguments& given, const Options& common,
                                 Diagnostics& diagnostics) {
  const auto& problem = input.problem;
  placement::Options options{.seed = common.seed,
                             .threads = common.threads > 0 ? common.threads : parallel::default_threads(),
                             .exact = given.has("exact"),
                             .front = given.has("front")};
  const auto metric = std::ranges::find(place_metrics, given.one("metric"));
  options.metric = static_cast<Metric>(metric - place_metrics.begin());
  // The metric that can be proved.
  const bool has_clumps =
      std::ranges::any_of(problem.dies, [](const auto& die) { return die.clumps.has_value(); });
  if (options.exact && options.metric == Metric::automatic && has_clumps) options.metric = Metric::centre;
  check_metric(problem, options.metric, diagnostics);
  const auto objective = place_objective(input, given);
  const double area = given.has("objective") ? 1 : placement::usual_weights.area;
  options.weights = {
      .wire = weight(given, "wire-weight", objective.starts_with("wire") ? 1 : 0, diagnostics),
      .area = weight(given, "area-weight", objective.ends_with("area") ? area : 0, diagnostics),
      .cost = weight(given, "cost-weight", objective == "cost" ? 1 : 0, diagnostics),
      .temperature = weight(given, "temperature-weight", objective == "temperature" ? 1 : 0, diagnostics)};
  options.cost = input.cost;
  if (options.weights.cost > 0 && !options.cost)
    diagnostics.error({.file = objective == "cost" ? "--objective" : "--cost-weight"},
                      "there are no prices in this file", "place a design, whose packaging has them");
  const bool heat = options.weights.temperature > 0 || options.front;
  if (heat && std::ranges::none_of(problem.dies, [](const auto& die) { return die.power > 0; })) {
    diagnostics.error({.file = options.front ? "--front" : "--objective"},
                      "no die has a power, so that nothing becomes warm", "give the dies their 'power'");
  } else if (heat && !problem.plate && !problem.section) {
    diagnostics.error({.file = options.front ? "--front" : "--objective"},
                      "the file does not say what spreads the heat of the dies",
                      "give it a 'plate': docs/design-format.md, layout");
  }
  if (const auto steps = given.count("steps")) {
    options.steps = *steps;
    options.seconds = longest_time;
    if (*steps == 0) diagnostics.error({.file = "--steps"}, "must be 1 or more");
  }
  if (const auto time = given.number("time")) {
    options.seconds = *time;
    if (!(*time > 0 && *time <= longest_time))
      diagnostics.error({.file = "--time"}, "must be above 0, in seconds", "for example --time 5");
  }
  return options;
}

}  // namespace marquetry
