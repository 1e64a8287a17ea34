#include "assemble/pads.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "assemble/phy_sites.h"

namespace marquetry::assemble {
namespace {

using geometry::Nanometre;
using geometry::Rect;
using layout::Layout;
using layout::Problem;

// More bumps between two dies say nothing more: supply pads of a hybrid bond are thinned out to so many.
constexpr std::size_t most_between_dies = 100'000;

class Builder {
 public:
  Builder(const System<double>& system, const placement::PackageProblem& package, const Layout& layout)
      : system_{system}, package_{package}, problem_{package.problem}, layout_{layout} {}

  Pads build() {
    out_.dies.resize(problem_.dies.size());
    name_supplies();
    if (problem_.bumps.pitch <= 0) {
      out_.notes.emplace_back("the packaging has no bump pitch: there are no bumps");
      return std::move(out_);
    }
    for (std::size_t d = 0; d < problem_.dies.size(); ++d) {
      grids_.emplace_back();
      if (!problem_.dies[d].on) grids_[d] = die_grid(problem_, layout_, d);
    }
    for (std::size_t l = 0; l < problem_.links.size(); ++l) wire_link(l);
    for (std::size_t e = 0; e < problem_.externals.size(); ++e) wire_external(e);
    for (std::size_t d = 0; d < problem_.dies.size(); ++d)
      if (!problem_.dies[d].on) fill_front(d);
    for (std::size_t d = 0; d < problem_.dies.size(); ++d)
      if (problem_.dies[d].on) join_below(d);
    if (homeless_ > 0)
      out_.notes.push_back(fmt::format("{} wires find no bump under their PHYs and are left out", homeless_));
    return std::move(out_);
  }

 private:
  // Ground, and a supply for each make of die: each has a voltage of its own.
  void name_supplies() {
    add_net("VSS", NetUse::ground);
    std::map<std::size_t, std::uint32_t> of_kind;
    for (const auto& die : problem_.dies) {
      if (of_kind.contains(die.kind)) continue;
      of_kind[die.kind] = static_cast<std::uint32_t>(out_.nets.size());
      const auto& id = die.kind < system_.dies.size() ? system_.dies[die.kind].id
                                                      : system_.memories[die.kind - system_.dies.size()].id;
      add_net("VDD_" + plain_name(id), NetUse::power);
    }
    for (const auto& net : out_.nets) out_.supplies.push_back(net.name);
    // What stands on a die is fed through it.
    feeds_.resize(problem_.dies.size());
    for (std::size_t d = 0; d < problem_.dies.size(); ++d) {
      const auto supply = of_kind[problem_.dies[d].kind];
      for (std::optional<std::size_t> at = d; at; at = problem_.dies[*at].on)
        if (std::ranges::find(feeds_[*at], supply) == feeds_[*at].end()) feeds_[*at].push_back(supply);
    }
    for (auto& feeds : feeds_) std::ranges::sort(feeds);
  }

  std::uint32_t add_net(std::string name, NetUse use, bool leaves = false) {
    out_.nets.push_back({std::move(name), use, leaves});
    return static_cast<std::uint32_t>(out_.nets.size() - 1);
  }

  // What the names of its nets begin with.
  std::string own_prefix(std::string name, std::string_view more) {
    while (!prefixes_.insert(name).second) name = fmt::format("{}_{}", name, more);
    return name;
  }

  Slot* slot_of(std::size_t phy) {
    for (auto& slot : grids_[layout_.phys[phy].die].slots)
      if (slot.phy == phy) return &slot;
    return nullptr;
  }

  void put(std::size_t d, const Slot& slot, std::size_t wire, std::uint32_t net) {
    const auto& own = grids_[d];
    const auto s = static_cast<std::uint32_t>(&slot - own.slots.data());
    out_.dies[d].front.push_back({in_package(layout_, d, own.grid.at(slot.sites[wire])),
                                  {PortKind::phy, s, static_cast<std::uint32_t>(wire)},
                                  net});
  }

