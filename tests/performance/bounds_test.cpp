// What products of the market can hold of Llama-2 70B, and how fast they could decode it at most: from public
// capacities and bandwidths, worked out apart. Context 1024, 90 % of the memory, peaks.
#include <catch2/catch.hpp>

#include "performance/roofline.h"
#include "support/project.h"
#include "system/lift_rows.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

struct Row {
  const char* product;
  operators::Format format;
  double devices, batch, alone,
      at_most;  // tokens a second: one sequence on all devices, a device at that batch
};
// 1 byte a word: formats of 8 bits.
const auto wide = operators::Format::fp16, narrow = operators::Format::int8;
const Row rows[] = {
    {"a100", wide, 2, 18, 29.5, 255},          {"a100", narrow, 1, 18, 29.5, 510},
    {"h100", wide, 2, 18, 48.4, 419},          {"h100", narrow, 1, 18, 48.4, 838},
    {"h200", wide, 2, 345, 69.4, 6527},        {"h200", narrow, 1, 345, 69.4, 13054},
    {"b200", wide, 1, 71, 57.8, 3511},         {"b200", narrow, 1, 554, 115.7, 27371},
    {"mi300x", wide, 1, 103, 38.5, 3179},      {"mi300x", narrow, 1, 618, 77.0, 18663},
    {"ascend-910b", wide, 4, 275, 46.3, 1911}, {"ascend-910b", narrow, 2, 275, 46.3, 3822},
    {"ascend-910c", wide, 2, 275, 46.3, 3822}, {"ascend-910c", narrow, 1, 275, 46.3, 7645},
    {"br100", wide, 4, 275, 47.4, 1959},       {"br100", narrow, 2, 275, 47.4, 3918},
};

performance::Machine<double> machine(const Product& p) {
  performance::Machine<double> m;
  m.peaks[operators::index(wide)] = Rate<>::from_si(p.peak.typ);
  m.peaks[operators::index(narrow)] = Rate<>::from_si(p.peak_int8.known ? p.peak_int8.typ : 2 * p.peak.typ);
  m.memory = Bandwidth<>::from_si(p.memory_bandwidth.typ);
  // Of a B200's 192 GB users get 180.
  m.capacity = p.id == "b200" ? 180 * GB : Data<>::from_si(p.memory_capacity.typ);
  m.joins_packages = true;
  // Free networks: what is asked is an upper bound.
  m.between_packages = Bandwidth<>::from_si(1e30);
  return m;
}

Workload<double> decode(const Library& library, operators::Format format, double batch) {
  Workload<double> w{.id = "decode",
                     .kind = WorkloadKind::decode,
                     .model = parameters(*find(library.workloads, "llama-2-70b"), Lifting<double>{})};
  w.batch = batch;
  w.context = 1024;
  w.may_use[operators::index(format)] = true;
  w.word = w.weight = w.cache_word = operators::format_bits[operators::index(format)] * bit;
  return w;
}

}  // namespace

TEST_CASE("capacity and bandwidth bound the decoding of Llama-2 70B, product by product") {
  const auto library = test::project_library();
  auto ideal = parameters(*find(library.efficiencies, "ideal"), Lifting<double>{});
  ideal.usable_capacity = 0.9;
  for (const auto& row : rows) {
    const auto* product = find(library.products, row.product);
    REQUIRE(product != nullptr);
    const auto m = machine(*product);
    CAPTURE(row.product, row.devices, row.batch);
    CHECK(roofline(decode(library, row.format, 1), m, ideal).packages == row.devices);
    const auto at_most = decode(library, row.format, row.batch);
    const auto mapping = performance::tensor_over_all(1.0, row.devices);
    const auto holds = [&](double batch) {
      const auto p = roofline(decode(library, row.format, batch), m, ideal, mapping);
      return p.needed <= p.packages * p.usable;
    };
    CHECK(holds(row.batch));
    CHECK_FALSE(holds(row.batch + 1));
    // There the input embedding is read too: 0.4 % of the weights.
    const auto alone = roofline(decode(library, row.format, 1), m, ideal, mapping);
    CHECK(alone.value * row.devices == Approx(row.alone).epsilon(0.006));
    CHECK(roofline(at_most, m, ideal, mapping).value == Approx(row.at_most).epsilon(0.006));
  }
}
