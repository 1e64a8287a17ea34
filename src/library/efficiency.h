// What share of its peaks a device reaches, by class of operator, and what each step costs besides.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Efficiency : Row {
  static constexpr std::string_view category = "efficiencies", singular = "efficiency";
  SourcedCount matrix{}, memory{}, network{}, usable_capacity{};
  SourcedTime layer_overhead{}, collective_latency{};
  SourcedCount attention{}, vector{1.0 / 32, 1.0 / 16, 1.0 / 4, {}};
  SourcedCount data_network{}, data_overlap{};
  SourcedTime sequence_overhead{}, request_overhead{};
  SourcedCount burst{}, prompt_tokens{8192, 8192, 8192, {}};
  SourcedCount fit_rows{}, fit_error{}, held_out_error{};
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
  v.number_if("attention", e.attention, "of the peak in attention; 0: as `matrix`");
  v.number_if("vector", e.vector, "of the peak, between products");
  v.number_if("data_network", e.data_network,
              "of the link bandwidth between stages and replicas; 0: as `network`");
  v.number_if("data_overlap", e.data_overlap, "of the reduction of gradients, hidden behind the step");
  v.number_if("sequence_overhead", e.sequence_overhead, "for each sequence of a batch, every token");
  v.number_if("request_overhead", e.request_overhead, "of a request, before its first token");
  v.number_if("burst", e.burst, "share of the requests that arrive together");
  v.number_if("prompt_tokens", e.prompt_tokens, "of prompts in one pass while requests are served");
  v.number_if("fit_rows", e.fit_rows, "measured rows to which the constants are fitted");
  v.number_if("fit_error", e.fit_error, "mean error over these");
  v.number_if("held_out_error", e.held_out_error, "mean error of each, fitted without it");
}

}  // namespace marquetry
