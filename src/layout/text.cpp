#include "layout/text.h"

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace marquetry::layout {
namespace {

constexpr double micrometre = 1e3, millimetre = 1e6;

}  // namespace

std::string length_text(Nanometre length) {
  const double value = static_cast<double>(length), size = std::abs(value);
  if (size >= 10 * micrometre || length == 0) return significant(value / millimetre, 6) + " mm";
  if (size >= micrometre) return significant(value / micrometre, 6) + " um";
  return significant(value, 6) + " nm";
}

std::string size_text(Size size) { return length_text(size.width) + " x " + length_text(size.height); }

std::string rough_size_text(Size size) {
  const bool is_large = static_cast<double>(std::max(size.width, size.height)) >= millimetre;
  const auto side = [&](Nanometre length) {
    return significant(static_cast<double>(length) / (is_large ? millimetre : micrometre), 3);
  };
  return side(size.width) + " x " + side(size.height) + (is_large ? " mm" : " um");
}

std::string area_text(double nanometres) {
  return significant(nanometres / (millimetre * millimetre), 4) + " mm2";
}

std::string quoted(const Problem& problem, std::size_t die) {
  if (die >= problem.dies.size()) return "die " + std::to_string(die);
  const auto& name = problem.dies[die].name;
  return "'" + (name.empty() ? "die " + std::to_string(die) : name) + "'";
}

}  // namespace marquetry::layout
