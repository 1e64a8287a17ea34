#include "support/grid_stack.h"

#include <stdexcept>

namespace marquetry::test {
namespace {

using namespace marquetry::stack;

// Numbers: nanocad-lab/CATCH, commit d60dafb, 2025.

Link<> ucie(const char* name, double area, double bandwidth, double wires) {
  Link<> row;
  row.name = name;
  row.transmitter_area = row.receiver_area = area;
  row.bandwidth = bandwidth;
  row.wires = wires;
  row.bidirectional = true;
  row.energy = 1e-12;
  row.energy_in_joule = true;
  row.reach = 10;
  return row;
}

Layer<> layer(const char* name, bool active, double price, double defects, double critical, double litho,
              double masks, double stitch) {
  Layer<> row;
  row.name = name;
  row.active = active;
  row.price = price;
  row.density = active ? 117.3 : 0;
  row.defects = defects;
  row.critical_share = critical;
  row.litho_share = litho;
  row.masks = masks;
  row.stitch_yield = stitch;
  row.routing_layers = 4;
  row.routing_pitch = 0.001;
  return row;
}

Wafer<> process(double yield) {
  Wafer<> row;
  row.name = "process_1";
  row.diameter = 300;
  row.edge_exclusion = 0.1;
  row.scribe = 0.13;
  row.reticle_width = 26;
  row.reticle_height = 33;
  row.process_yield = yield;
  row.back_end.logic = 1e5;
  return row;
}

Assembly<> individual_bonding() {
  Assembly<> row;
  row.name = "silicon_individual_bonding";
  row.place = {.price = 1.8e6, .life = 5.0, .uptime = 0.9, .operators = 1e5, .time = 10.0};
  row.bond = row.place;
  row.bond.time = 20;
  row.die_separation = row.edge_exclusion = 0.1;
  row.bond_pitch = row.tsv_pitch = 0.01;
  row.tsv_area = 0.0001;
  row.current_density = 1e4;
  row.alignment_yield = 0.999;
  row.bond_yield = row.tsv_yield = 0.999999;
  return row;
}

Test<> scan_test(const char* name, double cycle, double samples, std::optional<double> patterns,
                 std::optional<double> length, double coverage) {
  Test<> row;
  row.name = name;
  row.cycle = cycle;
  row.samples = samples;
  row.rate = 0.006;
  row.die = {.is_done = true,
             .patterns = patterns,
             .scan_length = length,
             .coverage = coverage,
             .chains = 1,
             .ios_per_chain = 2,
             .io_offset = 1};
  row.assembly = row.die;
  return row;
}

Chip<> chip(const std::string& name, std::size_t parent, Facing facing, const char* layer, double area,
            const char* test) {
  Chip<> row;
  row.name = name;
  row.parent = parent;
  row.facing = facing;
  row.layers = {layer};
  row.core_area = area;
  row.wafer = "process_1";
  row.assembly = "silicon_individual_bonding";
  row.test = test;
  row.voltage = 1;
  return row;
}

Net<> net(const char* link, const std::string& from, const std::string& to, double bandwidth) {
  Net<> row;
  row.link = link;
  row.from = from;
  row.to = to;
  row.bandwidth = bandwidth;
  row.utilization = 0.5;
  return row;
}

Stack<> resolved(Stack<> s) {
  for (std::size_t i = s.chips.size(); i-- > 0;) {
    s.chips[i].end = i + 1;
    for (std::size_t k = i + 1; k < s.chips.size() && s.chips[k].parent != nowhere && s.chips[k].parent >= i;
         ++k)
      s.chips[i].end = k + 1;
  }
  name_designs(s);
  Diagnostics diagnostics;
  resolve(s, diagnostics);
  if (!diagnostics.ok()) throw std::runtime_error{render_all(diagnostics)};
  return s;
}

}  // namespace

Stack<> grid_stack(int side) {
  Stack<> s;
  s.name = "grid";
  s.links = {ucie("UCIe_advanced", 0.4055184, 4096, 140)};
  s.layers = {layer("combined_interposer_silicon", false, 0.021905, 1e-5, 0.3, 0.1, 5000, 1),
              layer("combined_5nm", true, 0.25024, 0.005, 0.67, 0.3, 3e6, 0.5)};
  s.wafers = {process(1)};
  s.assemblies = {individual_bonding()};
  s.tests = {scan_test("KGD_free_test", 0.1, 1, 0.0, 0.0, 1)};
  const double chips = side * side, systems = 1e7;
  s.chips.push_back(
      chip("interposer", nowhere, Facing::up, "combined_interposer_silicon", 0, "KGD_free_test"));
  s.chips[0].quantity = systems;
  const auto name = [&](int row, int column) { return "chiplet_" + std::to_string(row * side + column); };
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      s.chips.push_back(
          chip(name(row, column), 0, Facing::down, "combined_5nm", 800 / chips, "KGD_free_test"));
      s.chips.back().power = 100 / chips;
      s.chips.back().quantity = systems * chips;
      const bool at_edge = row == 0 || row == side - 1;
      s.nets.push_back(net("UCIe_advanced", name(row, column), "external", at_edge ? 4 : 2));
      if (column > 0) s.nets.push_back(net("UCIe_advanced", name(row, column), name(row, column - 1), 2));
      if (row > 0) s.nets.push_back(net("UCIe_advanced", name(row, column), name(row - 1, column), 2));
    }
  }
  return resolved(std::move(s));
}

