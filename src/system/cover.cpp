#include "system/cover.h"

#include <cmath>
#include <numbers>

#include "library/section_of.h"

namespace marquetry {
namespace {

// At which conductivities that fall with the temperature are taken. An estimate: silicon under full load.
constexpr double hot = 365, room = 300;  // K

template <Number Real>
Conductivity<Real> across(const Material& row, const Lifting<Real>& lifting) {
  return lift(lifting, row.conductivity) * std::pow(hot / room, -row.exponent.typ);
}

template <Number Real>
Length<Real> thickness_of(const StackLayer& layer, const CoverRows& rows, const Lifting<Real>& lifting) {
  if (layer.part == "lid" && rows.lid_thickness)
    return lift_given<dimension::length>(lifting, *rows.lid_thickness, "thickness of the lid");
  return lift(lifting, layer.thickness);
}

// A layer with bumps or vias conducts across as both side by side.
template <Number Real>
ThermalResistivity<Real> resistance_of(const Library& library, const StackLayer& layer,
                                       std::string_view material, const Length<Real>& thickness,
                                       const Lifting<Real>& lifting) {
  const auto* matrix = find(library.materials, material);
  if (matrix == nullptr) return {};
  auto conductivity = across(*matrix, lifting);
  if (const auto* posts = find(library.materials, layer.inclusion); posts != nullptr) {
    const Real ratio = lift(lifting, layer.inclusion_diameter) / lift(lifting, layer.inclusion_pitch);
    const Real share = std::numbers::pi / 4.0 * square(ratio);
    conductivity = share * across(*posts, lifting) + (1.0 - share) * conductivity;
  }
  return thickness / conductivity;
}

// What the plate of the cooling and a lid make together.
template <Number Real>
void add_plate(const Library& library, const StackLayer* lid, const CoverRows& rows,
               const Lifting<Real>& lifting, CoverParameters<Real>& out) {
  const Length<Real> thinnest = Length<Real>(0.5 * unit::mm);
  const auto& cooling = *rows.cooling;
  const auto conductivity = lift(lifting, cooling.base_conductivity);
  Length<Real> plate = lift(lifting, cooling.base_thickness);
  out.joint = lift(lifting, cooling.joint);
  out.thickness = plate;
  out.along = conductivity;
  const auto* material = lid == nullptr ? nullptr : find(library.materials, rows.material_of(*lid));
  if (material != nullptr) {
    using std::sqrt;
    // The plate of a cooling holds its lid. Written so that bounds are tight.
    const auto thickness = thickness_of(*lid, rows, lifting);
    const auto lateral = lift(lifting, material->lateral);
    const Real share = 1.0 / larger(Real(plate / thickness), Real(1.0 + thinnest / thickness));
    out.thickness = larger(plate, thickness + thinnest);
    out.along = lateral + (1.0 - share) * (conductivity - lateral);
    out.reach = sqrt(thickness * lateral * out.joint);
    out.cover += resistance_of(library, *lid, rows.material_of(*lid), thickness, lifting);
    plate = larger(thinnest, plate - thickness);
  }
  out.thickness = named("height of lid and plate", out.thickness);
  out.along = named("conductivity along lid and plate", out.along);
  out.reach = named("spreading in the lid", out.reach);
  out.cover += plate / conductivity;
}

template <Number Real>
MoneyPerArea<Real> lid_price(const Library& library, const StackLayer* lid, const CoverRows& rows,
                             const Lifting<Real>& lifting) {
  if (rows.cooling->direct || rows.lid == "none") return {};
  const bool own = rows.lid.empty() && !rows.lid_thickness;
  const auto* material = lid == nullptr ? nullptr : find(library.materials, rows.material_of(*lid));
  if (own || material == nullptr || !material->price.known) return lift(lifting, rows.packaging->lid_price);
  return named(label<Real>("lid of ", material->id),
               thickness_of(*lid, rows, lifting) * lift(lifting, material->price));
}

}  // namespace

template <Number Real>
CoverParameters<Real> cover_of(const Library& library, const CoverRows& rows, const Assumptions& assumptions,
                               const Lifting<Real>& lifting) {
  CoverParameters<Real> out;
  const auto* section = package_section_of(library, *rows.packaging, rows.section);
  const StackLayer* lid = nullptr;
  bool above = false;  // the circuits
  for (const auto& id : section == nullptr ? std::vector<std::string>{} : section->layers) {
    const auto* layer = find(library.layers, id);
    if (layer == nullptr) continue;
    if (above && !rows.leaves_out(*layer)) {
      if (layer->part == "lid") {
        lid = layer;
      } else {
        const auto one = resistance_of(library, *layer, rows.material_of(*layer),
                                       thickness_of(*layer, rows, lifting), lifting);
        (layer->part == "tim" ? out.cover : out.die) += one;
      }
    }
    above = above || layer->heats;
  }
  if (section == nullptr) out.cover = lift(lifting, assumptions.die_resistance);
  add_plate(library, lid, rows, lifting, out);
  const auto side = lift(lifting, rows.cooling->base);
  out.base = side * side;
  out.resistance = lift(lifting, rows.cooling->resistance);
  out.spreads = Real{1.0};
  if (rows.cooling
          ->direct) {  // its resistance holds for a plate of that size; each die cools through its own
    out.cover += out.resistance * out.base;
    out.resistance = {};
    out.spreads = Real{0.0};
  }
  out.cover = named("from the silicon of a die to the cooling, times area", out.cover);
  out.die = named("from the circuits of a die to the cooling, times area", out.die + out.cover);
  out.lid_price = lid_price(library, lid, rows, lifting);
  return out;
}

template <Number Real>
ThermalResistivity<Real> pile_resistance(const Library& library, const StackSection* section,
                                         const Lifting<Real>& lifting) {
  ThermalResistivity<Real> sum{};
  if (section == nullptr) return sum;
  for (const auto& id : section->layers) {
    const auto* layer = find(library.layers, id);
    if (layer == nullptr || layer->extent != "dies") continue;
    sum += resistance_of(library, *layer, layer->material, lift(lifting, layer->thickness), lifting);
  }
  return named(label<Real>("across the layers of ", section->id), sum);
}

#define INSTANTIATE(Real)                                                                       \
  template CoverParameters<Real> cover_of(const Library&, const CoverRows&, const Assumptions&, \
                                          const Lifting<Real>&);                                \
  template ThermalResistivity<Real> pile_resistance(const Library&, const StackSection*,        \
                                                    const Lifting<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
