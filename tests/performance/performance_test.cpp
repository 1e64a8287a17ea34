// What workloads ask of a machine, against published sizes of their models; and rooflines on paper.
#include <catch2/catch.hpp>

#include "performance/roofline.h"
#include "support/project.h"
#include "support/small_system.h"
#include "system/lift_rows.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

constexpr std::size_t fp16 = operators::index(Format::fp16), int8 = operators::index(Format::int8);

Workload<double> workload(const Library& library, const std::string& id, WorkloadKind kind, double batch,
                          double context, std::size_t format = fp16) {
  Workload<double> w{
      .id = id, .kind = kind, .model = parameters(*find(library.workloads, id), Lifting<double>{})};
  w.batch = batch;
  w.context = context;
  w.may_use[format] = true;
  w.word = w.weight = w.cache_word = format_bits[format] * bit;
  return w;
}

const auto alone = performance::tensor_over_all(1.0, 1.0);

Data<> kept(const Library& library, const std::string& id, double context) {
  return capacity(performance::demand(workload(library, id, WorkloadKind::decode, 1, context)), alone);
}

// 100 TFLOP/s of FP16, 1 TB/s, 100 GB, alone.
performance::Machine<double> machine() {
  performance::Machine<double> m;
  m.peaks[fp16] = 100e12 * Hz;
  m.peaks[int8] = 200e12 * Hz;
  m.memory = 1 * TB / s;
  m.capacity = 100 * GB;
  return m;
}

const EfficiencyParameters<double> habits = test::small_system().efficiency;

std::vector<performance::DieSram<double>> sram_of(const System<double>& system) {
  std::vector<performance::DieSram<double>> out;
  for (const auto& die : system.dies) out.push_back(performance::die_sram(die));
  return out;
}

}  // namespace

