#include "library/operator_device.h"

#include <algorithm>
#include <array>

namespace marquetry {
namespace {

using operators::Class;
using operators::Joined;

double bytes_of(double bits) { return bits / 8; }

double if_known(const auto& figure, double otherwise) { return figure.known ? figure.typ : otherwise; }

Joined joined_as(std::string_view name) {
  constexpr std::array<std::string_view, 5> names{"none", "ring", "fully-connected", "torus", "switched"};
  const auto* const found = std::ranges::find(names, name);
  return found == names.end() ? Joined::none : static_cast<Joined>(found - names.begin());
}

operators::Kernels kernels(const DeviceRow& r, Class operators) {
  const operators::Kernels lean{
      .launch = r.softmax_launch.typ, .compute = r.vector_compute.typ, .memory = r.vector_memory.typ};
  auto kernels = lean;
  switch (operators) {
    case Class::matmul:
    case Class::convolution:
      return {.launch = r.matmul_launch.typ, .compute = r.matmul_compute.typ, .memory = r.matmul_memory.typ};
    case Class::attention:
      return {.launch = r.attention_launch.typ,
              .compute = r.attention_compute.typ,
              .memory = r.attention_memory.typ};
    case Class::softmax:
      kernels.short_row = r.softmax_short_row.typ;
      kernels.reads = r.softmax_reads.typ;
      kernels.pass = r.softmax_pass.typ;
      kernels.resident = r.softmax_resident.typ;
      return kernels;
    case Class::norm:
      kernels.launch = r.norm_launch.typ;
      kernels.hidden = r.norm_hidden.typ;
      kernels.row = r.norm_row.typ;
      kernels.reads = r.norm_reads.typ;
      kernels.resident = r.norm_resident.typ;
      return kernels;
    case Class::activation:
      kernels.launch = r.activation_launch.typ;
      kernels.hidden = r.activation_hidden.typ;
      return kernels;
    case Class::gather:
    case Class::stream:
    case Class::transform:
      return lean;
  }
  return lean;
}

}  // namespace

operators::Device operator_device(const DeviceRow& r) {
  operators::Device d{.clock = r.clock.typ,
                      .cores = r.cores.typ,
                      .arrays = r.arrays.typ,
                      .rows = r.array_rows.typ,
                      .columns = r.array_columns.typ,
                      .macs = {if_known(r.macs_fp64, 0), if_known(r.macs_fp32, 0), if_known(r.macs_tf32, 0),
                               r.macs_fp16.typ, if_known(r.macs_fp8, 0), if_known(r.macs_int8, 0),
                               if_known(r.macs_fp4, 0), if_known(r.macs_int4, 0)},
                      .sparse_speedup = if_known(r.sparse_speedup, 1),
                      .vector_flop = r.vector_operations.typ,
                      .exp_flop = r.exponential.typ,
                      .sram = bytes_of(r.sram.typ),
                      .cache = bytes_of(r.cache.typ),
                      .cache_rate = bytes_of(r.cache_width.typ),
                      .memory_rate = bytes_of(r.memory_bandwidth.typ),
                      .capacity = bytes_of(r.memory_capacity.typ),
                      .peers = {.joined = joined_as(r.joined),
                                .bandwidth = bytes_of(r.link_bandwidth.typ),
                                .latency = r.link_latency.typ,
                                .efficiency = r.link_efficiency.typ,
                                .launch = if_known(r.link_launch, 0),
                                .ramp = if_known(r.link_ramp, 0),
                                .start = if_known(r.link_start, 0)}};
  for (std::size_t i = 0; i < d.kernels.size(); ++i) d.kernels[i] = kernels(r, static_cast<Class>(i));
  return d;
}

}  // namespace marquetry
