// The uncertain numbers that a system rests on: all are found, other values put in their place are as good as
// another library, and duals give every figure's slope to each. On the project's own designs and on random
// ones.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "library/fields.h"
#include "support/cases.h"
#include "system/inputs.h"

using namespace marquetry;
using namespace marquetry::test;

namespace {

// Values of the inputs of a design and choice, and every figure for them.
struct Probe {
  Inputs inputs{};
  System<double> system{};
  std::vector<double*> numbers{};

  Probe(const Library& library, const Design& design, const PartialChoice& choice)
      : system{compose(plan_of<double>(library, design), choice)}, numbers{numbers_of(system)} {
    auto traced = compose(plan_of<Trace>(library, design), choice);
    inputs = inputs_of(traced);
  }
  std::vector<double> typical() const {
    std::vector<double> values;
    for (const auto& input : inputs.inputs) values.push_back(input.typ);
    return values;
  }
  Evaluation<double> at(const std::vector<double>& values) {
    put_inputs<double>(inputs, values, numbers);
    return evaluate(system, Models{});
  }
};

// The visitor that changes one number of a row.
struct Changer {
  std::string_view key;
  double value{};
  bool done{};

  void text(std::string_view, const std::string&) {}
  void text_if(std::string_view, const std::string&) {}
  void texts(std::string_view, const std::vector<std::string>&) {}
  void texts_if(std::string_view, const std::vector<std::string>&) {}
  template <Dimension D>
  void quantities(std::string_view, const std::vector<Quantity<D>>&) {}
  void flag(std::string_view, bool) {}
  void choice(std::string_view, const std::string&, const std::vector<std::string>&) {}
  void dies(std::string_view, const std::vector<ProductDie>&) {}
  void remarks(std::string_view, const std::vector<Remark>&) {}
  void operators(std::string_view, const std::vector<OperatorRow>&) {}
  void rules(const Profile&) {}
  template <Dimension D>
  void required(std::string_view, Sourced<D>& number, std::string_view) {
    if (number.origin.name != key) return;
    number.typ = value;
    done = true;
  }
  template <Dimension D>
  void optional(std::string_view k, MaybeSourced<D>& number, std::string_view help) {
    required<D>(k, number, help);
  }
  template <Dimension D>
  void number_if(std::string_view k, Sourced<D>& number, std::string_view help) {
    required<D>(k, number, help);
  }
  void areas(std::string_view k, std::vector<MeasuredArea>& measured) {
    for (auto& [node, area] : measured) required(k, area, {});
  }
};

// The library with another value for the number "nodes/tsmc-n7.defect_density".
void change(Library& library, const std::string& name, double value) {
  const auto slash = name.find('/');
  Changer changer{.key = std::string_view{name}.substr(slash + 1), .value = value};
  for_each_category(library, [&](auto& rows) {
    using Row = typename std::remove_reference_t<decltype(rows)>::value_type;
    if (Row::category != std::string_view{name}.substr(0, slash)) return;
    for (auto& row : rows) describe(row, changer);
  });
  INFO(name);
  REQUIRE(changer.done);
}

}  // namespace

TEST_CASE("inputs put into a system give the figures of the library with those numbers, composed anew") {
  const auto library = project_library();
  Rng rng{11};
  for (const auto& c : cases(library, 12)) {
    const auto choice = point(random_choice(rng, c.design));
    Probe probe{library, c.design, choice};
    auto values = probe.typical();
    Library other = library;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const auto& input = probe.inputs.inputs[i];
      values[i] = input.low + rng.uniform() * (input.high - input.low);
      change(other, input.name, values[i]);
    }
    const auto put = probe.at(values);
    const auto composed = evaluated(plan_of<double>(other, c.design), choice);
    for (const auto& figure : all_figures(c.design)) {
      const auto path = path_of(figure, c.design);
      if (path == "mechanics.warpage_um") continue;  // takes its layers as they are stated
      INFO(c.name << ": " << path);
      CHECK(figure.si(put) == figure.si(composed));
    }
  }
}

namespace {

// The uncertain numbers of a library that are no inputs, each with the middle of its range.
std::map<std::string, double> other_numbers(const Library& library, const Inputs& inputs) {
  std::map<std::string, double> out;
  for_each_category(library, [&](const auto& rows) {
    using Row = typename std::remove_cvref_t<decltype(rows)>::value_type;
    for (const auto& row : rows) {
      for (const auto& field : fields_of(row)) {
        if (field.kind != FieldKind::number || !field.known || field.number.low == field.number.high)
          continue;
        const auto name = std::string{Row::category} + "/" + field.number.origin.name;
        if (std::ranges::count(inputs.inputs, name, &Input::name) == 0)
          out[name] = 0.5 * (field.number.low + field.number.high);
      }
    }
  });
  return out;
}

}  // namespace