TEST_CASE("KV cache of a token: published sizes at FP16") {
  const auto library = test::project_library();
  const auto [id, bytes] = GENERATE(table<const char*, double>({
      {"gpt-3-175b", 4'718'592},  // 2 x 96 layers x 12288 x 2 B
      {"llama-2-7b", 524'288},
      {"llama-2-70b", 327'680},  // 8 of 64 heads
      {"llama-3-70b", 327'680},
      {"llama-3-8b", 131'072},
      {"llama-3-1-405b", 516'096},
  }));
  for (const double context : {0.0, 1.0, 4096.0}) {
    CHECK((kept(library, id, context + 1) - kept(library, id, context)) / B == Approx(bytes).epsilon(1e-6));
  }
}

TEST_CASE("weights without context: published parameters") {
  const auto library = test::project_library();
  const auto [id, published] = GENERATE(table<const char*, double>({
      {"llama-2-7b", 6.738e9},
      {"llama-2-13b", 13.016e9},
      {"llama-2-70b", 68.977e9},
      {"llama-3-8b", 8.03e9},
      {"llama-3-70b", 70.554e9},
      {"llama-3-1-405b", 405.85e9},
      {"gpt-3-175b", 174.6e9},
      {"bert-large", 0.335e9},
      {"deepseek-v3", 671.0e9},
      {"mixtral-8x7b", 46.7e9},
  }));
  CAPTURE(id);
  CHECK(kept(library, id, 0) / (2 * B) == Approx(published).epsilon(0.006));
}

TEST_CASE(
    "traffic is counted in bytes, not elements: FP16 moves twice what INT8 does, operations are the same") {
  const auto library = test::project_library();
  const auto [id, kind] = GENERATE(table<const char*, WorkloadKind>({
      {"llama-3-70b", WorkloadKind::decode},
      {"gpt-3-175b", WorkloadKind::prefill},
      {"gemm-8k", WorkloadKind::matrix_product},
      {"stream-triad", WorkloadKind::stream},
      {"resnet-50", WorkloadKind::network},
  }));
  const auto wide = performance::demand(workload(library, id, kind, 8, 1024, fp16));
  const auto narrow = performance::demand(workload(library, id, kind, 8, 1024, int8));
  CHECK(traffic(wide, alone) / B == Approx(2 * (traffic(narrow, alone) / B)));
  CHECK(capacity(wide, alone) / B == Approx(2 * (capacity(narrow, alone) / B)));
  // Activations have 16 bits at least; results of a product have those of its words.
  const bool is_transformer = kind == WorkloadKind::decode || kind == WorkloadKind::prefill;
  CHECK(wide.all_reduce / B == Approx((is_transformer ? 1 : 2) * (narrow.all_reduce / B)));
  CHECK(operations(wide) == operations(narrow));
}

TEST_CASE("a prompt of one token is a decode step, and a longer one costs its causal half of attention") {
  const auto library = test::project_library();
  const auto decode = performance::demand(workload(library, "llama-2-7b", WorkloadKind::decode, 4, 1));
  const auto prefill = performance::demand(workload(library, "llama-2-7b", WorkloadKind::prefill, 4, 1));
  CHECK(operations(prefill) == Approx(operations(decode)));
  CHECK(prefill.items == decode.items);
  // 2 weights a token, and 4 layers width (1 + 2 + ... + c) = 4 x 32 x 4096 x c (c + 1) / 2
  const auto longer = performance::demand(workload(library, "llama-2-7b", WorkloadKind::prefill, 1, 1000));
  CHECK(operations(longer) == Approx(2 * 6'607'077'376.0 * 1000 + 4 * 32 * 4096 * (1000 * 1001 / 2.0)));
  CHECK(longer.items == 1000);
}

TEST_CASE("a matrix product of 4096 on 100 TFLOP/s and 1 TB/s, by hand") {
  const auto library = test::project_library();
  const auto p =
      roofline(workload(library, "gemm-4k", WorkloadKind::matrix_product, 1, 0), machine(), habits);
  // 2 x 4096^3 = 1.37439e11 operations at half of 100 T; 3 x 4096^2 words of 2 B at 0.8 TB/s; one step
  CHECK(p.compute / ms == Approx(2.748779));
  CHECK(p.memory / ms == Approx(0.1258291));
  CHECK(p.overhead / us == Approx(5));
  CHECK(p.network / us == 0);
  CHECK(p.value == Approx(0.137438953 / (2.748779e-3 + 5e-6)));  // 49.91 TFLOP/s
  CHECK(p.bound == performance::Bound::compute);
  CHECK(performance::unit_of(WorkloadKind::matrix_product) == "TFLOP/s");
}

TEST_CASE("a decode step of Llama-2 7B with 1024 tokens, by hand") {
  const auto library = test::project_library();
  const auto p = roofline(workload(library, "llama-2-7b", WorkloadKind::decode, 1, 1024), machine(), habits);
  // Weights 32 (4 x 4096^2 + 3 x 4096 x 11008) + 32000 x 4096 = 6 607 077 376, KV cache 2 x 32 x 4096 x 1024
  // = 268 435 456 words; of 2 B: 13.751 GB at 0.8 TB/s. 32 steps of 5 us.
  // The input embedding is kept, but not read.
  CHECK(p.needed / B == Approx(13'751'025'664 + 2 * 32000.0 * 4096).epsilon(1e-4));
  CHECK(p.memory / ms == Approx(17.18878));
  CHECK(p.overhead / us == Approx(160));
  CHECK(p.value == Approx(1 / 17.34878e-3));  // 57.64 tokens/s
  CHECK(p.bound == performance::Bound::memory);
  CHECK(p.packages == 1);
  CHECK(performance::unit_of(WorkloadKind::decode) == "token/s");
}

TEST_CASE("collectives between dies and between packages, by hand") {
  const auto library = test::project_library();
  const auto step = workload(library, "llama-2-7b", WorkloadKind::decode, 1, 1024);
  auto m = machine();
  m.dies = 4;
  m.between_dies = 100 * GB / s;
  m.step = 50 * ns;
  // 64 all-reduces of 4096 x 2 B: 2 x 3 steps of a quarter at 70 GB/s and 50 ns each
  const double inside = 64 * 6 * (2048 / 70e9 + 50e-9);
  CHECK(roofline(step, m, habits).network / unit::s == Approx(inside));
  // 14.01 GB on packages of 0.9 x 8 GB: two; 2 x 1 steps of a half at 35 GB/s, 10 us together
  m.joins_packages = true;
  m.between_packages = 50 * GB / s;
  m.capacity = 8 * GB;
  const auto p = roofline(step, m, habits);
  const double network = inside + 64 * (2 * 4096 / 35e9 + 10e-6);
  CHECK(p.packages == 2);
  CHECK(p.network / unit::s == Approx(network));
  CHECK(p.memory / ms == Approx(17.18878 / 2));
  CHECK(p.value == Approx(1 / (2 * (17.18878e-3 / 2 + network + 160e-6))));  // a package's half
}

TEST_CASE("as many packages join as hold the workload, a power of two; without links there is one") {
  const auto library = test::project_library();
  for (double context = 1; context < 6e4; context *= 3) {
    const auto w = workload(library, "llama-3-70b", WorkloadKind::decode, 32, context);
    auto m = machine();
    CHECK(roofline(w, m, habits).packages == 1);
    m.joins_packages = true;
    m.between_packages = 50 * GB / s;
    const auto p = roofline(w, m, habits);
    CHECK(p.packages == std::exp2(std::round(std::log2(p.packages))));
    CHECK(p.needed / (p.packages * p.usable) <= 1 + 1e-12);
    if (p.packages > 1) CHECK(p.needed / (p.packages / 2 * p.usable) > 1);
  }
}

TEST_CASE("a machine without memory or peaks does no work, whatever joins it") {
  const auto library = test::project_library();
  const auto w = workload(library, "llama-2-7b", WorkloadKind::decode, 1, 1024);
  auto m = machine();
  m.memory = {};
  m.capacity = {};
  CHECK(roofline(w, m, habits).value == 0);
  m.joins_packages = true;
  m.between_packages = 50 * GB / s;
  CHECK(roofline(w, m, habits).value == 0);
}

TEST_CASE("peaks and bandwidth of a machine add up over its dies") {
  auto system = test::small_system();
  std::vector<performance::Peaks<double>> peaks{performance::die_peaks(system.dies[0])};
  CHECK(peaks[0][fp16] / (1e12 * Hz) == Approx(16));  // 2 x 8 active x 1000 x 1 GHz
  CHECK(peaks[0][int8] / (1e12 * Hz) == Approx(32));
  network::NetworkFigures<double> network;
  network.per_die = {500 * GB / s};
  network.step = {2 * ns};
  const auto m = performance::machine<double>(system, peaks, sram_of(system), network);
  CHECK(m.peaks[fp16] / (1e12 * Hz) == Approx(32));
  CHECK(m.memory / (GB / s) == Approx(2 * 409.6));
  CHECK(m.capacity / GB == Approx(32));
  CHECK(m.dies == 2);
  CHECK_FALSE(m.joins_packages);
}

TEST_CASE("memory behind a hub gives no more than the links to it") {
  auto system = test::small_system();
  system.dies.push_back(system.dies[0]);  // the hub, which computes nothing
  system.dies[1].count = 1;
  system.dies[1].modules.clear();
  system.memories[0].host = 1;
  system.networks[0].to = 1;
  const std::vector<performance::Peaks<double>> peaks(2);
  network::NetworkFigures<double> network;
  network.per_die = {100 * GB / s};
  network.step = {2 * ns};
  CHECK(performance::machine<double>(system, peaks, sram_of(system), network).memory / (GB / s) ==
        Approx(200));
  network.per_die = {300 * GB / s};
  CHECK(performance::machine<double>(system, peaks, sram_of(system), network).memory / (GB / s) ==
        Approx(409.6));
}

TEST_CASE("packages are joined by their widest way out, which is no wider than the way to it") {
  auto system = test::small_system();
  system.dies.push_back(system.dies[0]);  // the hub, which computes nothing
  system.dies[1].count = 1;
  system.dies[1].modules.clear();
  auto to_hub = system.networks[0];
  to_hub.to = 1;
  auto scale_out = to_hub;
  scale_out.from = 1;
  scale_out.to.reset();
  const auto host = scale_out;
  system.networks = {to_hub, scale_out, host};
  const std::vector<performance::Peaks<double>> peaks(2);
  network::NetworkFigures<double> network;
  network.step = {2 * ns, 0 * ns, 0 * ns};
  const auto between = [&](double hub, double out, double pcie) {
    network.per_die = {hub * GB / s, out * GB / s, pcie * GB / s};
    return performance::machine<double>(system, peaks, sram_of(system), network).between_packages / (GB / s);
  };
  CHECK(between(1000, 400, 64) == Approx(400));  // the host's link is another thing
  CHECK(between(50, 400, 64) == Approx(100));    // two dies with 50 each
  CHECK(between(0, 400, 64) == 0);
}

TEST_CASE(
    "a die that computes reaches its own memory whatever is linked to it, and a stack carries no "
    "collectives") {
  auto system = test::small_system();
  system.dies.push_back(system.dies[0]);  // caches on the computing dies
  system.dies[1].modules.clear();
  system.dies[1].parent = 0;
  auto vertical = system.networks[0];
  vertical.from = 1;
  vertical.to = 0;
  system.networks.insert(system.networks.begin(), vertical);
  const std::vector<performance::Peaks<double>> peaks(2);
  network::NetworkFigures<double> network;
  network.per_die = {1 * GB / s, 500 * GB / s};
  network.step = {1 * ns, 2 * ns};
  const auto m = performance::machine<double>(system, peaks, sram_of(system), network);
  CHECK(m.memory / (GB / s) == Approx(2 * 409.6));
  CHECK(m.between_dies / (GB / s) == Approx(500));
  CHECK(m.step / ns == Approx(2));
}
