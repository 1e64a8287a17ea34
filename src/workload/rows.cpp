#include "workload/rows.h"

#include <algorithm>
#include <cmath>

namespace marquetry::workload {
namespace {

using operators::bytes;
using operators::Collective;

// One item's operators, as one of the members runs its share of them.
struct Share {
  const Batch& batch;
  Layer& layer;

  double items() const { return batch.items / batch.members; }
  // Members that share one item: 1 where there are items enough.
  double sharing() const { return std::max(batch.members / batch.items, 1.0); }
  double word() const { return bytes(batch.format); }

  void add(const std::string& name, Work work, double count) const {
    layer.operations.push_back({name, std::move(work), count});
  }
  void stream(const OperatorRow& r, double read_and_written, double operations) const {
    add(r.op, operators::Stream{.bytes = items() * read_and_written * word(), .flop = items() * operations},
        r.count);
  }
  void exchange(const std::string& name, Collective kind, double members, double size, double count) const {
    if (members > 1) add(name, Exchange{kind, members, size}, count);
  }
};

// Weights are the same for all items, which are rows of one product; other products stand beside each other.
void product(const Share& s, const OperatorRow& r) {
  const double n = r.size("n"), k = r.size("k"), among = s.sharing();
  const bool kept = r.size("kept") > 0;
  const double whole = s.items() * among;  // of items that a member takes part in
  s.add(r.op,
        operators::Matmul{.m = kept ? r.size("m") * whole : r.size("m"),
                          .n = n / among,
                          .k = k,
                          .batch = r.size("batch") * (kept ? 1 : whole),
                          .format = s.batch.format,
                          .weights = kept ? s.batch.weights : s.batch.format,
                          .sparsity = kept ? s.batch.sparsity : operators::Sparsity::dense},
        r.count);
  s.exchange("all-gather of operands", Collective::all_gather, among,
             whole * r.size("batch") * r.size("m") * k * s.word(), r.count);
}

void convolution(const Share& s, const OperatorRow& r) {
  const double among = s.sharing();
  s.add(r.op,
        operators::Convolution{.images = s.items() * among,
                               .channels = r.size("channels"),
                               .filters = r.size("filters") / among,
                               .height = r.size("height"),
                               .width = r.size("width"),
                               .kernel_height = r.size("kernel"),
                               .kernel_width = r.size("kernel"),
                               .stride = r.size("stride"),
                               .padding = r.size("padding"),
                               .groups = r.size("groups"),
                               .format = s.batch.format,
                               .weights = s.batch.weights},
        r.count);
  s.exchange("all-gather of channels", Collective::all_gather, among,
             s.items() * among * r.size("channels") * r.size("height") * r.size("width") * s.word(), r.count);
}

void attention(const Share& s, const OperatorRow& r) {
  const double among = s.sharing();
  s.add(r.op,
        operators::Attention{.sequences = s.items() * among,
                             .queries = r.size("queries"),
                             .context = r.size("context"),
                             .heads = r.size("heads") / among,
                             .kv_heads = std::max(r.size("kv_heads") / among, 1.0),
                             .head_width = r.size("head_width"),
                             .mask = operators::Mask::full,
                             .format = s.batch.format,
                             .cache = s.batch.format},
        r.count);
}

// Tables lie spread over the members; what is looked up goes to those whose items asked.
void embedding(const Share& s, const OperatorRow& r) {
  const double lookups = s.items() * r.size("lookups");
  s.add(r.op,
        operators::Gather{
            .rows = lookups, .width = r.size("width"), .pooled = r.size("pooled"), .format = s.batch.format},
        r.count);
  s.exchange("all-to-all of lookups", Collective::all_to_all, s.batch.members,
             lookups / r.size("pooled") * r.size("width") * s.word(), r.count);
}

// A share of a grid has faces as wide as a cube's.
void stencil(const Share& s, const OperatorRow& r) {
  s.stream(r, 2 * r.size("points"), 2 * r.size("points") * r.size("neighbours"));
  const double face = std::pow(s.items() * r.size("points"), 2.0 / 3);
  s.exchange("faces to neighbours", Collective::send, std::min(s.sharing(), 2.0), 2 * face * s.word(),
             r.count);
}

// Entries with their column numbers, 32 bits each.
void sparse_product(const Share& s, const OperatorRow& r) {
  constexpr double number = 4;
  const double bytes_of_item =
      r.size("nonzeros") * (s.word() + number) + r.size("rows") * (2 * s.word() + number);
  s.add(r.op,
        operators::Stream{.bytes = s.items() * bytes_of_item, .flop = s.items() * 2 * r.size("nonzeros")},
        r.count);
  s.exchange("all-gather of the vector", Collective::all_gather, s.sharing(), r.size("rows") * s.word(),
             r.count);
}

void operation(const Share& s, const OperatorRow& r) {
  const auto rows = [&] {
    return operators::Rows{s.items() * r.size("rows"), r.size("columns"), s.batch.format};
  };
  if (r.op == "matmul") return product(s, r);
  if (r.op == "convolution") return convolution(s, r);
  if (r.op == "attention") return attention(s, r);
  if (r.op == "embedding") return embedding(s, r);
  if (r.op == "stencil") return stencil(s, r);
  if (r.op == "spmv") return sparse_product(s, r);
  if (r.op == "softmax") return s.add(r.op, Softmax{rows()}, r.count);
  if (r.op == "norm") return s.add(r.op, LayerNorm{rows()}, r.count);
  if (r.op == "activation") {
    const operators::Elements elements{s.items() * r.size("elements"), s.batch.format};
    return s.add(r.op, Activated{operators::Activation::relu, elements}, r.count);
  }
  if (r.op == "elementwise") {
    return s.stream(r, r.size("elements") * (r.size("inputs") + 1), r.size("elements") * r.size("inputs"));
  }
  if (r.op == "stream") {
    return s.stream(r, r.size("elements") * (r.size("reads") + r.size("writes")),
                    r.size("elements") * r.size("operations"));
  }
  s.add(r.op,
        operators::Transform{
            .points = r.size("points"), .batch = s.items() * r.size("batch"), .format = s.batch.format},
        r.count);
}

OperatorRow matrix_product(const WorkloadModel& row) {
  return {.op = "matmul", .sizes = {row.m.typ, row.n.typ, row.k.typ, 1, 0}};
}

}  // namespace

Transformer transformer_of(const WorkloadModel& row) {
  const bool is_gated = row.feed_forward_matrices.typ > 2;
  return {.layers = row.layers.typ,
          .width = row.width.typ,
          .heads = row.heads.typ,
          .kv_heads = row.kv_heads.typ,
          .head_width = row.head_width.typ,
          .feed_forward = row.feed_forward.typ,
          .is_gated = is_gated,
          .vocabulary = row.vocabulary.typ,
          // Gated blocks came with root-mean-square norms (Touvron et al., arXiv 2302.13971, 2023).
          .norm = is_gated ? Norm::rms : Norm::layer,
          .activation = is_gated ? operators::Activation::silu : operators::Activation::gelu,
          .is_encoder = row.encoder,
          .is_tied = row.tied,
          .experts = row.experts.typ,
          .active_experts = row.active_experts.typ,
          .shared_experts = row.shared_experts.typ,
          .expert_width = row.expert_width.typ,
          .dense_layers = row.dense_layers.typ,
          .kv_rank = row.latent_rank.typ,
          .query_rank = row.query_rank.typ,
          .rotary_width = row.rope_width.typ};
}

Graph items_of(const WorkloadModel& row, const Batch& batch) {
  Graph graph{.members = batch.members, .items = batch.items};
  auto& layer = graph.layers.emplace_back(Layer{.name = row.name});
  const Share share{batch, layer};
  if (row.kind == "matrix-product") {
    operation(share, matrix_product(row));
    const double words = row.m.typ * row.k.typ + row.k.typ * row.n.typ + row.m.typ * row.n.typ;
    graph.needed = share.items() * words * share.word();
    return graph;
  }
  if (row.kind == "operators") {
    layer.operations.reserve(row.operators.size());
    for (const auto& one : row.operators) operation(share, one);
    const auto sum = sums(row.operators);
    graph.needed = (share.items() * sum.words + sum.tables / batch.members) * share.word() +
                   sum.weights * operators::weight_bytes(batch.weights, batch.sparsity);
    return graph;
  }
  // Nothing is known but sums: as if it were one stream.
  const double moved = share.items() * row.words.typ * share.word() +
                       row.weights.typ * operators::weight_bytes(batch.weights, batch.sparsity);
  share.add(row.kind, operators::Stream{.bytes = moved, .flop = share.items() * row.operations.typ}, 1);
  graph.needed = moved;
  return graph;
}

}  // namespace marquetry::workload
