// Every number of a system, in one order that depends on the design alone: the k-th number of a
// System<double>, a System<Dual> and a System<Trace> of one design is the same one. What a part holds is
// listed here once; a test finds any number of the library that is read and stands in no list.
#pragma once

#include <vector>

#include "system/system.h"

namespace marquetry {

namespace detail {

// A quantity is its one number, so its place is the number's.
template <Number Real>
Real* place_of(Real& number) {
  return &number;
}
template <Dimension D, Number Real>
Real* place_of(Quantity<D, Real>& quantity) {
  static_assert(std::is_standard_layout_v<Quantity<D, double>>);
  return reinterpret_cast<Real*>(&quantity);
}

template <Number Real>
struct NumberList {
  std::vector<Real*> places{};

  template <class T>
  void add(T& part) {
    if constexpr (requires { T::each_field([](auto&) {}, part); }) {
      T::each_field([this](auto& field) { places.push_back(place_of(field)); }, part);
    } else {
      places.push_back(place_of(part));
    }
  }
  template <class T>
  void add(std::optional<T>& part) {
    if (part) add(*part);
  }
};

}  // namespace detail

// The places stay right as long as the system is neither moved nor resized.
template <Number Real>
std::vector<Real*> numbers_of(System<Real>& system) {
  detail::NumberList<Real> list;
  const auto all = [&list](auto&... parts) { (list.add(parts), ...); };
  for (auto& die : system.dies) {
    all(die.node, die.count, die.clock, die.activity, die.aspect, die.given_area, die.given_width,
        die.given_height, die.given_power, die.stacking, die.curve, die.voltage, die.power_cap);
    for (auto& use : die.modules) all(use.module, use.count, use.active);
  }
  for (auto& memory : system.memories)
    all(memory.memory, memory.stacks, memory.unattachable, memory.activity, memory.on_host, memory.stacking);
  for (auto& network : system.networks)
    all(network.link, network.modules, network.graph, network.unbuildable, network.unjoinable,
        network.activity);
  for (auto& workload : system.workloads)
    all(workload.model, workload.batch, workload.context, workload.word);
  all(system.packaging, system.cover, system.cooling, system.test, system.efficiency, system.assumptions,
      system.use_grid, system.assembly_grid, system.volume, system.power_cap);
  return std::move(list.places);
}

}  // namespace marquetry
