// How a design becomes a plan: each of its fields is written once, or bound to the variables that decide it.
#pragma once

#include <algorithm>

#include "system/hybrid.h"
#include "system/lift_rows.h"
#include "system/open_table.h"
#include "system/plan.h"

namespace marquetry {

// Where a part is made: the first of its regions.
inline const Region& grid_of(const std::vector<std::string>& regions, const Library& library) {
  const Region* region = regions.empty() ? nullptr : find(library.regions, regions.front());
  return region != nullptr ? *region : library.regions.front();
}

// Collects setters: what is fixed is written into the base at once. Each kind of part is one member function,
// in plan_dies.cpp or plan_parts.cpp.
template <Number Real>
struct PlanBuilder {
  const Library& library;
  const Design& design;
  const Lifting<Real>& lifting;
  Diagnostics& diagnostics;
  Plan<Real> plan{};

  void die(std::size_t d);
  void memory(std::size_t m);
  void network(std::size_t n);
  void workload(std::size_t w);
  void package();

  template <class T>
  Axis axis(const Open<T>& open) const {
    return {open.variable, open.variable ? design.variables[*open.variable].domain.size() : 1};
  }

  template <class T>
  std::vector<T> values(const Open<T>& open) const {
    if (!open.variable) return {open.value};
    std::vector<T> out;
    for (const auto& value : design.variables[*open.variable].domain) {
      if constexpr (std::is_same_v<T, std::string>) {
        out.push_back(value.text);
      } else {
        out.push_back(value.number);
      }
    }
    return out;
  }

  // The rows that a field may name. The loader has made sure that they exist.
  template <class Row>
  std::vector<const Row*> rows(const OpenName& open, const std::vector<Row>& all) const {
    std::vector<const Row*> out;
    for (const auto& name : values(open)) out.push_back(find(all, name));
    return out;
  }

  // dies: whose figures depend on it. make(indices) gives a value, store(system, value) writes it.
  template <class Make, class Store>
  void bind(std::vector<Axis> axes, std::uint32_t dies, Make make, Store store) {
    using T = std::decay_t<decltype(make(std::span<const std::size_t>{}))>;
    OpenTable<T> table{std::move(axes), make};
    auto variables = table.variables();
    if (variables.empty()) {
      store(plan.base, table.at({}));
      return;
    }
    plan.setters.push_back(
        {std::move(variables), dies,
         [table = std::move(table), store](System<Real>& system, std::span<const Range> choice) {
           store(system, table.at(choice));
         }});
  }

  template <Dimension D, class Store>
  void number(const OpenNumber& open, std::uint32_t dies, const std::string& name, Store store) {
    const auto given = values(open);
    bind(
        {axis(open)}, dies, [&](auto i) { return lift_given<D>(lifting, given[i[0]], name); }, store);
  }

  // Which row of the library a field names, from 1; 0 while that is open.
  template <class Row, class Store>
  void row_number(const OpenName& open, const std::vector<Row>& all, std::uint32_t dies, Store store) {
    std::vector<std::size_t> numbers;
    for (const auto* row : rows(open, all)) numbers.push_back(static_cast<std::size_t>(row - all.data()) + 1);
    if (!open.variable) {
      store(plan.base, numbers.front());
      return;
    }
    plan.setters.push_back({{*open.variable}, dies, [=](System<Real>& system, std::span<const Range> choice) {
                              const Range range = choice[*open.variable];
                              store(system, range.first == range.last ? numbers[range.first] : 0);
                            }});
  }

  template <class Row, class Store>
  void row(const OpenName& open, const std::vector<Row>& all, std::uint32_t dies, Store store) {
    const auto candidates = rows(open, all);
    bind(
        {axis(open)}, dies,
        [&](auto i) {
          if constexpr (std::is_same_v<Row, Packaging>) {
            return packaging_parameters(*candidates[i[0]], library, lifting);
          } else if constexpr (std::is_same_v<Row, Memory>) {
            return parameters(*candidates[i[0]], library, lifting);
          } else {
            return parameters(*candidates[i[0]], lifting);
          }
        },
        store);
  }

 private:
  void words(std::size_t w);
  void ways(std::size_t w);
  void misfits(std::size_t w);
  void layers();
  void standing(std::size_t m);
  void modules(std::size_t d);
  void supply(std::size_t d);
  void outline(std::size_t d);
};

inline std::size_t die_index(const Design& design, const std::string& id) {
  return static_cast<std::size_t>(std::ranges::find(design.dies, id, &DesignDie::id) - design.dies.begin());
}

}  // namespace marquetry