  void wire_link(std::size_t l) {
    const auto& link = problem_.links[l];
    if (!link.phy) {
      out_.notes.push_back(fmt::format("link '{}' has no PHY: its wires are left out", link.name));
      return;
    }
    std::map<std::size_t, std::array<Slot*, 2>> modules;
    for (std::size_t p = 0; p < layout_.phys.size(); ++p) {
      const auto& phy = layout_.phys[p];
      if (phy.link == l) modules[phy.module][phy.die == link.a ? 0 : 1] = slot_of(p);
    }
    const auto wanted = static_cast<std::size_t>(std::ceil(std::max(0.0, link.phy->wires)));
    const auto prefix = own_prefix(plain_name(link.name), plain_name(link.row));
    for (const auto& [m, ends] : modules) {
      if (ends[0] == nullptr || ends[1] == nullptr) continue;
      const auto wires = std::min({wanted, ends[0]->sites.size(), ends[1]->sites.size()});
      homeless_ += wanted - wires;
      keep(grids_[link.a], *ends[0], wires);
      keep(grids_[link.b], *ends[1], wires);
      for (std::size_t w = 0; w < wires; ++w) {
        const auto net = add_net(fmt::format("{}_m{}_w{}", prefix, m, w), NetUse::signal);
        put(link.a, *ends[0], w, net);
        put(link.b, *ends[1], wires - 1 - w, net);
      }
    }
  }

  // Of a PHY to the outside the library says how many wires it has.
  void wire_external(std::size_t e) {
    const auto& external = problem_.externals[e];
    const auto prefix =
        own_prefix(plain_name(external.name) + "_" + plain_name(problem_.dies[external.die].name), "outside");
    std::size_t wanted = 0;
    for (const auto& network : system_.networks)
      if (network.id == external.name) wanted = static_cast<std::size_t>(std::llround(network.link.wires));
    for (std::size_t p = 0; p < layout_.phys.size(); ++p) {
      const auto& phy = layout_.phys[p];
      if (phy.external != e) continue;
      auto* slot = slot_of(p);
      const auto wires = std::min(wanted, slot->sites.size());
      homeless_ += wanted - wires;
      keep(grids_[external.die], *slot, wires);
      for (std::size_t w = 0; w < wires; ++w)
        put(external.die, *slot, w,
            add_net(fmt::format("{}_m{}_w{}", prefix, phy.module, w), NetUse::signal, true));
    }
  }

  // Power and ground in turn, as a chessboard; the supplies of a pile take their turns.
  std::uint32_t supply_at(std::size_t d, std::size_t column, std::size_t row) const {
    if ((column + row) % 2 != 0) return 0;
    const auto& feeds = feeds_[d];
    return feeds[((column + row) / 2 + row) % feeds.size()];
  }

  void fill_front(std::size_t d) {
    const auto& own = grids_[d];
    auto& pads = out_.dies[d];
    for (const auto& slot : own.slots) {
      pads.wires.push_back(slot.wires);
      pads.phys.push_back(slot.rect);
      const auto& phy = layout_.phys[slot.phy];
      pads.both_ways.push_back(phy.link && package_.wiring[*phy.link].is_memory);
    }
    for (std::size_t i = 0; i < own.grid.size(); ++i) {
      if (own.slot[i] >= 0 && own.slots[static_cast<std::size_t>(own.slot[i])].wires > 0) continue;
      const auto supply = supply_at(d, i % own.grid.columns, i / own.grid.columns);
      pads.front.push_back({in_package(layout_, d, own.grid.at(i)), {PortKind::supply, 0, supply}, supply});
    }
  }

  // Wires straight down to the die that it stands on.
  std::size_t wires_below(std::size_t d) const {
    const auto& part = package_.parts[d];
    if (part.is_memory)
      return static_cast<std::size_t>(std::llround(system_.memories[part.type].memory.phy_bumps));
    const auto& below = package_.parts[*problem_.dies[d].on];
    double wires = 0;
    for (const auto& network : system_.networks) {
      if (!network.to || !in_stack(system_, network)) continue;
      const auto all = network.modules * network.link.wires;
      if (network.from == part.type && *network.to == below.type) wires += all;
      if (network.from == below.type && *network.to == part.type)
        wires += all * system_.dies[below.type].count / std::max(1.0, system_.dies[part.type].count);
    }
    return static_cast<std::size_t>(std::llround(wires));
  }

