// What the peak temperature would gain or lose by every power, material, thickness and position, by one more
// solve: A^T y = dJ/dT, then dJ/dp = y (dP/dp - dA/dp T) for any p (Giles and Pierce, Flow, Turbulence and
// Combustion 65, 2000, section 2). With leakage and conductivities that fall with the temperature, A is the
// matrix of what changes with T. Of the physical model.
#pragma once

#include "conduction/solver.h"
#include "thermal/assembly.h"

namespace marquetry::thermal {

// The smooth peak J = ln(sum exp(beta T)) / beta over all cells, beta chosen so that it lies at most `bias`
// above the hottest cell.
struct GradientRequest {
  double bias{0.25};                                               // K
  conduction::Request solve{.tolerance = 1e-6, .certify = false};  // K/W, of y
};

struct MaterialSlopes {
  double along_x{}, along_y{}, across{};  // K per W/(m K)
};

struct BlockSlopes {
  double power{};             // K/W
  double leakage{};           // K per watt of Leakage::power
  double x{}, y{};            // K/m: power and material move, over the layer's own material
  MaterialSlopes material{};  // of its own, where it has one
};

struct LayerSlopes {
  MaterialSlopes material{};  // of its own
  double thickness{};         // K/m
  double contact{};           // K per K m2/W, to the layer above
};

struct Gradient {
  double figure{}, peak{};                   // K: J, and the hottest cell
  std::vector<BlockSlopes> blocks{};         // layer after layer
  std::vector<LayerSlopes> layers{};         // those of the stack, then spreader and sink
  double top_transfer{}, bottom_transfer{};  // K per W/(m2 K)
  double convection{};                       // K per K/W, of the package
  double ambient{};                          // K/K: above 1 where leakage adds to it
  conduction::Outcome outcome{};             // of the last solve
  int solves{};  // 1; more where conductivities fall with the temperature, one for each digit or so
};

// rise: at rest, as `steady` gives it.
Gradient gradient(const Stack& stack, const Settings& settings, const conduction::Field& rise,
                  const GradientRequest& request = {});

}  // namespace marquetry::thermal
