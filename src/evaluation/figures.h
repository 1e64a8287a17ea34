// Every figure that has a path: what reports print, `explain` derives, objectives and constraints name.
// One table; adding a figure is adding its row.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "design/design.h"
#include "evaluation/evaluation.h"

namespace marquetry {

// What the last word of a path ranges over.
enum class Scope { package, die, network, memory, workload };

template <Number Real>
using Getter = Real (*)(const Evaluation<Real>&, std::size_t index);  // coherent SI

// A getter for each number type, from one generic lambda.
struct Getters {
  Getter<double> value{};
  Getter<Interval> interval{};
  Getter<Dual> dual{};
  Getter<Trace> trace{};

  constexpr Getters() = default;
  template <class F>
  constexpr Getters(F f) : value{f}, interval{f}, dual{f}, trace{f} {}  // NOLINT(google-explicit-constructor)

  template <Number Real>
  constexpr Getter<Real> get() const {
    if constexpr (std::is_same_v<Real, double>) return value;
    if constexpr (std::is_same_v<Real, Interval>) return interval;
    if constexpr (std::is_same_v<Real, Dual>) return dual;
    if constexpr (std::is_same_v<Real, Trace>) return trace;
  }
};

struct Figure {
  std::string_view path;  // "cost.unit_usd"; "{}" stands for the id of a die, ... by scope
  std::string_view unit;  // in which it is reported; empty for a pure number
  double unit_si{1};      // one of that unit in SI
  double zero_si{};       // where the unit's scale begins: degC
  Dimension dimension{};
  Scope scope{};
  std::string_view summary;
  Getters getters;
};

std::span<const Figure> figures();

// A figure of one system: a row and the index of the die, network, memory or workload.
struct FigureRef {
  const Figure* figure{};
  std::size_t index{};

  double report(double si) const { return (si - figure->zero_si) / figure->unit_si; }
  template <Number Real>
  Real si(const Evaluation<Real>& evaluation) const {
    return figure->getters.get<Real>()(evaluation, index);
  }
};

// The ids over which a scope ranges.
std::vector<std::string> ids_of(Scope scope, const Design& design);

// Every path of a design, in the order of the table.
std::vector<std::string> figure_paths(const Design& design);

// The figure of that path; nothing, if the design has no such figure.
std::optional<FigureRef> find_figure(std::string_view path, const Design& design);

// The same, with a complaint at that place where there is none.
std::optional<FigureRef> figure_named(std::string_view path, const Design& design, const SourceSpot& where,
                                      Diagnostics& diagnostics);

// The path of a figure with the id put in.
std::string path_of(const FigureRef& ref, const Design& design);

}  // namespace marquetry
