#include "assemble/nets.h"

#include <fmt/format.h>

namespace marquetry::assemble {

std::vector<Place> grid_below(const geometry::Rect& rect, geometry::Nanometre pitch, std::string_view what,
                              const Pads& pads, std::vector<std::string>& notes) {
  const auto grid = grid_in(rect, pitch);
  std::vector<std::uint32_t> outside;
  for (std::uint32_t n = 0; n < pads.nets.size(); ++n)
    if (pads.nets[n].leaves) outside.push_back(n);
  const auto room = grid.size() / 2;
  if (outside.size() > room) {
    notes.push_back(fmt::format("{} of {} wires to the outside find none of the {}", outside.size() - room,
                                outside.size(), what));
    outside.resize(room);
  }
  const auto powers = static_cast<std::uint32_t>(pads.supplies.size() - 1);
  std::vector<Place> out;
  std::uint32_t supply = 0;
  std::size_t signal = 0;
  for (std::size_t i = 0; i < grid.size(); ++i) {
    const bool is_signal = (i + 1) * outside.size() / grid.size() > i * outside.size() / grid.size();
    if (is_signal && signal < outside.size()) {
      out.push_back({grid.at(i), outside[signal++]});
      continue;
    }
    const auto turn = supply++;
    out.push_back({grid.at(i), turn % 2 == 0 ? 0u : 1u + turn / 2 % powers});
  }
  return out;
}

void add_nets(const std::vector<LaidFace>& faces, std::vector<NetName>& named, assembly::Assembly& assembly) {
  std::vector<std::size_t> pins(named.size());
  for (const auto& face : faces)
    for (const auto net : face.nets) ++pins[net];
  auto& nets = assembly.nets;
  std::vector<std::size_t> index(named.size());
  for (std::size_t n = 0; n < named.size(); ++n) {
    if (pins[n] == 0) continue;
    index[n] = nets.size();
    auto& net = nets.emplace_back();
    net.use = named[n].use;
    net.pins.reserve(pins[n]);
    if (named[n].leaves || net.use != NetUse::signal) net.ports = {named[n].name};
    net.name = std::move(named[n].name);
  }
  for (const auto& face : faces)
    for (std::size_t b = 0; b < face.nets.size(); ++b)
      nets[index[face.nets[b]]].pins.push_back({face.instance, face.region, b});
}

}  // namespace marquetry::assemble
