#include "support/catch_case.h"

#include <stdexcept>

namespace marquetry::test {
namespace {

using nlohmann::json;
using Row = stack::Stack<double>;

// A number, or a text that holds one.
double number(const json& value) {
  return value.is_string() ? std::stod(value.get<std::string>()) : value.get<double>();
}

std::optional<double> number_if(const json& value) {
  if (value.is_null() || (value.is_string() && value.get<std::string>().empty())) return std::nullopt;
  return number(value);
}

stack::Link<double> link(const json& j) {
  stack::Link<double> row;
  row.name = j.at("type");
  row.transmitter_area = j.at("tx_area_mm2");
  row.receiver_area = j.at("rx_area_mm2");
  row.shoreline = j.at("shoreline_mm");
  row.bandwidth = j.at("bandwidth_gbps");
  row.wires = j.at("wire_count");
  row.bidirectional = j.at("bidirectional");
  const double energy = j.at("energy_per_bit_as_used_pj");
  row.energy_in_joule = stack::is_in_joule(energy);
  row.energy = energy;
  row.reach = j.at("reach_mm");
  return row;
}

stack::Layer<double> layer(const json& j) {
  stack::Layer<double> row;
  row.name = j.at("name");
  row.active = j.at("active");
  row.price = j.at("cost_usd_per_mm2");
  row.density = j.at("transistor_density_mtr_per_mm2");
  row.defects = j.at("defect_density_per_mm2");
  row.critical_share = j.at("critical_area_ratio");
  row.clustering = j.at("clustering_alpha");
  row.litho_share = j.at("litho_fraction");
  row.masks = j.at("mask_cost_usd");
  row.stitch_yield = j.at("stitching_yield");
  row.routing_layers = j.at("routing_layer_count");
  row.routing_pitch = j.at("routing_layer_pitch_mm");
  return row;
}

stack::ByKind<double> by_kind(const json& j) { return {j.at("memory"), j.at("logic"), j.at("analog")}; }

stack::Wafer<double> wafer(const json& j) {
  stack::Wafer<double> row;
  row.name = j.at("name");
  row.diameter = j.at("wafer_diameter_mm");
  row.edge_exclusion = j.at("edge_exclusion_mm");
  row.scribe = j.at("dicing_distance_mm");
  row.reticle_width = j.at("reticle_x_mm");
  row.reticle_height = j.at("reticle_y_mm");
  row.process_yield = j.at("wafer_process_yield");
  row.grid = j.at("wafer_fill_grid");
  row.front_end = by_kind(j.at("nre_front_end_usd_per_mm2"));
  row.back_end = by_kind(j.at("nre_back_end_usd_per_mm2"));
  return row;
}

stack::Machine<double> machine(const json& j, const std::string& prefix) {
  stack::Machine<double> row;
  row.price = j.at(prefix + "machine_cost");
  row.life = j.at(prefix + "machine_lifetime");
  row.uptime = j.at(prefix + "machine_uptime");
  row.operators = j.at(prefix + "technician_yearly_cost");
  row.time = j.at(prefix + "time");
  row.group = j.at(prefix + "group");
  return row;
}

stack::Assembly<double> assembly(const json& j) {
  stack::Assembly<double> row;
  row.name = j.at("name");
  row.materials = j.at("materials_cost_per_mm2");
  row.rate = number_if(j.at("bb_cost_per_second"));
  row.place = machine(j, "picknplace_");
  row.bond = machine(j, "bonding_");
  row.die_separation = j.at("die_separation");
  row.edge_exclusion = j.at("edge_exclusion");
  row.current_density = j.at("max_pad_current_density");
  row.bond_pitch = j.at("bonding_pitch");
  row.alignment_yield = j.at("alignment_yield");
  row.bond_yield = j.at("bonding_yield");
  row.dielectric_defects = j.at("dielectric_bond_defect_density");
  row.tsv_area = j.at("tsv_area");
  row.tsv_yield = j.at("tsv_yield");
  row.tsv_pitch = j.at("tsv_pitch");
  return row;
}

stack::TestStage<double> stage(const json& j, const std::string& name) {
  stack::TestStage<double> row;
  row.is_done = j.at("test_" + name);
  row.patterns = number_if(j.at("bb_" + name + "_pattern_count"));
  row.scan_length = number_if(j.at("bb_" + name + "_scan_chain_length"));
  row.coverage = j.at(name + "_defect_coverage");
  row.chains = j.at(name + "_num_scan_chains");
  row.ios_per_chain = j.at(name + "_num_io_per_scan_chain");
  row.io_offset = j.at(name + "_num_test_io_offset");
  return row;
}

stack::Test<double> test_process(const json& j) {
  stack::Test<double> row;
  row.name = j.at("name");
  row.cycle = j.at("time_per_test_cycle");
  row.rate = j.at("cost_per_second");
  row.samples = j.at("samples_per_input");
  row.die = stage(j, "self");
  row.assembly = stage(j, "assembly");
  return row;
}

stack::Net<double> net(const json& j) {
  stack::Net<double> row;
  row.link = j.at("type");
  row.from = j.at("block0");
  row.to = j.at("block1");
  row.bandwidth = number(j.at("bandwidth"));
  row.count = number_if(j.at("bb_count"));
  row.utilization = number(j.at("average_bandwidth_utilization"));
  return row;
}

void add_chip(Row& out, const json& j, std::size_t parent) {
  const auto index = out.chips.size();
  stack::Chip<double> row;
  row.name = j.at("name");
  row.core_area = j.at("core_area_mm2");
  row.aspect_ratio = j.at("aspect_ratio");
  row.facing = j.at("orientation") == "face-up" ? stack::Facing::up : stack::Facing::down;
  row.side = j.at("stack_side") == "face" ? stack::Side::face : stack::Side::back;
  row.buried = j.at("buried");
  row.given_area = number_if(j.at("bb_area"));
  row.given_cost = number_if(j.at("bb_cost"));
  row.given_quality = number_if(j.at("bb_quality"));
  row.given_power = number_if(j.at("bb_power"));
  row.share = {j.at("fraction_memory"), j.at("fraction_logic"), j.at("fraction_analog")};
  row.gates_per_flop = j.at("gate_flop_ratio");
  row.reticle_share = j.at("reticle_share");
  row.voltage = j.at("core_voltage_v");
  row.power = j.at("power_w");
  row.quantity = j.at("quantity");
  row.wafer = j.at("wafer_process");
  row.assembly = j.at("assembly_process");
  row.test = j.at("test_process");
  for (const auto& name : j.at("stackup")) row.layers.push_back(name);
  row.parent = parent;
  out.chips.push_back(row);
  for (const auto& child : j.at("children")) add_chip(out, child, index);
  out.chips[index].end = out.chips.size();
}

}  // namespace

stack::Stack<double> catch_stack(const json& inputs) {
  Row out;
  for (const auto& j : inputs.at("ios")) out.links.push_back(link(j));
  for (const auto& j : inputs.at("layers")) out.layers.push_back(layer(j));
  for (const auto& j : inputs.at("wafer_processes")) out.wafers.push_back(wafer(j));
  for (const auto& j : inputs.at("assembly_processes")) out.assemblies.push_back(assembly(j));
  for (const auto& j : inputs.at("test_processes")) out.tests.push_back(test_process(j));
  for (const auto& j : inputs.at("nets")) out.nets.push_back(net(j));
  add_chip(out, inputs.at("system"), stack::nowhere);
  stack::name_designs(out);
  Diagnostics diagnostics;
  stack::resolve(out, diagnostics);
  if (!diagnostics.ok()) throw std::runtime_error{render_all(diagnostics)};
  return out;
}

}  // namespace marquetry::test
