#include "exchange/chipletpart/usual_rows.h"

namespace marquetry::exchange {

// All numbers: nanocad-lab/CATCH, commit d60dafb, 2025, whose libraries ChipletPart ships.

std::vector<stack::Layer<double>> usual_layers() {
  const auto logic = [](const char* name, double price, double density, double critical, double litho,
                        double masks) {
    stack::Layer<double> row;
    row.name = name;
    row.active = true;
    row.price = price;
    row.density = density;
    row.defects = 0.005;
    row.critical_share = critical;
    row.litho_share = litho;
    row.masks = masks;
    row.stitch_yield = 0.5;
    row.routing_layers = 8;
    row.routing_pitch = 0.0005;
    return row;
  };
  stack::Layer<double> interposer;
  interposer.name = usual_layer;
  interposer.price = 0.021905;
  interposer.defects = 1e-5;
  interposer.critical_share = 0.3;
  interposer.litho_share = 0.1;
  interposer.masks = 5000;
  interposer.routing_layers = 4;
  interposer.routing_pitch = 0.001;
  return {interposer, logic("combined_45nm", 0.032171, 0, 0.6, 0.15, 1e5),
          logic("combined_12nm", 0.05636207, 0, 0.6, 0.25, 5e5),
          logic("combined_10nm", 0.084769, 0, 0.62, 0.25, 5e5),
          logic("combined_7nm", 0.132219, 91.2, 0.64, 0.27, 1e6)};
}

stack::Wafer<double> usual_wafer_process() {
  stack::Wafer<double> row;
  row.name = usual_wafer;
  row.diameter = 300;
  row.edge_exclusion = 0.1;
  row.scribe = 0.13;
  row.reticle_width = 26;
  row.reticle_height = 33;
  row.back_end.logic = 1e5;
  return row;
}

stack::Assembly<double> usual_assembly_process() {
  const stack::Machine<double> machine{.price = 1.8e6, .life = 5, .uptime = 0.9, .operators = 1e5};
  stack::Assembly<double> row;
  row.name = usual_assembly;
  row.place = machine;
  row.place.time = 10;
  row.bond = machine;
  row.bond.time = 20;
  row.die_separation = 0.1;
  row.edge_exclusion = 0.1;
  row.bond_pitch = 0.01;
  row.tsv_pitch = 0.01;
  row.tsv_area = 0.0001;
  row.current_density = 1e4;
  row.alignment_yield = 0.999;
  row.bond_yield = 0.999999;
  row.tsv_yield = 0.999999;
  return row;
}

stack::Test<double> usual_test_process() {
  const stack::TestStage<double> stage{.is_done = true,
                                       .patterns = 0.0,
                                       .scan_length = 0.0,
                                       .coverage = 1,
                                       .chains = 1,
                                       .ios_per_chain = 2,
                                       .io_offset = 1};
  stack::Test<double> row;
  row.name = usual_test;
  row.cycle = 0.1;
  row.rate = 0.006;
  row.die = stage;
  row.assembly = stage;
  return row;
}

}  // namespace marquetry::exchange
