#include "config/one_of.h"
#include "layout/rules_fields.h"

namespace marquetry::layout {
namespace {

void read_gaps(Rules& rules) {
  for (const auto* table : tables(rules.reader, "gaps")) {
    Reader reader{*table, "a gap", rules.complaints()};
    const auto* between = reader.find_required("between", "the two dies, or types of die");
    Nanometre gap = 0;
    if (reader.find_required("gap", "the least distance", "\"0.5 mm\"") != nullptr)
      length_if(reader, "gap", gap);
    reader.reject_unknown_keys();
    if (between == nullptr) continue;
    if (between->kind != NodeKind::list || between->items.size() != 2) {
      rules.complaints().error(between->where, "'between' must name two dies, or types of die");
      continue;
    }
    const auto first = resolved(rules, between->items[0]), second = resolved(rules, between->items[1]);
    for (const auto a : first) {
      for (const auto b : second) {
        if (a != b) rules.problem.gaps.push_back({a, b, gap});
      }
    }
  }
}

void read_alignments(Rules& rules) {
  for (const auto* table : tables(rules.reader, "alignments")) {
    Reader reader{*table, "an alignment", rules.complaints()};
    Alignment alignment{.dies = resolved_all(rules, reader, "dies")};
    read_one_of(reader, "line", alignment.line, line_names);
    reader.reject_unknown_keys();
    if (alignment.dies.size() > 1) rules.problem.alignments.push_back(std::move(alignment));
  }
  for (const auto* table : tables(rules.reader, "abutments")) {
    Reader reader{*table, "an abutment", rules.complaints()};
    const auto first = resolved_one(rules, reader, "first"), second = resolved_one(rules, reader, "second");
    Side side{};
    read_one_of(reader, "side", side, side_names);
    reader.reject_unknown_keys();
    if (first && second && *first != *second) rules.problem.abutments.push_back({*first, *second, side});
    if (first && second && *first == *second) {
      rules.complaints().error(name_spot(*table), "an abutment needs two dies, but both are '" +
                                                      rules.problem.dies[*first].name + "'");
    }
  }
}

void read_symmetries(Rules& rules) {
  for (const auto* table : tables(rules.reader, "symmetries")) {
    Reader reader{*table, "a symmetry", rules.complaints()};
    Symmetry symmetry;
    read_one_of(reader, "axis", symmetry.vertical, axis_names);
    const auto* pairs = reader.find("pairs");
    if (reader.find("alone") != nullptr) symmetry.alone = resolved_all(rules, reader, "alone");
    reader.reject_unknown_keys();
    if (pairs != nullptr && pairs->kind != NodeKind::list) {
      rules.complaints().error(pairs->where, "'pairs' must list pairs of dies: [[\"a\", \"b\"]]");
      continue;
    }
    for (std::size_t i = 0; pairs != nullptr && i < pairs->items.size(); ++i) {
      const auto& pair = pairs->items[i];
      if (pair.kind != NodeKind::list || pair.items.size() != 2) {
        rules.complaints().error(pair.where, "a pair must name two dies: [\"a\", \"b\"]");
        continue;
      }
      const auto a = resolved(rules, pair.items[0]), b = resolved(rules, pair.items[1]);
      if (a.size() == 1 && b.size() == 1 && a != b) {
        symmetry.pairs.emplace_back(a.front(), b.front());
      } else if (!a.empty() && !b.empty()) {
        rules.complaints().error(pair.where, "a pair must name two single dies that differ",
                                 "name them with their index");
      }
    }
    rules.problem.symmetries.push_back(std::move(symmetry));
  }
}

}  // namespace

void read_relations(Rules& rules) {
  read_gaps(rules);
  read_alignments(rules);
  read_symmetries(rules);
}

}  // namespace marquetry::layout
