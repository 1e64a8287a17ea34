#include "stack/evaluate.h"

#include <algorithm>
#include <cmath>

#include "stack/fabrication.h"
#include "stack/pads.h"
#include "stack/traffic.h"

namespace marquetry::stack {
namespace {

constexpr double seconds_per_year = 365.0 * 24 * 3600;
constexpr double transistors_per_gate = 4;  // a NAND of CMOS

double counted_power(double base, double n) { return n == 0 ? 1 : std::pow(base, n); }
Dual counted_power(const Dual& base, double n) { return n == 0 ? Dual{1.0} : exp(n * log(base)); }

template <Number Real>
class Evaluator {
 public:
  Evaluator(const Stack<Real>& stack, const Quirks& quirks, Workspace<Real>& workspace)
      : stack_{stack}, quirks_{quirks}, workspace_{workspace}, figures_{workspace.figures} {}

  void run() {
    figures_.chips.assign(stack_.chips.size(), {});
    figures_.findings.clear();
    figures_.nre_total = 0.0;
    carry_nets(stack_, quirks_, workspace_);
    for (std::size_t i = stack_.chips.size(); i-- > 0;) chip(i);
    total();
  }

 private:
  bool has(std::size_t number) const { return quirks_.has(number); }
  ChipFigures<Real>& of(std::size_t i) { return figures_.chips[i]; }

  template <class F>
  void for_each_child(std::size_t i, F f) const {
    for (std::size_t child = i + 1; child < stack_.chips[i].end; child = stack_.chips[child].end) f(child);
  }

  void chip(std::size_t i) {
    power(i);
    count_pads(stack_, quirks_, i, figures_);
    spread_pads(stack_, i, workspace_);
    area(i);
    die(i);
    assembly(i);
    nre(i);
    for_each_child(i, [&](std::size_t child) { routing(i, child); });
  }

  void power(std::size_t i) {
    const auto& c = stack_.chips[i];
    auto& own = of(i);
    own.stack_power = 0.0;
    for_each_child(i, [&](std::size_t child) { own.stack_power = own.stack_power + of(child).total_power; });
    const Real alone = c.given_power ? *c.given_power : Real(c.power + own.io_power);
    own.total_power = alone + own.stack_power;
  }

  // What stands on one side of a chip, laid out as a square with a free rim.
  Real stacked_area(std::size_t i) {
    using std::sqrt;
    const auto& process = stack_.assemblies[stack_.chips[i].assembly_index];
    std::array<Real, 2> sides{Real(0.0), Real(0.0)};
    for_each_child(i, [&](std::size_t child) {
      if (stack_.chips[child].buried) return;
      auto& side = sides[static_cast<std::size_t>(stack_.chips[child].side)];
      const auto& die = of(child);
      side = side + (die.width + process.die_separation) * (die.height + process.die_separation);
    });
    const Real larger_side = larger(sides[0], sides[1]);
    if (representative(larger_side) <= 0) return Real(0.0);
    const Real width = sqrt(larger_side) + 2.0 * process.edge_exclusion;
    return Real(width * width);
  }

  void area(std::size_t i) {
    using std::sqrt;
    const auto& c = stack_.chips[i];
    auto& own = of(i);
    own.tsv_area = own.tsvs * stack_.assemblies[c.assembly_index].tsv_area;
    own.stacked_area = stacked_area(i);
    own.area = c.given_area ? *c.given_area
                            : larger(larger(own.stacked_area, own.pad_area),
                                     Real(c.core_area + own.io_area + own.tsv_area));
    const bool is_there = representative(own.area) > 0;
    own.width = is_there ? Real(sqrt(Real(own.area * c.aspect_ratio))) : Real(0.0);
    own.height = is_there ? Real(sqrt(Real(own.area / c.aspect_ratio))) : Real(0.0);
    own.defect_area = c.core_area + own.io_area;
    if (!has(quirk("catch-defect-area"))) own.defect_area = own.defect_area + own.tsv_area;
  }

  void die(std::size_t i) {
    const auto& c = stack_.chips[i];
    auto& own = of(i);
    fabricate(stack_, quirks_, i, workspace_);
    find_place(i);
    const auto& test = stack_.tests[c.test_index];
    own.die_test_cost = test_cost(test, test.die, c.core_area, gates(i), c.gates_per_flop,
                                  has(quirk("catch-test-plus")) ? Vectors::added : Vectors::multiplied);
    own.die_pass = passing(own.die_yield, test.die);
    own.die_quality =
        c.given_quality ? *c.given_quality : smaller(Real(own.die_yield / own.die_pass), Real(1.0));
    own.known_good_die =
        c.given_cost ? *c.given_cost : Real((own.die_cost + own.die_test_cost) / own.die_pass);
  }

