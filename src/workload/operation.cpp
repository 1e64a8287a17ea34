#include "workload/operation.h"

#include <fmt/format.h>

namespace marquetry::workload {
namespace {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

std::string_view name_of(operators::Format format) {
  return operators::format_names[operators::index(format)];
}

std::string with_cache(operators::Format format, operators::Format cache) {
  return format == cache ? std::string{name_of(format)}
                         : fmt::format("{}, cache {}", name_of(format), name_of(cache));
}

std::string attention_text(const operators::Attention& a) {
  return fmt::format("{:.0f} sequences, {:.0f} of {:.0f} tokens, {:g} heads, {:g} kv, of {:.0f}, {}",
                     a.sequences, a.queries, a.context, a.heads, a.kv_heads, a.head_width,
                     with_cache(a.format, a.cache));
}

std::string product_text(const operators::Matmul& w) {
  const auto size = fmt::format("{:.6g} x {:.6g} x {:.6g}, {}", w.m, w.n, w.k, name_of(w.format));
  const auto product = w.batch == 1 ? size : fmt::format("{:.4g} of {}", w.batch, size);
  return w.format == w.weights ? product : fmt::format("{}, weights {}", product, name_of(w.weights));
}

std::string rows_text(const operators::Rows& r) {
  return fmt::format("{:.0f} x {:.0f}, {}", r.rows, r.columns, name_of(r.format));
}

std::string bytes_text(double bytes) {
  for (const auto& [unit, size] : {std::pair{"GB", 1e9}, std::pair{"MB", 1e6}, std::pair{"kB", 1e3}}) {
    if (bytes >= size) return fmt::format("{:.4g} {}", bytes / size, unit);
  }
  return fmt::format("{:.0f} B", bytes);
}

}  // namespace

Kind kind_of(const Operation& operation) {
  return std::visit(
      Overloaded{[](const operators::Matmul&) { return Kind::matmul; },
                 [](const operators::Attention&) { return Kind::attention; },
                 [](const operators::LatentAttention&) { return Kind::attention; },
                 [](const HeadProducts&) { return Kind::attention; },
                 [](const operators::Convolution&) { return Kind::convolution; },
                 [](const operators::Gather&) { return Kind::memory; },
                 [](const operators::Stream&) { return Kind::memory; },
                 [](const operators::Transform&) { return Kind::memory; },
                 [](const Exchange&) { return Kind::network; }, [](const auto&) { return Kind::vector; }},
      operation.work);
}

operators::Cost cost(const Machine& machine, const Operation& operation) {
  const auto& die = machine.die;
  return std::visit(
      Overloaded{[&](const operators::Matmul& w) { return operators::matmul(die, w); },
                 [&](const operators::Attention& w) { return operators::attention(die, w); },
                 [&](const operators::LatentAttention& w) { return operators::latent_attention(die, w); },
                 [&](const HeadProducts& w) { return operators::matmul(die, w.product); },
                 [&](const Softmax& w) { return operators::softmax(die, w.tensor); },
                 [&](const LayerNorm& w) { return operators::layer_norm(die, w.tensor); },
                 [&](const RmsNorm& w) { return operators::rms_norm(die, w.tensor); },
                 [&](const Activated& w) { return operators::activation(die, w.function, w.tensor); },
                 [&](const operators::Convolution& w) { return operators::convolution(die, w); },
                 [&](const operators::Gather& w) { return operators::gather(die, w); },
                 [&](const operators::Stream& w) { return operators::stream(die, w); },
                 [&](const operators::Transform& w) { return operators::transform(die, w); },
                 [&](const Exchange& w) { return exchange(machine, w.kind, w.members, w.bytes); }},
      operation.work);
}

std::string sizes_text(const Operation& operation) {
  return std::visit(
      Overloaded{
          [](const operators::Matmul& w) { return product_text(w); },
          [](const operators::Attention& w) { return attention_text(w); },
          [](const operators::LatentAttention& w) {
            return fmt::format(
                "{:.0f} sequences, {:.0f} of {:.0f} tokens, {:g} heads, latent {:.0f} + {:.0f}, {}",
                w.sequences, w.queries, w.context, w.heads, w.rank, w.rotary, with_cache(w.format, w.cache));
          },
          [](const HeadProducts& w) { return product_text(w.product); },
          [](const Softmax& w) { return rows_text(w.tensor); },
          [](const LayerNorm& w) { return rows_text(w.tensor); },
          [](const RmsNorm& w) { return rows_text(w.tensor); },
          [](const Activated& w) {
            return fmt::format("{:.0f}, {}", w.tensor.count, name_of(w.tensor.format));
          },
          [](const operators::Convolution& w) {
            return fmt::format(
                "{:.0f} x {:.0f} x {:.0f} x {:.0f}, {:.0f} of {:.0f} x {:.0f}, stride {:.0f}, {}", w.images,
                w.channels, w.height, w.width, w.filters, w.kernel_height, w.kernel_width, w.stride,
                name_of(w.format));
          },
          [](const operators::Gather& w) {
            return fmt::format("{:.0f} rows of {:.0f}, {}", w.rows, w.width, name_of(w.format));
          },
          [](const operators::Stream& w) { return bytes_text(w.bytes); },
          [](const operators::Transform& w) {
            return fmt::format("{:.0f} of {:.0f} points, {}", w.batch, w.points, name_of(w.format));
          },
          [](const Exchange& w) { return fmt::format("{} among {:.0f}", bytes_text(w.bytes), w.members); }},
      operation.work);
}

}  // namespace marquetry::workload
