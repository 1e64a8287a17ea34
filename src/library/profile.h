// A profile: what may be used. Each line of it is one rule, and each rule can be lifted alone to see what it
// costs.
#pragma once

#include "library/row.h"

namespace marquetry {

enum class RuleKind {
  no_euv,         // nodes that need EUV are out
  least_feature,  // nodes below a feature size are out
  nodes,          // only the nodes named
  memories,       // only the memories named
  packagings,     // only the packagings named
  links,          // only the links named
  suppliers,      // parts that none of these suppliers sells are out
  regions,        // parts that none of these regions makes are out
  cap,            // a figure has a greatest value
};

struct Rule {
  RuleKind kind{};
  std::string path{};                // as reported: "profile.no-euv.nodes", or the figure of a cap
  std::vector<std::string> names{};  // of an allow list
  double limit{};                    // of least_feature and cap, in SI
  std::string text{};                // as written
  SourceSpot where{};
};

struct Profile : Row {
  static constexpr std::string_view category = "profiles", singular = "profile";
  std::string summary{};
  std::vector<Rule> rules{};
};

template <class Visitor>
void describe(Profile& p, Visitor& v) {
  describe_row(p, v);
  v.text("summary", p.summary);
  v.rules(p);
}

}  // namespace marquetry
