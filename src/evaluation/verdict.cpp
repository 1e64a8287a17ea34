#include "evaluation/verdict.h"

#include <fmt/format.h>

#include "evaluation/warpage.h"

namespace marquetry {
namespace {

std::string path_with(std::string_view path, const std::string& id) {
  std::string out{path};
  if (const auto hole = out.find("{}"); hole != std::string::npos) out.replace(hole, 2, id);
  return out;
}

RuleSet broken_names(const Rules& rules, const Choice& choice) {
  RuleSet broken = rules.always;
  for (std::size_t v = 0; v < choice.size(); ++v) broken |= rules.by_value[v][choice[v]];
  return broken;
}

}  // namespace

std::vector<std::optional<FigureRef>> find_caps(const Rules& rules, const Design& design,
                                                Diagnostics& diagnostics) {
  std::vector<std::optional<FigureRef>> caps;
  for (const auto& limit : rules.limits) {
    std::optional<FigureRef> figure;
    if (limit.is_cap) {
      // A profile's cap is reported under the profile's name; the figure is what follows it.
      std::string_view path = limit.path;
      if (path.starts_with("profile.")) path = path.substr(path.find('.', 8) + 1);
      figure = figure_named(path, design, limit.where, diagnostics);
    }
    caps.push_back(figure);
  }
  return caps;
}

std::vector<Violation> violations(const Design& design, const Rules& rules,
                                  const std::vector<std::optional<FigureRef>>& caps,
                                  const System<double>& system, const Evaluation<double>& evaluation,
                                  const Choice& choice) {
  std::vector<Violation> out;
  for (const auto& check : checks()) {
    const auto ids = ids_of(check.scope, design);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto margin = check.get<double>()(system, evaluation, i);
      if (keeps(margin)) continue;
      out.push_back({.path = path_with(check.path, ids[i]),
                     .value = (margin.value - check.zero_si) / check.unit_si,
                     .limit = (margin.limit - check.zero_si) / check.unit_si,
                     .unit = std::string{check.unit},
                     .what = std::string{check.what},
                     .hint = std::string{check.hint}});
    }
  }
  if (auto bent = warpage_violation(package_warpage(evaluation))) out.push_back(std::move(*bent));
  const RuleSet names = broken_names(rules, choice);
  for (std::size_t r = 0; r < rules.limits.size(); ++r) {
    const Limit& limit = rules.limits[r];
    if (!limit.is_cap && (names >> r & 1) != 0) {
      out.push_back({.path = limit.path,
                     .value = 1,
                     .limit = 0,
                     .what = "breaks '" + limit.text + "'",
                     .hint = "choose parts that the profile allows, or another profile",
                     .rule = r});
    } else if (caps[r] && !keeps(limit, caps[r]->si(evaluation))) {
      out.push_back({.path = limit.path,
                     .value = caps[r]->report(caps[r]->si(evaluation)),
                     .limit = caps[r]->report(limit.limit),
                     .unit = std::string{caps[r]->figure->unit},
                     .what = std::string{caps[r]->figure->summary},
                     .hint = fmt::format("must be {}", limit.text),
                     .rule = r});
    }
  }
  return out;
}

}  // namespace marquetry
