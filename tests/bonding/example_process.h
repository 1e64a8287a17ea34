// The process that YAP ships as its defaults (nanocad-lab/YAP, D2W/configs/config.yaml).
#pragma once

#include "bonding/process.h"

namespace marquetry::test {

inline bonding::Process example_process(bonding::Flow flow = bonding::Flow::die_to_wafer) {
  using namespace unit;
  bonding::Process p;
  p.flow = flow;
  p.street = 1 * mm;
  auto& a = p.alignment;
  a.x = a.y = {{}, 20 * nm};
  a.rotation = {1e-6, 5e-7};
  if (flow == bonding::Flow::wafer_to_wafer) a.rotation = {5e-8, 1e-8};
  a.bow = {0.5 * um, 0.1 * um};
  a.magnification_per_bow = 0.1 * ppm / um;
  a.pad_error = {{}, 20 * nm};
  a.contact_share = a.distance_share = 0.5;
  p.particles = {.density = 0.1 / cm2,
                 .exponent = 3,
                 .least_thickness = 0.1 * um,
                 .reference = 1 * um,
                 .void_radius = 230 * um,
                 .void_growth = 1.8e-4,
                 .void_tail = 0.062};
  auto& r = p.recess;
  r.top = r.bottom = {-10 * nm, 1 * nm};
  r.top_expansion = r.bottom_expansion = 0.053 * nm / K;
  r.room = 298.15 * K;
  r.anneal = 573.15 * K;
  r.asperity_radius = 2 * um;
  r.roughness = 1 * nm;
  r.dielectric = 1.5 * um;
  r.free_dish = 75 * nm;
  r.roughness_constant = 0.07;
  r.adhesion = 1.2 * J / m2;
  r.stiffness = 73e9 * J / (m2 * m);
  r.peel_stiffness = 6.66e15 * J / (m2 * m2);
  return p;
}

inline bonding::PadLayout example_layout(Length<> pitch) {
  return {.pitch = pitch, .bottom_ratio = 0.5, .top_ratio = 2.0 / 3};
}

}  // namespace marquetry::test