  void find_place(std::size_t i) {
    const auto& c = stack_.chips[i];
    const auto& own = of(i);
    if (c.given_cost || representative(own.area) <= 0) return;
    const auto& wafer = stack_.wafers[c.wafer_index];
    const double radius = representative(wafer.diameter) / 2 - representative(wafer.edge_exclusion);
    const double diagonal = std::hypot(representative(own.width), representative(own.height));
    if (has(quirk("catch-diag-limit")) && diagonal > radius) {
      figures_.findings.push_back({Finding::Kind::too_long, i, diagonal, radius});
    } else if (own.dies_per_wafer < 1) {
      figures_.findings.push_back({Finding::Kind::none_on_wafer, i, diagonal, 2 * radius});
    }
  }

  // The share that a test lets pass: the good, and the bad that it does not find.
  static Real passing(const Real& yield, const TestStage<Real>& stage) {
    return stage.is_done ? Real(1.0 - (1.0 - yield) * stage.coverage) : Real(1.0);
  }

  enum class Vectors { added, multiplied };  // patterns and samples

  // Scan test: patterns through chains of flops. `gates` per mm2. Where a pattern count is not given, 2 to
  // the number of wires that lead to a flop, 3/2 a gate (CATCH).
  static Real test_cost(const Test<Real>& test, const TestStage<Real>& stage, const Real& area,
                        const Real& gates, const Real& gates_per_flop, Vectors vectors) {
    using std::exp;
    if (!stage.is_done || representative(area) <= 0) return Real(0.0);
    const Real patterns =
        stage.patterns ? *stage.patterns : Real(exp(Real(std::log(2.0) * 1.5 * gates_per_flop)));
    const Real length = stage.scan_length ? *stage.scan_length : Real(gates / gates_per_flop / stage.chains);
    const Real applied =
        vectors == Vectors::added ? Real(patterns + test.samples) : Real(patterns * test.samples);
    return area * test.cycle * test.rate * applied * length;
  }

  // Gates per mm2 of core.
  Real gates(std::size_t i) const {
    Real density{0.0};
    for (const auto& run : stack_.stackups[stack_.chips[i].stackup]) {
      const auto& layer = stack_.layers[run.layer];
      if (layer.active) density = density + run.count * layer.density;
    }
    return density * (unit::MTr / transistors_per_gate);
  }

  // Core area, and its sums with gates and with gates per flop, of [i, end) or of i and what stands directly
  // on it.
  struct Scanned {
    Real area{0.0}, flop_ratio{0.0}, gates{0.0}, all_area{0.0};
  };
  Scanned scanned(std::size_t i) const {
    const bool direct = has(quirk("catch-test-direct-children"));
    Scanned sum;
    for (std::size_t k = i; k < stack_.chips[i].end; ++k) {
      const auto& c = stack_.chips[k];
      sum.gates = sum.gates + c.core_area * gates(k);
      sum.all_area = sum.all_area + c.core_area;
      if (direct && k != i && c.parent != i) continue;
      sum.area = sum.area + c.core_area;
      sum.flop_ratio = sum.flop_ratio + c.core_area * c.gates_per_flop;
    }
    return sum;
  }

  Real assembly_test_cost(std::size_t i) const {
    const auto& test = stack_.tests[stack_.chips[i].test_index];
    const auto sum = scanned(i);
    if (!test.assembly.is_done || representative(sum.area) <= 0) return Real(0.0);
    return test_cost(test, test.assembly, sum.area, Real(sum.gates / sum.all_area),
                     Real(sum.flop_ratio / sum.area), Vectors::multiplied);
  }

  Real machine_rate(const Assembly<Real>& process, const Machine<Real>& machine) const {
    if (process.rate) return *process.rate;
    const Real year = machine.price / machine.life + machine.operators;
    return has(quirk("catch-uptime-multiplied")) ? Real(year / seconds_per_year * machine.uptime)
                                                 : Real(year / seconds_per_year / machine.uptime);
  }

