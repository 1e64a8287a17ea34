// What share of its peaks a device reaches, by class of operator, and what each step costs besides.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Efficiency : Row {
  static constexpr std::string_view category = "efficiencies", singular = "efficiency";
  SourcedCount matrix{}, memory{}, network{}, usable_capacity{};
  SourcedTime layer_overhead{}, collective_latency{};
};

template <class Visitor>
void describe(Efficiency& e, Visitor& v) {
  describe_row(e, v);
  v.required("matrix", e.matrix, "of the peak in matrix products");
  v.required("memory", e.memory, "of the memory bandwidth");
  v.required("network", e.network, "of the link bandwidth in collectives");
  v.required("usable_capacity", e.usable_capacity, "of the memory, for weights and KV cache");
  v.required("layer_overhead", e.layer_overhead, "launch and synchronisation, a transformer layer");
  v.required("collective_latency", e.collective_latency, "of one all-reduce between packages");
}

}  // namespace marquetry
