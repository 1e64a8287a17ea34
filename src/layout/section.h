// What lies below, beside and above the dies of a package: the way of their heat. Plain data in SI (m, W, K,
// W/(m K), J/(m3 K)).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace marquetry::layout {

struct Material {
  std::string name{};
  double along_x{}, along_y{}, across{};  // conductivity; across the layers
  double capacity{};                      // of a volume
  double exponent{};  // conductivity falls as (T / 300 K)^-exponent; 0: constant, 1.3 for silicon
};

// A square plate centred on the footprint, at least as large.
struct Slab {
  double side{}, thickness{};
  Material material{};
};

// Spreader and sink above the layers, as in HotSpot's package: on the footprint they are two more layers,
// what is outside are twelve lumped nodes.
struct Spreading {
  Slab spreader{}, sink{};
  double convection{};  // K/W from the whole sink to the ambient
  double capacity{};    // J/K of what takes the heat there, spread over the sink
};

// How far a layer's own material reaches; beyond it lies the filler.
enum class Extent { package, carrier, dies };

struct SectionLayer {
  std::string name{};
  double thickness{};
  Extent extent{};
  Material material{}, filler{};
  bool heats{};                       // the circuits of the dies of its level lie in it
  double contact{};                   // K m2/W between it and the layer above
  std::size_t level{};                // of extent `dies`: 0 those on the carrier, 1 those on them, and so on
  bool bodies{};                      // a die with a body of its own has that here
  std::optional<Material> support{};  // of a level above 0: what stands on a die of the carrier elsewhere
  std::optional<Material> bridge{};   // where an embedded bridge lies
};

// The footprint is the package's where any layer reaches over it, else the carrier's.
struct Section {
  std::vector<SectionLayer> layers{};  // the bottom one first
  std::optional<Spreading> package{};
  double top_transfer{}, bottom_transfer{};  // W/(m2 K) of the two faces to the ambient; 0: none
};

}  // namespace marquetry::layout