Stack<> deep_stack() {
  Stack<> s;
  s.name = "deep";
  s.escape_cost = 100;
  s.links = {ucie("UCIe_standard", 0.75438, 1024, 44)};
  s.layers = {layer("combined_interposer_organic", false, 5.382e-7, 1e-6, 0.2, 0.2, 500, 0.98),
              layer("combined_5nm", true, 0.25024, 0.001, 0.67, 0.3, 3e6, 0.9)};
  s.wafers = {process(0.97)};
  s.assemblies = {individual_bonding()};
  s.tests = {scan_test("free_test_0.36", 1e-7, 2, 40.0, 5e5, 0.5),
             scan_test("derived", 1e-9, 2, {}, {}, 0.9)};
  s.chips = {chip("base", nowhere, Facing::up, "combined_interposer_organic", 0, "free_test_0.36"),
             chip("cpu", 0, Facing::down, "combined_5nm", 300, "derived"),
             chip("cache", 1, Facing::down, "combined_5nm", 250, "derived"),
             chip("top", 2, Facing::down, "combined_5nm", 200, "derived"),
             chip("big", 0, Facing::down, "combined_5nm", 1000, "free_test_0.36"),
             chip("bridge", 0, Facing::down, "combined_5nm", 6, "derived"),
             chip("twin-a", 0, Facing::down, "combined_5nm", 80, "derived"),
             chip("twin-b", 0, Facing::down, "combined_5nm", 80, "derived"),
             chip("bought", 0, Facing::down, "combined_5nm", 50, "derived")};
  s.chips[2].side = s.chips[3].side = Side::back;
  s.chips[5].buried = true;
  s.chips[8].given_cost = 120;
  s.chips[8].given_quality = 0.98;
  s.chips[8].given_area = 110;
  for (auto& c : s.chips) {
    c.quantity = 1e6;
    c.power = c.core_area / 10;
    c.share = {.memory = 0.0, .logic = 1.0, .analog = 0.0};
  }
  s.nets = {net("UCIe_standard", "cpu", "cache", 2000),    net("UCIe_standard", "cache", "top", 2000),
            net("UCIe_standard", "top", "external", 1000), net("UCIe_standard", "cpu", "big", 3000),
            net("UCIe_standard", "big", "twin-a", 500),    net("UCIe_standard", "big", "twin-b", 500)};
  return resolved(std::move(s));
}

}  // namespace marquetry::test