// A number that is lifted from the library but listed in no part of system/numbers.h would be found by no
// walk.
TEST_CASE("every uncertain number that moves a figure is an input") {
  const auto library = project_library();
  Rng rng{12};
  for (const auto& c : cases(library, 4)) {
    const auto choice = point(random_choice(rng, c.design));
    Probe probe{library, c.design, choice};
    const auto typical = probe.at(probe.typical());
    // The figures that move with these numbers.
    const auto moved = [&](const std::map<std::string, double>& numbers) {
      Library other = library;
      for (const auto& [name, value] : numbers) change(other, name, value);
      const auto changed = evaluated(plan_of<double>(other, c.design), choice);
      std::string out;
      for (const auto& figure : all_figures(c.design)) {
        // Layers and materials are shared by all systems of a plan: no input of the figures.
        const auto path = path_of(figure, c.design);
        if (path != "mechanics.warpage_um" && figure.si(changed) != figure.si(typical)) out += path + " ";
      }
      return out;
    };
    const auto numbers = other_numbers(library, probe.inputs);
    REQUIRE(numbers.size() > 100);
    if (moved(numbers).empty()) continue;
    for (const auto& number : numbers) {
      const auto figures = moved({number});
      INFO(c.name << ": " << number.first << " moves " << figures);
      CHECK(figures.empty());
    }
    FAIL_CHECK(c.name << ": numbers that are no inputs move " << moved(numbers) << "together");
  }
}

TEST_CASE("the slope of every figure to every input is its central difference") {
  const auto library = project_library();
  Rng rng{13};
  std::size_t compared = 0;
  for (const auto& c : cases(library, 10)) {
    const auto choice = point(random_choice(rng, c.design));
    Probe probe{library, c.design, choice};
    auto values = probe.typical();
    const auto typical = probe.at(values);
    auto system = compose(plan_of<Dual>(library, c.design), choice);
    const auto numbers = numbers_of(system);
    for (std::size_t first = 0; first < values.size(); first += Dual::most_inputs) {
      std::vector<Dual> seeded(values.begin(), values.end());
      const std::size_t end = std::min(values.size(), first + Dual::most_inputs);
      for (std::size_t i = first; i < end; ++i) seeded[i] = Dual::input(values[i], i - first);
      put_inputs<Dual>(probe.inputs, seeded, numbers);
      const auto duals = evaluate(system, Models{});
      for (std::size_t i = first; i < end; ++i) {
        const double typ = values[i], step = 1e-5 * (typ == 0 ? probe.inputs.inputs[i].high : typ);
        values[i] = typ + step;
        const auto more = probe.at(values);
        values[i] = typ - step;
        const auto less = probe.at(values);
        values[i] = typ;
        for (const auto& figure : all_figures(c.design)) {
          const double value = figure.si(typical), up = figure.si(more), down = figure.si(less);
          const Dual dual = figure.si(duals);
          INFO(c.name << ": " << path_of(figure, c.design) << " to " << probe.inputs.inputs[i].name);
          CHECK(dual.value() == Approx(value).epsilon(1e-12));
          if (!std::isfinite(value)) continue;  // a die larger than its wafer
          // At a step (a count) or a bend (the lesser of two) there is no slope to compare with.
          const double bend = std::abs(up - 2 * value + down);
          if (bend > 1e-3 * std::abs(up - down) + 1e-12 * std::abs(value)) continue;
          // Of differences of figures with 15 digits no more can be asked.
          const double room = 1e-4 * std::abs(up - down) / 2 + 1e-12 * std::abs(value);
          CHECK(std::abs(dual.slope(i - first) * step - (up - down) / 2) <= room);
          ++compared;
        }
      }
    }
  }
  CHECK(compared > 10'000);
}

TEST_CASE("cost rises with every price, and power falls with the regulators' efficiency") {
  const auto library = project_library();
  const auto design = project_design(library, "h200");
  Probe probe{library, design, {}};
  auto system = compose(plan_of<Dual>(library, design), {});
  const auto numbers = numbers_of(system);
  const auto slopes_to = [&](std::string_view name) {
    auto typical = probe.typical();
    std::vector<Dual> values(typical.begin(), typical.end());
    const auto input = std::ranges::find(probe.inputs.inputs, name, &Input::name);
    INFO(name);
    REQUIRE(input != probe.inputs.inputs.end());
    const auto index = static_cast<std::size_t>(input - probe.inputs.inputs.begin());
    values[index] = Dual::input(typical[index], 0);
    put_inputs<Dual>(probe.inputs, values, numbers);
    const auto e = evaluate(system, Models{});
    return std::pair{e.cost.unit.si().slope(0), e.power.total.si().slope(0)};
  };
  const std::string node = "nodes/" + design.dies[0].node.value;
  CHECK(slopes_to(node + ".defect_density").first > 0);
  CHECK(slopes_to(node + ".wafer_price").first > 0);
  CHECK(slopes_to("memories/" + design.memories[0].memory.value + ".price").first > 0);
  CHECK(slopes_to("assumptions/default.regulator_efficiency").second < 0);
}
