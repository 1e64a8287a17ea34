#include "stack/misprints.h"

namespace marquetry::stack {
namespace {

bool is_meant(std::string_view row, const Misprint& misprint) {
  return row == misprint.name || (row.starts_with(misprint.name) && row[misprint.name.size()] == '_');
}

template <Number Real>
void correct(Real& number, std::string_view row, const Misprint& misprint) {
  if (is_meant(row, misprint) && representative(number) == misprint.printed)
    number = number * (misprint.right / misprint.printed);
}

}  // namespace

template <Number Real>
Stack<Real> corrected(Stack<Real> stack, const Quirks& quirks) {
  for (const auto& misprint : misprints) {
    if (quirks.has(misprint.quirk)) continue;
    for (auto& layer : stack.layers) {
      if (misprint.what == Misprinted::layer_price) correct(layer.price, layer.name, misprint);
      if (misprint.what == Misprinted::layer_density) correct(layer.density, layer.name, misprint);
    }
    for (auto& test : stack.tests) {
      if (misprint.what == Misprinted::die_coverage) correct(test.die.coverage, test.name, misprint);
      if (misprint.what == Misprinted::assembly_coverage)
        correct(test.assembly.coverage, test.name, misprint);
    }
  }
  return stack;
}

template Stack<double> corrected(Stack<double>, const Quirks&);
template Stack<Dual> corrected(Stack<Dual>, const Quirks&);

}  // namespace marquetry::stack
