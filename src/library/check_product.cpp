// Products of the market against their own parts: peaks from units and clock, bandwidths from stacks, pins
// and rates, densities of dies; what other sources say, and why a figure does not follow from the parts.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "library/check.h"
#include "library/fields.h"
#include "units/text.h"

namespace marquetry {
namespace {

constexpr double close_enough = 0.003, too_far = 0.05;  // share by which published figures may differ
constexpr double rounded = 0.005;                       // a figure as remarks write it, in three digits

void check_die_density(const Product& product, const ProductDie& die, const Library& library,
                       Diagnostics& diagnostics) {
  const auto* node = find(library.nodes, die.node);
  if (node == nullptr || !die.area.known || !die.transistors.known || die.area.typ <= 0) return;
  const double density = die.transistors.typ / die.area.typ;
  if (density <= node->logic_density.high) return;
  const auto print = [](double si) { return print_quantity(si, dimension::area * -1); };
  diagnostics.error(node->where,
                    "node '" + node->id + "' has a logic density of at most " +
                        print(node->logic_density.high) + ", but die '" + die.name + "' of product '" +
                        product.id + "' has " + print(density),
                    "raise the density's 'high', or check the die's area and transistors");
}

// What a product publishes against what follows from its parts, unless a deviation says so.
void check_published(const Product& product, std::string_view figure, double published, double computed,
                     const Dimension& dimension, Diagnostics& diagnostics) {
  const double off = std::abs(computed / published - 1);
  if (off <= close_enough) return;
  const auto* stated = find_remark(product.deviations, figure);
  const auto said = stated == nullptr ? std::nullopt : parse_quantity(stated->value);
  if (said && std::abs(computed / said->si - 1) <= rounded) return;
  const auto message = who(product) + ": '" + std::string{figure} + "' is published as " +
                       print_quantity(published, dimension, 4) + ", but its parts give " +
                       print_quantity(computed, dimension, 4) + " (" + significant(100 * off, 2) + " % off)";
  if (off > too_far) {
    diagnostics.error(product.where, message);
  } else {
    diagnostics.warning(product.where, message);
  }
}

void check_pin_rate(const Product& p, const Library& library, Diagnostics& diagnostics) {
  const auto* memory = find(library.memories, p.memory);
  if (memory == nullptr || !p.memory_pin_rate.known) return;
  const double rate = p.memory_pin_rate.typ;
  const auto& range = memory->pin_rate;
  if (rate >= range.low * (1 - close_enough) && rate <= range.high * (1 + close_enough)) return;
  const auto print = [](double si) { return print_quantity(si, dimension::data + dimension::time * -1); };
  diagnostics.warning(p.where, who(p) + ": 'memory_pin_rate' is " + print(rate) + ", but memory '" +
                                   memory->id + "' has " + print(range.low) + " to " + print(range.high));
}

// The field of a product that a remark is about; nothing, with a complaint, where there is none.
std::optional<Field> field_of(const Product& p, const Remark& remark, Diagnostics& diagnostics) {
  const auto fields = fields_of(p);
  const auto found = std::ranges::find(fields, remark.figure, &Field::key);
  if (found != fields.end() && found->known) return *found;
  std::vector<std::string_view> known;
  for (const auto& field : fields)
    if (field.known && !field.key.starts_with("disagreements.") && !field.key.starts_with("deviations."))
      known.push_back(field.key);
  diagnostics.error(remark.where, who(p) + " has no figure '" + remark.figure + "' to remark on",
                    suggest(remark.figure, known));
  return std::nullopt;
}

// A remark on a number is a number in its unit, and not the row's own: else it is out of date.
void check_remark(const Product& p, const Remark& remark, Diagnostics& diagnostics) {
  const auto field = field_of(p, remark, diagnostics);
  if (!field || field->kind != FieldKind::number) return;
  const auto said = parse_quantity(remark.value);
  if (!said || said->dimension != field->dimension) {
    diagnostics.error(remark.where,
                      who(p) + ": '" + remark.value + "' is no value of '" + remark.figure + "'",
                      "a number as the row's own, as \"" + example(field->dimension) + "\"");
  } else if (std::abs(said->si / field->number.typ - 1) <= close_enough) {
    diagnostics.warning(remark.where,
                        who(p) + ": the row itself has '" + remark.value + "' for '" + remark.figure + "'",
                        "drop the remark: it is out of date");
  }
}

void check_remarks(const Product& p, Diagnostics& diagnostics) {
  const auto missing = [&](const Remark& remark, std::string_view key) {
    diagnostics.error(remark.where,
                      who(p) + ": the remark on '" + remark.figure + "' has no '" + std::string{key} + "'");
  };
  for (const auto& remark : p.disagreements) {
    check_remark(p, remark, diagnostics);
    if (remark.source.empty()) missing(remark, "source");
  }
  for (const auto& remark : p.deviations) {
    check_remark(p, remark, diagnostics);
    if (remark.why.empty()) missing(remark, "why");
  }
}

}  // namespace

void check_product(const Product& p, const Library& library, Diagnostics& diagnostics) {
  for (const auto& die : p.dies) check_die_density(p, die, library, diagnostics);
  if (p.units.known && p.macs.known && p.clock.known && p.peak.known) {
    const double peak = p.units.typ * p.macs.typ * 2 * p.clock.typ;  // a multiply-accumulate is two
    check_published(p, "peak", p.peak.typ, peak, dimension::time * -1, diagnostics);
    if (p.int8_ratio.known && p.peak_int8.known) {
      check_published(p, "peak_int8", p.peak_int8.typ, peak * p.int8_ratio.typ, dimension::time * -1,
                      diagnostics);
    }
  }
  if (p.memory_stacks.known && p.memory_pins.known && p.memory_pin_rate.known && p.memory_bandwidth.known) {
    check_published(p, "memory_bandwidth", p.memory_bandwidth.typ,
                    p.memory_stacks.typ * p.memory_pins.typ * p.memory_pin_rate.typ,
                    dimension::data + dimension::time * -1, diagnostics);
  }
  check_pin_rate(p, library, diagnostics);
  check_remarks(p, diagnostics);
}

const Remark* find_remark(const std::vector<Remark>& remarks, std::string_view figure) {
  const auto found = std::ranges::find(remarks, figure, &Remark::figure);
  return found == remarks.end() ? nullptr : &*found;
}

std::vector<std::string> disagreement_lines(const Product& product) {
  const auto fields = fields_of(product);
  std::vector<std::string> lines;
  for (const auto& remark : product.disagreements) {
    const auto field = std::ranges::find(fields, remark.figure, &Field::key);
    std::string line = remark.figure + ": ";
    if (field != fields.end() && field->known) {
      line += (field->kind == FieldKind::number ? print_quantity(field->number.typ, field->dimension, 4)
                                                : field->text) +
              " here, ";
    }
    line += remark.value + " by " + remark.source;
    if (!remark.why.empty()) line += " (" + remark.why + ")";
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace marquetry
