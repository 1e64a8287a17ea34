#include "evaluation/warpage.h"

#include <algorithm>
#include <cmath>

#include "library/section_of.h"
#include "units/text.h"

namespace marquetry {
namespace {

// Underfill is cured at 150-165 degC, which sets the stress-free state of dies on a substrate; reflow (about
// 220-245 degC) comes before it. An estimate. Warpage is judged at room temperature.
constexpr double cured = 150, room = 25;  // degC
// Balls at 1 mm bridge 0.2-0.3 mm on reflow (JEITA ED-7306 allows 0.22 mm at 1.0 mm pitch for small ball
// grids); makers of large lidded packages state 0.3-0.4 mm. An estimate.
constexpr Length<> limit = 350 * unit::um;

mechanics::Fill fill(const Library& library, std::string_view material, double share) {
  mechanics::Fill out{.share = share};
  const auto* row = find(library.materials, material);
  if (row == nullptr || !row->modulus.known || !row->poisson.known || !row->expansion.known) return out;
  out.modulus = row->modulus.typ;
  out.poisson = row->poisson.typ;
  out.expansion = row->expansion.typ;
  return out;
}

// Shares of the package's area.
struct Shares {
  double carrier{}, dies{};
};
Shares shares_of(const System<double>& system, const Evaluation<double>& e) {
  Area<> standing{};
  for (std::size_t d = 0; d < system.dies.size(); ++d) {
    if (!system.dies[d].parent) standing += system.dies[d].count * e.outlines[d].area;
  }
  for (const auto& memory : system.memories) {
    standing += memory.memory.on_package * memory.stacks * system.dies[memory.host].count *
                (memory.memory.width * memory.memory.height);
  }
  const double dies = std::min(1.0, standing / e.area.substrate);
  return {.carrier = std::clamp(e.area.carrier / e.area.substrate, dies, 1.0), .dies = dies};
}

// Joints between dies carry no package: such dies stand on an organic substrate.
const StackSection* section_under(const Prepared& prepared, const Packaging& packaging) {
  const Library& library = *prepared.library;
  if (!prepared.design->section.empty()) return find(library.sections, prepared.design->section);
  const auto* own = section_of(library, packaging);
  const auto carries = [&](const std::string& id) {
    const auto* row = find(library.layers, id);
    return row != nullptr && row->extent != "dies";
  };
  if (own == nullptr || std::ranges::any_of(own->layers, carries)) return own;
  return section_of_family(library, "organic");
}

}  // namespace

std::vector<mechanics::Ply> package_plies(const Prepared& prepared, const Choice& choice,
                                          const System<double>& system,
                                          const Evaluation<double>& evaluation) {
  const Library& library = *prepared.library;
  const Design& design = *prepared.design;
  const auto& packaging = *find(library.packagings, chosen(design, choice, design.packaging));
  const auto& cooling = *find(library.coolings, chosen(design, choice, design.cooling));
  const auto* section = section_under(prepared, packaging);
  if (section == nullptr) return {};
  const Shares shares = shares_of(system, evaluation);
  std::vector<mechanics::Ply> out;
  for (const auto& id : section->layers) {
    const auto* row = find(library.layers, id);
    if (row == nullptr) continue;
    const bool bare = cooling.direct || design.lid == "none";
    if (!row->part.empty() && (cooling.direct || (row->part == "lid" && bare))) continue;
    const bool of_dies = row->extent == "dies";
    const double share = of_dies ? shares.dies : row->extent == "carrier" ? shares.carrier : 1;
    std::string_view material = row->material;
    if (row->part == "lid" && !design.lid.empty()) material = design.lid;
    if (row->part == "tim" && !design.tim.empty()) material = design.tim;
    mechanics::Ply ply{.thickness = row->thickness.typ, .fills = {fill(library, material, share)}};
    if (of_dies) {
      const std::string& beside = row->filler.empty() ? section->filler : row->filler;
      ply.fills.push_back(fill(library, beside, shares.carrier - shares.dies));
    }
    out.push_back(std::move(ply));
  }
  return out;
}

std::optional<PackageWarpage> package_warpage(const Prepared& prepared, const Choice& choice,
                                              const System<double>& system,
                                              const Evaluation<double>& evaluation) {
  const auto plies = package_plies(prepared, choice, system, evaluation);
  const double side = std::sqrt(evaluation.area.substrate.si());
  if (plies.empty() || !std::isfinite(side) || side <= 0) return std::nullopt;
  PackageWarpage out{.curvature = mechanics::curvature(plies, room - cured), .limit = limit};
  out.warpage = mechanics::warpage(out.curvature, side * std::sqrt(2.0)) * unit::m;
  out.largest_side = mechanics::largest_side(out.curvature, limit / unit::m) * unit::m;
  return out;
}

std::optional<Violation> warpage_violation(const std::optional<PackageWarpage>& w) {
  if (!w || w->warpage <= w->limit) return std::nullopt;
  return Violation{.path = "rules.warpage",
                   .value = w->warpage / unit::um,
                   .limit = w->limit / unit::um,
                   .unit = "um",
                   .what = "warpage of the package (estimate)",
                   .hint = "a package of at most " +
                           print_quantity(w->largest_side.si(), dimension::length, 3) +
                           " a side, a lid, or a substrate that expands less"};
}

}  // namespace marquetry
