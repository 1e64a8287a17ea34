// A product on the market: what a design is measured against.
#pragma once

#include "library/row.h"

namespace marquetry {

// One die type of a product. A die whose area is not public has none.
struct ProductDie {
  std::string name{}, node{};
  double count{1};
  MaybeSourced<dimension::area> area{};
  MaybeSourced<dimension::none> transistors{};
};

// A remark on a figure, which is named as `library show` names it: "peak", "dies.GA100.area". Of
// disagreements: what another source says. Of deviations: what the product's parts give.
struct Remark {
  std::string figure{}, value{}, source{}, why{};
  SourceSpot where{};
};

struct Product : Row {
  static constexpr std::string_view category = "products", singular = "product";
  std::string vendor{}, kind{}, packaging{}, memory{};
  SourcedCount year{};
  std::vector<ProductDie> dies{};
  MaybeSourced<dimension::none> transistors{};
  MaybeSourced<dimension::none> memory_stacks{}, memory_pins{};
  MaybeSourced<dimension::data + dimension::time * -1> memory_pin_rate{};
  MaybeSourced<dimension::data + dimension::time * -1> memory_bandwidth{};
  MaybeSourced<dimension::data> memory_capacity{};
  MaybeSourced<dimension::none> units{}, macs{}, int8_ratio{};
  MaybeSourced<dimension::time * -1> clock{};
  MaybeSourced<dimension::time * -1> peak{}, peak_int8{};
  bool fp8{};  // its units for 8 bits take FP8 too, not integers alone
  MaybeSourced<dimension::power> power{};
  MaybeSourced<dimension::data + dimension::time * -1> external_bandwidth{};
  MaybeSourced<dimension::money> price{};
  std::vector<Remark> disagreements{}, deviations{};
  std::string not_rebuilt{};  // why no design rebuilds it
};

template <class Visitor>
void describe(Product& p, Visitor& v) {
  describe_row(p, v);
  v.text("vendor", p.vendor);
  v.choice("kind", p.kind, {"accelerator", "cpu", "apu", "soc"});
  v.text("packaging", p.packaging);
  v.text_if("memory", p.memory);
  v.required("year", p.year, "on sale since");
  v.dies("dies", p.dies);
  v.optional("transistors", p.transistors, "all dies together");
  v.optional("memory_stacks", p.memory_stacks, "stacks or channels in use");
  v.optional("memory_pins", p.memory_pins, "data pins of one");
  v.optional("memory_pin_rate", p.memory_pin_rate, "of one data pin");
  v.optional("memory_bandwidth", p.memory_bandwidth, "as published");
  v.optional("memory_capacity", p.memory_capacity, "as published");
  v.optional("units", p.units, "compute units in use");
  v.optional("macs", p.macs, "FP16 multiply-accumulates of one unit a clock, dense");
  v.optional("int8_ratio", p.int8_ratio, "8-bit peak / FP16 peak");
  v.optional("clock", p.clock, "at which the peak is stated");
  v.optional("peak", p.peak, "FP16 dense, as published");
  v.optional("peak_int8", p.peak_int8, "8 bit dense, as published");
  v.flag("fp8", p.fp8);
  v.optional("power", p.power, "thermal design power");
  v.optional("external_bandwidth", p.external_bandwidth, "to other packages, one direction");
  v.optional("price", p.price, "paid for one, by press reports");
  v.remarks("disagreements", p.disagreements);
  v.remarks("deviations", p.deviations);
  v.text_if("not_rebuilt", p.not_rebuilt);
}

// A line for each disagreement, what the row has first: "memory_bandwidth: 1.6 TB/s; 400 GB/s by X: why".
std::vector<std::string> disagreement_lines(const Product& product);

// The remark on that figure, or null.
const Remark* find_remark(const std::vector<Remark>& remarks, std::string_view figure);

}  // namespace marquetry
