// A footprint as TOML text.
#include <fmt/format.h>

#include "base/text.h"
#include "footprint/load.h"
#include "footprint/package.h"

namespace marquetry::footprint {
namespace {

template <Dimension D>
std::string in(const Quantity<D>& value, const Quantity<D>& one, std::string_view symbol) {
  return fmt::format("\"{} {}\"", exact(as_written(value / one)), symbol);
}
std::string in_mm(const Length<>& length) { return in(length, unit::mm, "mm"); }

std::string block_text(const Block& block) {
  auto out = fmt::format("\n[footprint.blocks.{}]\ntype = \"{}\"\narea = {}   # at 7 nm\nnode = \"{} nm\"\n",
                         toml_text(block.name), block_type_names[static_cast<std::size_t>(block.type)],
                         in(block.area, unit::mm2, "mm2"), block.node->nanometres);
  if (block.die != block.name) out += fmt::format("die = {}\n", toml_text(block.die));
  if (block.aspect != 1) out += fmt::format("aspect = {}\n", exact(block.aspect));
  return out;
}

std::string design_text(const Design& d) {
  return fmt::format(
      "\n[footprint.design]\npower = {}   # of the whole system, at 7 nm\niterations = {}\nvolume = {}\n"
      "transistors_per_gate = {}\ncomputer_power = {}   # of a computer that designs\ngrid = {}\n",
      in(d.power, unit::W, "W"), exact(d.iterations), exact(d.volume), exact(d.transistors_per_gate),
      in(d.computer_power, unit::W, "W"), in(d.grid, unit::gCO2 / unit::kWh, "gCO2/kWh"));
}

std::string use_text(const Use& u) {
  return fmt::format(
      "\n[footprint.use]\nlifetime = {}\nactivity = {}   # share of the transistors that switch\n"
      "on = {}   # share of the time\naverage = {}   # average / stated power\n",
      in(u.lifetime, unit::h, "h"), exact(u.activity), exact(u.on), exact(u.average));
}

std::string packaging_text(const Packaging& p) {
  return fmt::format(
      "\n[footprint.packaging]\ninterposer_node = \"{} nm\"\nrdl_layers = {}\nemib_layers = {}\nbeol_layers "
      "= {}\n"
      "tsv_pitch = {}\ntsv_size = {}\nemib_pitch = {}   # of edge, a bridge\nbond_yield = {}\n",
      p.interposer_node->nanometres, exact(p.rdl_layers), exact(p.emib_layers), exact(p.beol_layers),
      in_mm(p.tsv_pitch), in_mm(p.tsv_size), in_mm(p.emib_pitch), exact(p.bond_yield));
}

std::string wafers_text(const Wafers& w) {
  return fmt::format(
      "\n[footprint.wafers]\ndiameter = {}\nedge_exclusion = {}\nscribe = {}\nreticle_width = {}\n"
      "reticle_height = {}\n",
      in_mm(w.diameter), in_mm(w.edge_exclusion), in_mm(w.scribe), in_mm(w.reticle_width),
      in_mm(w.reticle_height));
}

}  // namespace

std::string to_toml(const Footprint& f) {
  auto out = fmt::format(
      "format = 1\nname = {}\n\n[footprint]\npackage = \"{}\"   # RDL, EMIB, passive, active, 3D\n",
      toml_text(f.name), package_type_names[static_cast<std::size_t>(f.package)]);
  for (const auto& block : f.blocks) out += block_text(block);
  return out + design_text(f.design) + use_text(f.use) + packaging_text(f.packaging) + wafers_text(f.wafers);
}

}  // namespace marquetry::footprint
