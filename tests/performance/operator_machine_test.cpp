// Composed systems and products as operators see them: peaks, bandwidths and capacities are those of the
// figures.
#include "performance/operator_machine.h"

#include <catch2/catch.hpp>

#include "evaluation/prepare.h"
#include "library/operator_device.h"
#include "performance/operator_graph.h"
#include "support/project.h"

using namespace marquetry;

namespace {

constexpr auto fp16 = operators::Format::fp16;

struct Composed {
  Library library{test::project_library()};
  Design design;
  System<double> system{};
  Evaluation<double> evaluation{};
  // Every variable at its first value, but for the number of dies where there is one: four.
  explicit Composed(const std::string& name) : design{test::project_design(library, name)} {
    Diagnostics diagnostics;
    const auto prepared = prepare(library, design, diagnostics);
    REQUIRE(prepared);
    Choice choice(design.variables.size(), 0);
    for (std::size_t v = 0; v < choice.size(); ++v) {
      const auto& domain = design.variables[v].domain;
      const auto four = std::ranges::find(domain, "4", &Value::text);
      if (design.variables[v].name == "dies" && four != domain.end()) {
        choice[v] = static_cast<std::uint32_t>(four - domain.begin());
      }
    }
    system = compose(*prepared, choice);
    evaluation = evaluate(system, prepared->models);
  }
  workload::Machine machine() const {
    const auto made =
        performance::operator_machine(system, library, evaluation.die_peaks, evaluation.network,
                                      evaluation.machine, operator_device(library.devices.front()));
    REQUIRE(made);
    return *made;
  }
};

TEST_CASE("a rebuilt H200 has its cores, and together the peak, bandwidth and capacity of its figures") {
  const Composed h200{"h200"};
  const auto machine = h200.machine();
  CHECK(machine.dies == 1);
  CHECK(machine.die.cores == 132);
  CHECK(operators::matrix_peak(machine.die, fp16) ==
        Approx(h200.evaluation.machine.peaks[operators::index(fp16)].si()));
  CHECK(machine.die.memory_rate == Approx(h200.evaluation.machine.memory / (unit::B / unit::s)));
  CHECK(machine.die.capacity == Approx(h200.evaluation.machine.capacity / unit::B));
  CHECK(machine.die.cache > 45e6);
  CHECK(machine.inside.joined == operators::Joined::none);
  CHECK(machine.outside.bandwidth == Approx(450e9).epsilon(0.07));  // less what packets add
}

TEST_CASE("dies of a package share its peak and memory, and exchange over the links between them") {
  const Composed four{"accelerator"};
  const auto machine = four.machine();
  REQUIRE(machine.dies == 4);
  CHECK(4 * operators::matrix_peak(machine.die, fp16) ==
        Approx(four.evaluation.machine.peaks[operators::index(fp16)].si()));
  CHECK(4 * machine.die.memory_rate == Approx(four.evaluation.machine.memory / (unit::B / unit::s)));
  CHECK(machine.inside.bandwidth == Approx(four.evaluation.machine.between_dies / (unit::B / unit::s)));
  const double bytes = 1e9;
  const auto cost = exchange(machine, operators::Collective::all_reduce, 4, bytes);
  CHECK(cost.total >
        operators::least_time(operators::Collective::all_reduce, 1, 4, machine.inside.bandwidth, bytes));
}

TEST_CASE("a product has its published peak and memory, whatever kernels are lent to it") {
  const auto library = test::project_library();
  const auto& product = *find(library.products, "mi250x");
  performance::Machine<double> figures;
  figures.peaks[operators::index(fp16)] = Rate<>::from_si(383e12);
  figures.memory = 3.2 * unit::TB / unit::s;
  figures.capacity = 128 * unit::GB;
  const auto made = performance::operator_machine(product, figures, operator_device(library.devices.front()));
  REQUIRE(made);
  CHECK(operators::matrix_peak(made->die, fp16) == Approx(383e12));
  CHECK(made->die.memory_rate == Approx(3.2e12));
  CHECK(made->die.capacity == Approx(128e9));
  CHECK(made->outside.joined == operators::Joined::none);
}

TEST_CASE("a workload of a design becomes operators on all dies that share it") {
  const Composed h200{"h200"};
  const auto machine = h200.machine();
  for (const auto& run : h200.system.workloads) {
    const auto given = std::ranges::find(h200.design.workloads, run.id, &DesignWorkload::id);
    const auto& model = *find(h200.library.workloads, given->model.value);
    INFO(run.id);
    double last = 0;
    for (const double packages : {8.0, 2.0, 1.0}) {
      const auto graph = performance::operator_graph(model, run, machine.dies, packages);
      CHECK(graph.members == packages);
      const double pass = workload::cost(machine, graph).sum.total;
      CHECK(pass > 0);
      // Fewer packages take longer in all but what exchanges and launches cost.
      CHECK(pass > 0.9 * last);
      last = pass;
    }
  }
}

}  // namespace
