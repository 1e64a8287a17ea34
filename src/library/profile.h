// A profile: what may be used. Each line of it is one rule, and each rule can be lifted alone to see what it
// costs.
#pragma once

#include <algorithm>

#include "library/row.h"

namespace marquetry {

enum class RuleKind {
  no_euv,         // nodes that need EUV are out
  least_feature,  // nodes below a feature size are out
  nodes,          // only the nodes named; denied: all others; likewise the next three
  memories,
  packagings,
  links,
  suppliers,  // parts that none of these suppliers sells are out; denied: that no other sells
  regions,    // the same of the regions where they are made
  cap,        // a figure has a greatest value
};

struct Rule {
  RuleKind kind{};
  std::string path{};                // as reported: "profile.no-euv.nodes", or the figure of a cap
  std::vector<std::string> names{};  // of an allow or deny list
  bool is_deny{};
  std::vector<std::string> of{};  // categories that a list of suppliers or regions judges; none: all
  double limit{};                 // of least_feature and cap, in SI
  std::string text{};             // as written
  SourceSpot where{};
};

struct Profile : Row {
  static constexpr std::string_view category = "profiles", singular = "profile";
  std::string summary{};
  std::vector<Rule> rules{};
};

// Whether a rule on suppliers or regions lets that one sell rows of a category.
inline bool may_sell(const Rule& rule, std::string_view category, const std::string& name) {
  const auto has = [](const std::vector<std::string>& list, std::string_view text) {
    return std::find(list.begin(), list.end(), text) != list.end();
  };
  if (!rule.of.empty() && !has(rule.of, category)) return true;
  return has(rule.names, name) != rule.is_deny;
}

template <class Visitor>
void describe(Profile& p, Visitor& v) {
  describe_row(p, v);
  v.text("summary", p.summary);
  v.rules(p);
}

}  // namespace marquetry
