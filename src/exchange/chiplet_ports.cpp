#include "exchange/chiplet_ports.h"

#include <fmt/format.h>

#include "assembly/places.h"

namespace marquetry::exchange {

std::vector<PortDirections> ports_of_chiplets(const assembly::Assembly& package) {
  std::vector<PortDirections> out;
  for (const auto& chiplet : package.chiplets) {
    auto& ports = out.emplace_back();
    for (const auto& port : chiplet.ports) ports.emplace(port.name, port.direction);
    for (const auto& region : chiplet.regions) {
      for (const auto& bump : region.bumps) {
        if (!bump.port.empty()) ports.emplace(bump.port, assembly::Direction::inout);
      }
    }
  }
  return out;
}

std::vector<PortNets> nets_of_instances(const assembly::Assembly& package, const SourceSpot& where,
                                        Diagnostics& diagnostics) {
  std::vector<PortNets> out(package.instances.size());
  std::size_t without_port = 0;
  for (std::size_t n = 0; n < package.nets.size(); ++n) {
    for (const auto& pin : package.nets[n].pins) {
      const auto& bump = assembly::bump_of(package, pin);
      if (bump.port.empty()) {
        ++without_port;
        continue;
      }
      const auto [at, is_new] = out[pin.instance].emplace(bump.port, n);
      if (!is_new && at->second != n)
        diagnostics.error(where,
                          fmt::format("port '{}' of '{}' is on the nets '{}' and '{}'", bump.port,
                                      package.instances[pin.instance].name, package.nets[at->second].name,
                                      package.nets[n].name),
                          "a port is on one net: give the bumps of the other net a port of their own");
    }
  }
  if (without_port > 0)
    diagnostics.warning(
        where, fmt::format("{} bumps on a net have no port, and so are not in the netlist", without_port));
  return out;
}

}  // namespace marquetry::exchange
