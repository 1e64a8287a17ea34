// A composed system as operators see it: computing dies with cores, arrays and caches, joined in the package.
#pragma once

#include "library/library.h"
#include "performance/roofline.h"
#include "workload/machine.h"

namespace marquetry::performance {

// `kernels`: whose launches and efficiencies are assumed, and what modules do not say of themselves (vector
// units, memory beside the arrays, caches' rates). Of the package the dies that compute most; nothing where
// none computes. The clock is that which the dies hold within their power.
std::optional<workload::Machine> operator_machine(const System<double>& system, const Library& library,
                                                  std::span<const Peaks<double>> die_peaks,
                                                  const network::NetworkFigures<double>& network,
                                                  const Machine<double>& machine,
                                                  const operators::Device& kernels);

// A product: one device, its inner networks within its published figures.
std::optional<workload::Machine> operator_machine(const Product& product, const Machine<double>& machine,
                                                  const operators::Device& kernels);

}  // namespace marquetry::performance
