#include "exchange/carrier.h"

#include "assembly/places.h"

namespace marquetry::exchange {

bool is_base(assembly::Kind kind) { return kind == assembly::Kind::substrate || kind == assembly::Kind::rdl; }

std::optional<std::size_t> carrier_of(const assembly::Assembly& package) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < package.instances.size(); ++i) {
    const auto& instance = package.instances[i];
    const auto& chiplet = chiplet_of(package, instance);
    if (!is_base(chiplet.kind)) continue;
    if (found) {
      const auto& best = package.instances[*found];
      if (instance.z < best.z) continue;
      if (instance.z == best.z && area(chiplet.size) <= area(chiplet_of(package, best).size)) continue;
    }
    found = i;
  }
  return found;
}

std::vector<bool> below_carrier(const assembly::Assembly& package) {
  std::vector<bool> out(package.instances.size());
  const auto carrier = carrier_of(package);
  for (std::size_t i = 0; carrier && i < out.size(); ++i) {
    const auto& instance = package.instances[i];
    out[i] = is_base(chiplet_of(package, instance).kind) && instance.z < package.instances[*carrier].z;
  }
  return out;
}

assembly::Rect drawn_area(const assembly::Assembly& package) {
  if (const auto carrier = carrier_of(package)) return outline(package, package.instances[*carrier]);
  assembly::Rect area{};
  for (std::size_t i = 0; i < package.instances.size(); ++i) {
    const auto box = outline(package, package.instances[i]);
    area = i == 0 ? box : geometry::hull(area, box);
  }
  return area;
}

}  // namespace marquetry::exchange