  const PackagingParameters<double>* joint_below(std::size_t d) const {
    const auto& part = package_.parts[d];
    if (!part.is_memory) return &system_.dies[part.type].stacking;
    const auto& memory = system_.memories[part.type];
    return memory.stacking ? &*memory.stacking : nullptr;
  }

  void join_below(std::size_t d) {
    const auto lower = *problem_.dies[d].on;
    const auto* joint = joint_below(d);
    const auto pitch =
        joint == nullptr ? 0 : static_cast<Nanometre>(std::ceil(joint->bump_pitch / unit::m * 1e9 - 1e-6));
    if (pitch <= 0) return;
    const auto size = layout_.sizes[d];
    const auto grid = grid_in({{0, 0}, {size.width, size.height}}, pitch);
    const Rect below = layout::outline(layout_, lower);
    const auto lands = [&](std::size_t i) {
      const Point at = in_package(layout_, d, grid.at(i));
      return geometry::contains(below, {at, at});
    };
    // Signals in the middle, row by row.
    const auto wires = std::min(wires_below(d), grid.size() / 2);
    const auto rows = std::min(grid.rows, grid.columns == 0 ? 0 : (wires + grid.columns - 1) / grid.columns);
    const auto first = (grid.rows - rows) / 2 * grid.columns, end = first + rows * grid.columns;
    const auto thinning = static_cast<std::size_t>(
        std::ceil(std::sqrt(std::max(1.0, static_cast<double>(grid.size()) / most_between_dies))));
    if (thinning > 1)
      out_.notes.push_back(fmt::format("below '{}' one of {} supply pads is written", problem_.dies[d].name,
                                       thinning * thinning));
    const auto slot = uppers_[lower]++;
    const auto prefix =
        own_prefix(plain_name(problem_.dies[d].name) + "_" + plain_name(problem_.dies[lower].name), "stack");
    std::uint32_t wire = 0;
    const auto add = [&](std::size_t i, PortId up, PortId low, std::uint32_t net) {
      const Point at = in_package(layout_, d, grid.at(i));
      out_.dies[d].front.push_back({at, up, net});
      out_.dies[lower].back.push_back({at, low, net});
    };
    for (std::size_t i = 0; i < grid.size(); ++i) {
      if (!lands(i)) continue;
      if (i >= first && i < end) {
        if (wire == wires) continue;
        const auto net = add_net(fmt::format("{}_w{}", prefix, wire), NetUse::signal);
        add(i, {PortKind::below, 0, wire}, {PortKind::above, slot, wire}, net);
        ++wire;
        continue;
      }
      const auto column = i % grid.columns, row = i / grid.columns;
      if (column % thinning != 0 || row % thinning != 0) continue;
      const auto supply = supply_at(d, column / thinning, row / thinning);
      const PortId port{PortKind::supply, 0, supply};
      add(i, port, port, supply);
    }
    homeless_ += wires_below(d) - wire;
  }

  const System<double>& system_;
  const placement::PackageProblem& package_;
  const Problem& problem_;
  const Layout& layout_;
  Pads out_{};
  std::vector<DieGrid> grids_{};                     // by die; of those on the carrier
  std::vector<std::vector<std::uint32_t>> feeds_{};  // by die: supplies that it needs or passes on
  std::map<std::size_t, std::uint32_t> uppers_{};
  std::set<std::string> prefixes_{};
  std::size_t homeless_{};
};

}  // namespace

assembly::Orientation orientation_of(const layout::Layout& layout, std::size_t die) {
  return {.rotation = layout.dies[die].rotation, .is_mirrored = true, .is_flipped = true};
}

std::string plain_name(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (is_plain) {
      out += c;
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (out.size() > 1 && out.back() == '_') out.pop_back();
  return out;
}

Pads pads_of(const System<double>& system, const placement::PackageProblem& package,
             const layout::Layout& layout) {
  return Builder{system, package, layout}.build();
}

}  // namespace marquetry::assemble
