// The device of the small library.
#pragma once

#include <string_view>

namespace marquetry::test {

inline constexpr std::string_view small_device = R"(
[devices.tpu]
name = "TPU"
source = "test"
clock = "0.94 GHz"
cores = 1
arrays = 2
array_rows = 128
array_columns = 128
macs_fp16 = 1
vector_operations = 1024
exponential = 15
sram = "16 MiB"
cache = "0 B"
cache_width = "0 B"
memory_bandwidth = "460.6 GB/s"
memory_capacity = "16 GiB"
joined = "torus"
link_bandwidth = "164 GB/s"
link_latency = "1.5 us"
link_efficiency = 0.8
matmul_launch = "110 us"
matmul_compute = 1
matmul_memory = 1
attention_launch = "110 us"
attention_compute = 0.6
attention_memory = 1
vector_compute = 1
vector_memory = 1
softmax_launch = "300 us"
softmax_pass = "0 us"
softmax_short_row = 0
softmax_reads = 1
softmax_resident = 1
norm_launch = "140 us"
norm_hidden = "0 us"
norm_row = "0 us"
norm_reads = 3
norm_resident = 1
activation_launch = "100 us"
activation_hidden = "0 us"
)";

}  // namespace marquetry::test
