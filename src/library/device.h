// A device as operators see it: units and memories of its maker, and constants fitted to measured operators.
#pragma once

#include "library/row.h"

namespace marquetry {

struct DeviceRow : Row {
  static constexpr std::string_view category = "devices", singular = "device";
  using Bytes = Sourced<dimension::data>;
  using Rate = Sourced<dimension::data + dimension::time * -1>;
  std::string product{};
  Sourced<dimension::time * -1> clock{};
  SourcedCount cores{}, arrays{}, array_rows{}, array_columns{};
  MaybeSourced<dimension::none> macs_fp64{}, macs_fp32{}, macs_tf32{};
  SourcedCount macs_fp16{};
  MaybeSourced<dimension::none> macs_fp8{}, macs_int8{}, macs_fp4{}, macs_int4{};
  MaybeSourced<dimension::none> sparse_speedup{};
  SourcedCount vector_operations{}, exponential{};
  Bytes sram{}, cache{}, cache_width{};
  Rate memory_bandwidth{};
  Bytes memory_capacity{};
  std::string joined{};
  Rate link_bandwidth{};
  SourcedTime link_latency{};
  SourcedCount link_efficiency{};
  MaybeSourced<dimension::time> link_launch{}, link_ramp{}, link_start{};
  SourcedTime matmul_launch{}, attention_launch{}, softmax_launch{}, norm_launch{}, activation_launch{};
  SourcedTime norm_hidden{}, activation_hidden{};
  SourcedCount matmul_compute{}, matmul_memory{}, attention_compute{}, attention_memory{};
  SourcedCount vector_compute{}, vector_memory{};
  SourcedCount softmax_short_row{}, softmax_reads{}, softmax_resident{};
  SourcedTime softmax_pass{};
  SourcedCount norm_reads{}, norm_resident{};
  SourcedTime norm_row{};
};

template <class Visitor>
void describe(DeviceRow& d, Visitor& v) {
  describe_row(d, v);
  v.text_if("product", d.product);
  v.required("clock", d.clock, "that it holds within its power");
  v.required("cores", d.cores, "in use");
  v.required("arrays", d.arrays, "matrix units of a core");
  v.required("array_rows", d.array_rows, "processing elements of a matrix unit");
  v.required("array_columns", d.array_columns, "likewise");
  v.optional("macs_fp64", d.macs_fp64, "multiply-accumulates of an element a cycle; none: not computed");
  v.optional("macs_fp32", d.macs_fp32, "likewise");
  v.optional("macs_tf32", d.macs_tf32, "likewise");
  v.required("macs_fp16", d.macs_fp16, "likewise, dense");
  v.optional("macs_fp8", d.macs_fp8, "likewise");
  v.optional("macs_int8", d.macs_int8, "likewise");
  v.optional("macs_fp4", d.macs_fp4, "likewise");
  v.optional("macs_int4", d.macs_int4, "likewise");
  v.optional("sparse_speedup", d.sparse_speedup, "with weights of which two in four are zero");
  v.required("vector_operations", d.vector_operations, "of a core a cycle");
  v.required("exponential", d.exponential, "operations that one takes");
  v.required("sram", d.sram, "of a core");
  v.required("cache", d.cache, "shared by all cores; 0 B: none");
  v.required("cache_width", d.cache_width, "moved to and from it a cycle");
  v.required("memory_bandwidth", d.memory_bandwidth, "of all stacks");
  v.required("memory_capacity", d.memory_capacity, "of all stacks");
  v.choice("joined", d.joined, {"none", "ring", "fully-connected", "torus", "switched"});
  v.required("link_bandwidth", d.link_bandwidth, "out of the device, all links, one direction");
  v.required("link_latency", d.link_latency, "of one message");
  v.required("link_efficiency", d.link_efficiency, "of the link bandwidth in large collectives");
  v.optional("link_launch", d.link_launch, "of any collective");
  v.optional("link_ramp", d.link_ramp, "small messages use the links in part");
  v.optional("link_start", d.link_start, "of the way that large messages go");
  v.required("matmul_launch", d.matmul_launch, "before a matrix product begins");
  v.required("matmul_compute", d.matmul_compute, "of the peak in matrix products");
  v.required("matmul_memory", d.matmul_memory, "of the memory bandwidth in matrix products");
  v.required("attention_launch", d.attention_launch, "before fused attention begins");
  v.required("attention_compute", d.attention_compute, "of the peak in attention");
  v.required("attention_memory", d.attention_memory, "of the memory bandwidth in attention");
  v.required("vector_compute", d.vector_compute, "of the vector peak");
  v.required("vector_memory", d.vector_memory, "of the memory bandwidth in all that vector units do");
  v.required("softmax_launch", d.softmax_launch, "before a softmax begins");
  v.required("softmax_pass", d.softmax_pass, "waits between the phases of a long row");
  v.required("softmax_short_row", d.softmax_short_row, "elements of a row that is read once");
  v.required("softmax_reads", d.softmax_reads, "of a longer row");
  v.required("softmax_resident", d.softmax_resident, "long rows at which a core works");
  v.required("norm_launch", d.norm_launch, "before a norm begins");
  v.required("norm_hidden", d.norm_hidden, "of its work that the host's return hides");
  v.required("norm_row", d.norm_row, "of a core for a row, however short");
  v.required("norm_reads", d.norm_reads, "of a row");
  v.required("norm_resident", d.norm_resident, "rows at which a core works");
  v.required("activation_launch", d.activation_launch, "before an activation begins");
  v.required("activation_hidden", d.activation_hidden, "of its work that the host's return hides");
}

}  // namespace marquetry
