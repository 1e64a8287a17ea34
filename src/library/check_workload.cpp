// What a workload must keep beyond its fields: sizes of its kind, experts, parameters as published.
#include <cmath>

#include "base/text.h"
#include "library/check.h"

namespace marquetry {
namespace {

constexpr double tolerance = 0.005;  // of published counts: those of encoders include what is not multiplied

struct Need {
  std::string_view key{};
  const SourcedCount& number;
};

void check_transformer(const WorkloadModel& w, Diagnostics& diagnostics) {
  const auto error = [&](const std::string& what, const std::string& help) {
    diagnostics.error(w.where, who(w) + ": " + what, help);
  };
  const bool sparse = w.experts.typ > 0, has_dense = !sparse || w.dense_layers.typ > 0;
  for (const auto& [key, number] :
       {Need{"layers", w.layers}, Need{"width", w.width}, Need{"heads", w.heads},
        Need{"kv_heads", w.kv_heads}, Need{"head_width", w.head_width},
        Need{"feed_forward_matrices", w.feed_forward_matrices}, Need{"vocabulary", w.vocabulary}}) {
    if (number.typ < 1) error("a transformer needs '" + std::string{key} + "'", "");
  }
  for (const auto& [key, number] :
       {Need{"layers", w.layers}, Need{"width", w.width}, Need{"heads", w.heads},
        Need{"kv_heads", w.kv_heads}, Need{"head_width", w.head_width}, Need{"feed_forward", w.feed_forward},
        Need{"vocabulary", w.vocabulary}, Need{"experts", w.experts},
        Need{"active_experts", w.active_experts}, Need{"shared_experts", w.shared_experts},
        Need{"expert_width", w.expert_width}, Need{"dense_layers", w.dense_layers},
        Need{"query_rank", w.query_rank}, Need{"latent_rank", w.latent_rank}}) {
    if (number.typ != std::floor(number.typ)) {
      error("'" + std::string{key} + "' must be a whole number, but it is " + exact(number.typ), "");
    }
  }
  if (has_dense && w.feed_forward.typ < 1) error("its dense layers need 'feed_forward'", "");
  if (w.kv_heads.typ > w.heads.typ) {
    error("it has more 'kv_heads' than 'heads'", "");
  } else if (w.kv_heads.typ >= 1 && std::fmod(w.heads.typ, w.kv_heads.typ) != 0) {
    error("'kv_heads' " + exact(w.kv_heads.typ) + " does not divide 'heads' " + exact(w.heads.typ), "");
  }
  if (w.dense_layers.typ > w.layers.typ) error("it has more 'dense_layers' than 'layers'", "");
  if (sparse &&
      (w.active_experts.typ < 1 || w.active_experts.typ > w.experts.typ || w.expert_width.typ < 1)) {
    error("its experts need 'expert_width', and 'active_experts' from 1 to " + exact(w.experts.typ), "");
  }
  if (!sparse && w.active_experts.typ > 0) error("'active_experts' without 'experts'", "");
  if (w.parameters.typ <= 0) return;
  const auto shape = shape_of(w);
  const double counted = parameters_of(shape, model_sizes(shape));
  const double off = counted / w.parameters.typ - 1;
  if (std::abs(off) <= tolerance) return;
  diagnostics.warning(
      w.where,
      who(w) + ": its sizes give " + significant(counted, 5) + " parameters, but " +
          significant(w.parameters.typ, 5) + " are published (" + fixed(100 * off, 2) + " %)",
      "one of its sizes is wrong, or it keeps what the formula does not count (docs/workloads.md)");
}

// What a workload that is no transformer is made of.
void check_sizes(const WorkloadModel& w, std::initializer_list<Need> needs, Diagnostics& diagnostics) {
  for (const auto& [key, number] : needs) {
    if (number.typ > 0) continue;
    diagnostics.error(w.where, who(w) + ": its kind '" + w.kind + "' needs '" + std::string{key} + "'",
                      std::string{key} + " = 1024");
  }
}

}  // namespace

void check_workload(const WorkloadModel& w, Diagnostics& diagnostics) {
  if (w.kind == "transformer") check_transformer(w, diagnostics);
  if (w.kind == "matrix-product") check_sizes(w, {{"m", w.m}, {"n", w.n}, {"k", w.k}}, diagnostics);
  if (w.kind == "stream" || w.kind == "network") {
    check_sizes(w, {{"operations", w.operations}, {"words", w.words}}, diagnostics);
  }
  if ((w.kind == "operators") != w.operators.empty()) return;
  diagnostics.error(w.where,
                    who(w) + (w.operators.empty() ? ": its kind is 'operators', but it lists none"
                                                  : ": it lists operators, but its kind is '" + w.kind + "'"),
                    "operators = [{ op = \"matmul\", m = 1, n = 1000, k = 2048 }]");
}

}  // namespace marquetry
