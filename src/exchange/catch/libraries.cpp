#include "exchange/catch/libraries.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace marquetry::exchange {
namespace {

using Stack = stack::Stack<double>;

// A row of that name must not be there yet.
template <class Row>
void add(Row row, std::vector<Row>& rows, Diagnostics& diagnostics) {
  const auto same = std::ranges::find(rows, row.name, &Row::name);
  if (same != rows.end())
    diagnostics.error(row.where,
                      fmt::format("'{}' is there twice, first in line {}", row.name, same->where.line));
  rows.push_back(std::move(row));
}

void read_io(const Element& e, Dialect, Stack& stack, Diagnostics& d) {
  stack::Link<double> row;
  row.where = e.where();
  row.name = e.text("type", d);
  row.transmitter_area = e.number("tx_area", d);
  row.receiver_area = e.number("rx_area", d);
  row.shoreline = e.number("shoreline", d);
  row.bandwidth = e.number("bandwidth", d);
  row.wires = e.count("wire_count", d);
  row.bidirectional = e.flag("bidirectional", d);
  row.energy = e.number("energy_per_bit", d);
  row.energy_in_joule = stack::is_in_joule(row.energy);
  row.reach = e.number("reach", d);
  add(std::move(row), stack.links, d);
}

void read_layer(const Element& e, Dialect, Stack& stack, Diagnostics& d) {
  stack::Layer<double> row;
  row.where = e.where();
  row.name = e.text("name", d);
  row.active = e.flag("active", d);
  row.price = e.number("cost_per_mm2", d);
  row.density = e.number("transistor_density", d);
  row.defects = e.number("defect_density", d);
  row.critical_share = e.number("critical_area_ratio", d);
  row.clustering = e.number("clustering_factor", d);
  row.litho_share = e.number("litho_percent", d);  // a fraction, in spite of its name
  row.masks = e.number("nre_mask_cost", d);
  row.stitch_yield = e.number("stitching_yield", d);
  row.routing_layers = e.count_if("routing_layer_count", d).value_or(0);
  row.routing_pitch = e.number_if("routing_layer_pitch", d).value_or(0);
  add(std::move(row), stack.layers, d);
}

stack::ByKind<double> by_kind(const Element& e, const std::string& prefix, Diagnostics& d) {
  return {e.number(prefix + "memory", d), e.number(prefix + "logic", d), e.number(prefix + "analog", d)};
}

void read_wafer(const Element& e, Dialect, Stack& stack, Diagnostics& d) {
  stack::Wafer<double> row;
  row.where = e.where();
  row.name = e.text("name", d);
  row.diameter = e.number("wafer_diameter", d);
  row.edge_exclusion = e.number("edge_exclusion", d);
  row.scribe = e.number("dicing_distance", d);
  row.reticle_width = e.number("reticle_x", d);
  row.reticle_height = e.number("reticle_y", d);
  row.process_yield = e.number("wafer_process_yield", d);
  row.grid = e.flag("wafer_fill_grid", d);
  row.front_end = by_kind(e, "nre_front_end_cost_per_mm2_", d);
  row.back_end = by_kind(e, "nre_back_end_cost_per_mm2_", d);
  add(std::move(row), stack.wafers, d);
}

stack::Machine<double> machine(const Element& e, const std::string& prefix, Diagnostics& d) {
  return {.price = e.number(prefix + "machine_cost", d),
          .life = e.number(prefix + "machine_lifetime", d),
          .uptime = e.number(prefix + "machine_uptime", d),
          .operators = e.number(prefix + "technician_yearly_cost", d),
          .time = e.number(prefix + "time", d),
          .group = e.count(prefix + "group", d)};
}

void read_assembly(const Element& e, Dialect dialect, Stack& stack, Diagnostics& d) {
  stack::Assembly<double> row;
  row.where = e.where();
  row.name = e.text("name", d);
  row.materials = e.number("materials_cost_per_mm2", d);
  row.rate = e.number_if("bb_cost_per_second", d);
  row.place = machine(e, "picknplace_", d);
  row.bond = machine(e, "bonding_", d);
  row.die_separation = e.number("die_separation", d);
  row.edge_exclusion = e.number("edge_exclusion", d);
  row.bond_pitch = e.number("bonding_pitch", d);
  row.current_density = e.number("max_pad_current_density", d);
  row.alignment_yield = e.number("alignment_yield", d);
  row.bond_yield = e.number("bonding_yield", d);
  row.dielectric_defects = e.number("dielectric_bond_defect_density", d);
  const bool has_tsvs = dialect == Dialect::catch_2025 || e.find("tsv_pitch");
  row.tsv_area = has_tsvs ? e.number("tsv_area", d) : 0;
  row.tsv_yield = has_tsvs ? e.number("tsv_yield", d) : 1;
  row.tsv_pitch = has_tsvs ? e.number("tsv_pitch", d) : row.bond_pitch;
  add(std::move(row), stack.assemblies, d);
}

stack::TestStage<double> stage(const Element& e, const std::string& name, Diagnostics& d) {
  // Required, though it may be empty.
  const auto optional = [&](const std::string& key) {
    return e.text(key, d).empty() ? std::nullopt : e.count_if(key, d);
  };
  return {.is_done = e.flag("test_" + name, d),
          .patterns = optional("bb_" + name + "_pattern_count"),
          .scan_length = optional("bb_" + name + "_scan_chain_length"),
          .coverage = e.number(name + "_defect_coverage", d),
          .reuse = e.count(name + "_test_reuse", d),
          .chains = e.count(name + "_num_scan_chains", d),
          .ios_per_chain = e.count(name + "_num_io_per_scan_chain", d),
          .io_offset = e.count(name + "_num_test_io_offset", d),
          .failures = e.text(name + "_test_failure_dist", d)};
}

void read_test(const Element& e, Dialect, Stack& stack, Diagnostics& d) {
  stack::Test<double> row;
  row.where = e.where();
  row.name = e.text("name", d);
  row.cycle = e.number("time_per_test_cycle", d);
  row.samples = e.count("samples_per_input", d);
  row.rate = e.number("cost_per_second", d);
  row.die = stage(e, "self", d);
  row.assembly = stage(e, "assembly", d);
  add(std::move(row), stack.tests, d);
}

constexpr std::array libraries{
    LibraryKind{"ios", "the types of links", read_io},
    LibraryKind{"layers", "the layers", read_layer},
    LibraryKind{"wafer_processes", "the wafer processes", read_wafer},
    LibraryKind{"assembly_processes", "the assembly processes", read_assembly},
    LibraryKind{"test_processes", "the test processes", read_test},
};

}  // namespace

const LibraryKind* find_library(std::string_view root) {
  const auto* const found = std::ranges::find(libraries, root, &LibraryKind::root);
  return found == libraries.end() ? nullptr : &*found;
}

std::vector<std::string_view> library_roots() {
  std::vector<std::string_view> roots;
  for (const auto& library : libraries) roots.push_back(library.root);
  return roots;
}

void read_library(const Element& root, Dialect dialect, stack::Stack<double>& stack,
                  Diagnostics& diagnostics) {
  for (const auto& row : root.children()) find_library(root.tag())->read(row, dialect, stack, diagnostics);
}

void read_nets(const Element& root, stack::Stack<double>& stack, Diagnostics& diagnostics) {
  for (const auto& e : root.children()) {
    stack::Net<double> row;
    row.where = e.where();
    row.link = e.text("type", diagnostics);
    row.from = e.text("block0", diagnostics);
    row.to = e.text("block1", diagnostics);
    row.bandwidth = e.number("bandwidth", diagnostics);
    row.count = e.count_if("bb_count", diagnostics);
    row.utilization = e.number("average_bandwidth_utilization", diagnostics);
    stack.nets.push_back(std::move(row));
  }
}

}  // namespace marquetry::exchange
