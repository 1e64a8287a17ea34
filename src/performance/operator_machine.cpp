#include "performance/operator_machine.h"

#include <algorithm>
#include <cmath>

namespace marquetry::performance {
namespace {

// Where a row does not say how its units are arranged: tensor cores of this side (NVIDIA A100 white paper,
// 2020: four of 256 multiply-accumulates an SM).
constexpr double usual_side = 16;

// The die type that computes most, with all its dies.
std::optional<std::size_t> main_die(const System<double>& system, std::span<const Peaks<double>> peaks) {
  const auto work = [&](std::size_t d) {
    double most = 0;
    for (const auto& rate : peaks[d]) most = std::max(most, rate.si());
    return system.dies[d].count * most;
  };
  std::optional<std::size_t> best;
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (work(d) > 0 && (!best || work(d) > work(*best))) best = d;
  }
  return best;
}

// Cores are the modules that compute in 16 bits, or in any format if none does.
struct Cores {
  double count{};
  Peaks<double> macs{};  // multiply-accumulates a clock, all cores
  const Module* row{};   // of those that there are most of
};

Cores cores_of(const Die<double>& die, const Peaks<double>& peaks, const Library& library) {
  Cores out;
  double most = 0;
  for (const auto& use : die.modules) {
    const double rate = use.module.rates[operators::index(Format::fp16)];
    if (rate <= 0) continue;
    out.count += use.active;
    if (use.active <= most) continue;
    most = use.active;
    out.row = use.row > 0 ? &library.modules[use.row - 1] : nullptr;
  }
  out.count = std::max(out.count, 1.0);
  for (std::size_t f = 0; f < peaks.size(); ++f) out.macs[f] = 0.5 * peaks[f];
  return out;
}

// SRAM of a die and of those that stand on it.
double cache_of(const System<double>& system, std::size_t die, const Library& library) {
  Data<> sram{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    const bool on_top = system.dies[d].parent == die;
    if (d != die && !on_top) continue;
    for (const auto& use : system.dies[d].modules) {
      const bool is_sram = use.row > 0 && library.modules[use.row - 1].kind == "sram";
      if (is_sram) sram += use.active * system.dies[d].count / system.dies[die].count * use.module.sram;
    }
  }
  return sram / unit::B;
}

// Arrays of a core, and what each of their cells does a clock in each format.
void arrange(operators::Device& device, const Peaks<double>& macs, double sides_rows, double sides_columns,
             double arrays) {
  const double fp16 = macs[operators::index(Format::fp16)].si() / device.cores / device.clock;
  device.rows = sides_rows > 0 ? sides_rows : usual_side;
  device.columns = sides_columns > 0 ? sides_columns : usual_side;
  device.arrays = arrays > 0 ? arrays : std::max(std::round(fp16 / (device.rows * device.columns)), 1.0);
  const double cells = device.cores * device.arrays * device.rows * device.columns;
  for (std::size_t f = 0; f < macs.size(); ++f) device.macs[f] = macs[f].si() / device.clock / cells;
}

// What stands beside the arrays is as large as it is there for each multiply-accumulate.
void scale_like(operators::Device& device, const operators::Device& kernels) {
  const auto cell_rate = [](const operators::Device& d) {
    return d.arrays * d.rows * d.columns * d.macs[operators::index(Format::fp16)];
  };
  const double ratio = cell_rate(device) / cell_rate(kernels);
  device.vector_flop = kernels.vector_flop * ratio;
  device.exp_flop = kernels.exp_flop;
  device.cache_rate = kernels.cache_rate * ratio * device.cores / kernels.cores;
  if (device.sram <= 0) device.sram = kernels.sram;
  if (device.cache <= 0) device.cache = kernels.cache * device.cores / kernels.cores;
  device.kernels = kernels.kernels;
}

operators::Peers outside_of(const Machine<double>& machine, const operators::Device& kernels) {
  operators::Peers out = kernels.peers;
  out.joined = machine.joins_packages ? operators::Joined::switched : operators::Joined::none;
  out.bandwidth = machine.between_packages / (unit::B / unit::s);
  return out;
}

}  // namespace

std::optional<workload::Machine> operator_machine(const System<double>& system, const Library& library,
                                                  std::span<const Peaks<double>> die_peaks,
                                                  const network::NetworkFigures<double>& network,
                                                  const Machine<double>& machine,
                                                  const operators::Device& kernels) {
  const auto main = main_die(system, die_peaks);
  if (!main) return std::nullopt;
  const auto& die = system.dies[*main];
  const auto cores = cores_of(die, die_peaks[*main], library);
  const Peaks<double> nominal = performance::die_peaks(die);
  workload::Machine out{.name = die.id, .dies = die.count};
  auto& device = out.die;
  // The power cap slows every format alike.
  double held = 1;
  for (std::size_t f = 0; f < nominal.size(); ++f) {
    if (nominal[f].si() > 0) held = std::min(held, die_peaks[*main][f].si() / nominal[f].si());
  }
  device.clock = die.clock.si() * held;
  device.cores = cores.count;
  const auto* row = cores.row;
  const auto given = [](const auto& field) { return field.known ? field.typ : 0; };
  arrange(device, cores.macs, row != nullptr ? given(row->array_rows) : 0,
          row != nullptr ? given(row->array_columns) : 0, row != nullptr ? given(row->arrays) : 0);
  if (row != nullptr) {
    device.sram = Data<>::from_si(given(row->operand_memory)) / unit::B;
    device.sparse_speedup = row->sparse.known ? row->sparse.typ : 1;
  }
  device.cache = cache_of(system, *main, library);
  device.memory_rate = machine.memory / (unit::B / unit::s) / die.count;
  device.capacity = machine.capacity / unit::B / die.count;
  scale_like(device, kernels);
  out.inside = {.joined = operators::Joined::ring,
                .bandwidth = machine.between_dies / (unit::B / unit::s),
                .latency = machine.step.si(),
                .efficiency = kernels.peers.efficiency,
                .cut = network.bisection / (unit::B / unit::s)};
  if (!(out.inside.bandwidth > 0)) out.inside.joined = operators::Joined::none;
  out.outside = outside_of(machine, kernels);
  return out;
}

std::optional<workload::Machine> operator_machine(const Product& product, const Machine<double>& machine,
                                                  const operators::Device& kernels) {
  if (!product.units.known || !product.clock.known || !(machine.memory.si() > 0)) return std::nullopt;
  workload::Machine out{.name = product.id};
  auto& device = out.die;
  device.clock = product.clock.typ;
  device.cores = product.units.typ;
  Peaks<double> macs;
  for (std::size_t f = 0; f < macs.size(); ++f) macs[f] = 0.5 * machine.peaks[f];
  arrange(device, macs, 0, 0, 0);
  device.memory_rate = machine.memory / (unit::B / unit::s);
  device.capacity = machine.capacity / unit::B;
  scale_like(device, kernels);
  out.outside = outside_of(machine, kernels);
  return out;
}

}  // namespace marquetry::performance
