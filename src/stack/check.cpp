#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "stack/fields.h"
#include "stack/load.h"

namespace marquetry::stack {
namespace {

void check_wafer(const Wafer<double>& wafer, Diagnostics& diagnostics) {
  if (2 * wafer.edge_exclusion >= wafer.diameter)
    diagnostics.error(wafer.where,
                      fmt::format("wafer process '{}' excludes {} mm at the edge of {} mm: nothing is left",
                                  wafer.name, exact(wafer.edge_exclusion), exact(wafer.diameter)));
  for (const double side : {wafer.reticle_width, wafer.reticle_height}) {
    if (side > wafer.diameter / 2)
      diagnostics.error(
          wafer.where,
          fmt::format("wafer process '{}' has a reticle field of {} mm, but it may be at most half "
                      "the wafer: {} mm",
                      wafer.name, exact(side), exact(wafer.diameter / 2)));
  }
}

void check_stage(const Chip<double>& chip, const Test<double>& test, const TestStage<double>& stage,
                 std::string_view name, Diagnostics& diagnostics) {
  if (!stage.is_done || (stage.patterns && stage.scan_length)) return;
  if (!stage.scan_length && stage.chains == 0)
    diagnostics.error(
        test.where,
        fmt::format("test process '{}' derives the scan length of its {} test, but has no chains", test.name,
                    name),
        fmt::format("give {0}_chains, or {0}_scan_length", name));
  if (!stage.scan_length && chip.gates_per_flop <= 0)
    diagnostics.error(
        chip.where,
        fmt::format("chip '{}' has no gates per flop, from which test '{}' derives its scan length",
                    chip.name, test.name),
        "give gates_per_flop above 0");
}

bool has_active(const Stack<double>& stack, const Chip<double>& chip) {
  return std::ranges::any_of(stack.stackups[chip.stackup],
                             [&](const LayerRun& run) { return stack.layers[run.layer].active; });
}

void check_chip(const Stack<double>& stack, const Chip<double>& chip, Diagnostics& diagnostics) {
  const auto& test = stack.tests[chip.test_index];
  check_stage(chip, test, test.die, "die", diagnostics);
  check_stage(chip, test, test.assembly, "assembly", diagnostics);
  if (chip.core_area > 0 && chip.share.memory + chip.share.logic > 0 && !has_active(stack, chip))
    diagnostics.error(
        chip.where, fmt::format("chip '{}' has logic or memory, but none of its layers is active", chip.name),
        "add an active layer, or set its core area to 0");
}

// The ranges of `describe`, for rows that no reader of TOML has checked.
class RangeChecker {
 public:
  RangeChecker(const SourceSpot& where, std::string what, Diagnostics& diagnostics)
      : where_{where}, what_{std::move(what)}, diagnostics_{diagnostics} {}

  void number(std::string_view key, double value, const InUnit&, Range range = {}) {
    check(key, value, range);
  }
  void number_or(std::string_view key, double value, const InUnit&, Range range = {}) {
    check(key, value, range);
  }
  void number_if(std::string_view key, const std::optional<double>& value, const InUnit&, Range range = {}) {
    if (value) check(key, *value, range);
  }
  void count(std::string_view key, double value, Range range = {}) { check(key, value, range); }
  void count_if(std::string_view, const std::optional<double>&) {}
  void length(std::string_view, double) {}
  void energy(std::string_view, double, bool) {}
  void flag(std::string_view, bool) {}
  void text(std::string_view, const std::string&) {}
  void reference(std::string_view, const std::string&) {}
  void texts(std::string_view, const std::vector<std::string>&) {}
  void facing(std::string_view, Facing) {}
  void side(std::string_view, Side) {}

 private:
  void check(std::string_view key, double value, Range range) {
    const auto expected = out_of(range, value);
    if (!expected.empty())
      diagnostics_.error(
          where_, fmt::format("'{}' of {} is {}, but it must be {}", key, what_, exact(value), expected));
  }
  const SourceSpot& where_;
  std::string what_;
  Diagnostics& diagnostics_;
};

template <class Rows>
void check_ranges(const Rows& rows, std::string_view what, Diagnostics& diagnostics) {
  for (const auto& row : rows) {
    std::string name;
    if constexpr (requires { row.name; }) name = fmt::format(" '{}'", row.name);
    auto copy = row;
    RangeChecker checker{row.where, std::string{what} + name, diagnostics};
    describe(copy, checker);
  }
}

}  // namespace

void check_stack(const Stack<double>& stack, Diagnostics& diagnostics) {
  check_ranges(stack.links, "link", diagnostics);
  check_ranges(stack.layers, "layer", diagnostics);
  check_ranges(stack.wafers, "wafer process", diagnostics);
  check_ranges(stack.assemblies, "assembly process", diagnostics);
  check_ranges(stack.tests, "test process", diagnostics);
  check_ranges(stack.nets, "net", diagnostics);
  check_ranges(stack.chips, "chip", diagnostics);
  for (const auto& wafer : stack.wafers) check_wafer(wafer, diagnostics);
  for (const auto& chip : stack.chips) check_chip(stack, chip, diagnostics);
  if (std::ranges::none_of(stack.chips, [&](const auto& chip) { return has_active(stack, chip); }))
    diagnostics.error(stack.chips[0].where,
                      "no chip of the stack has an active layer: nothing in it computes",
                      "set 'active' on the layers that have transistors");
}

}  // namespace marquetry::stack