  void assembly(std::size_t i) {
    const auto& c = stack_.chips[i];
    const auto& process = stack_.assemblies[c.assembly_index];
    auto& own = of(i);
    double children = 0, pads = 0;
    Real parts{0.0}, perfect{0.0};
    own.parts_quality = 1.0;
    for_each_child(i, [&](std::size_t child) {
      const auto& part = of(child);
      ++children;
      pads += part.pads_to_parent;
      own.parts_quality =
          own.parts_quality * (has(quirk("catch-children-self-quality")) ? part.die_quality : part.quality);
      parts = parts + part.cost;
      perfect = perfect + part.perfect_cost;
    });
    if (!has(quirk("catch-bonds-external-only"))) own.bonds = pads;
    own.place_rate = machine_rate(process, process.place);
    own.bond_rate = machine_rate(process, process.bond);
    const Real place_time = process.place.time * std::ceil(children / process.place.group);
    const Real bond_time = process.bond.time * std::ceil(children / process.bond.group);
    own.assembly_time = place_time + bond_time;
    own.assembly_cost =
        own.place_rate * place_time + own.bond_rate * bond_time + process.materials * own.stacked_area;
    own.assembly_yield =
        counted_power(process.alignment_yield, children) * counted_power(process.bond_yield, own.bonds) *
        counted_power(process.tsv_yield, own.tsvs) / (1.0 + process.dielectric_defects * own.stacked_area);
    own.true_yield = own.die_quality * own.parts_quality * own.assembly_yield;
    if (has(quirk("catch-process-yield-on-assembly")))
      own.true_yield = own.true_yield * stack_.wafers[c.wafer_index].process_yield;
    own.pass = passing(own.true_yield, stack_.tests[c.test_index].assembly);
    own.quality = own.true_yield / own.pass;
    own.test_cost = assembly_test_cost(i);
    own.cost = (own.known_good_die + parts + own.assembly_cost + own.test_cost) / own.pass;
    own.perfect_cost = (c.given_cost ? *c.given_cost : Real(own.die_cost + own.die_test_cost)) + perfect +
                       own.assembly_cost + own.test_cost;
    own.scrap = own.cost - own.perfect_cost;
  }

  void nre(std::size_t i) {
    const auto& c = stack_.chips[i];
    const auto& wafer = stack_.wafers[c.wafer_index];
    auto& own = of(i);
    own.design_nre = c.core_area * (c.share.memory * (wafer.front_end.memory + wafer.back_end.memory) +
                                    c.share.logic * (wafer.front_end.logic + wafer.back_end.logic) +
                                    c.share.analog * (wafer.front_end.analog + wafer.back_end.analog));
    own.mask_nre = 0.0;
    const double sets = has(quirk("catch-no-stitch")) ? 1 : own.fields;
    for (const auto& run : stack_.stackups[c.stackup])
      own.mask_nre = own.mask_nre + run.count * sets * stack_.layers[run.layer].masks;
    own.mask_nre = own.mask_nre * c.reticle_share;
    // Of a design at least as many are made as the systems take.
    const double taken = stack_.copies[i] * stack_.chips[0].quantity;
    const bool apart = has(quirk("catch-quantity-per-chip"));
    const double volume = apart ? c.quantity : std::max(c.quantity, taken);
    const Real whole = own.design_nre + own.mask_nre;
    own.nre = whole / volume;
    figures_.nre_total = figures_.nre_total + (apart ? whole : Real(whole / stack_.copies[i]));
    for_each_child(i, [&](std::size_t child) { own.nre = own.nre + of(child).nre; });
  }

  // Wires that leave a chip on all routing layers of its parent, over its four edges.
  void routing(std::size_t parent, std::size_t child) {
    double tracks = 0;
    bool known = false;
    const auto& die = of(child);
    const double rim = 2 * (representative(die.width) + representative(die.height));
    for (const auto& run : stack_.stackups[stack_.chips[parent].stackup]) {
      const auto& layer = stack_.layers[run.layer];
      if (layer.routing_layers <= 0 || representative(layer.routing_pitch) <= 0) continue;
      known = true;
      tracks += run.count * layer.routing_layers * rim / representative(layer.routing_pitch);
    }
    const double wires = die.signal_pads + die.test_pads;
    if (known && tracks < wires)
      figures_.findings.push_back(
          {Finding::Kind::no_routing, child, wires, tracks, !has(quirk("catch-routing-warn"))});
  }

  void total() {
    const auto& root = of(0);
    figures_.recurring = root.cost;
    figures_.nre = root.nre;
    figures_.unit = root.cost + root.nre;
    figures_.per_good =
        has(quirk("catch-per-shipped"))
            ? figures_.unit
            : Real((figures_.unit + (1.0 - root.quality) * stack_.escape_cost) / root.quality);
  }

  const Stack<Real>& stack_;
  const Quirks& quirks_;
  Workspace<Real>& workspace_;
  Figures<Real>& figures_;
};

}  // namespace

template <Number Real>
const Figures<Real>& evaluate(const Stack<Real>& stack, const Quirks& quirks, Workspace<Real>& workspace) {
  Evaluator<Real>{stack, quirks, workspace}.run();
  return workspace.figures;
}

template const Figures<double>& evaluate(const Stack<double>&, const Quirks&, Workspace<double>&);
template const Figures<Dual>& evaluate(const Stack<Dual>&, const Quirks&, Workspace<Dual>&);

}  // namespace marquetry::stack
