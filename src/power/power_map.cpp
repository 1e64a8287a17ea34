#include "power/power_map.h"

#include <algorithm>

namespace marquetry::power {
namespace {

using geometry::Nanometre;
using geometry::Rect;

constexpr double nanometre = 1e-9;

// Coordinates at which anything begins or ends, rising.
std::vector<Nanometre> cuts(Nanometre low, Nanometre high, std::span<const Part> parts, auto ends) {
  std::vector<Nanometre> out{low, high};
  for (const auto& part : parts) {
    for (const Nanometre end : ends(part.rect)) out.push_back(std::clamp(end, low, high));
  }
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

// W a square nanometre that the parts add over a rectangle that none of their edges cuts.
double density(const Rect& cell, std::span<const Part> parts) {
  double sum = 0;
  for (const auto& part : parts) {
    if (geometry::overlap(cell, part.rect)) sum += part.power / geometry::area(part.rect);
  }
  return sum;
}

// Rectangles of one density each: neighbours in a row of cells are one, and so are rows alike.
struct Patch {
  Rect rect{};
  double density{};
};
std::vector<Patch> patches(const Rect& outline, std::span<const Part> parts) {
  const auto xs = cuts(outline.low.x, outline.high.x, parts, [](const Rect& r) {
    return std::array{r.low.x, r.high.x};
  });
  const auto ys = cuts(outline.low.y, outline.high.y, parts, [](const Rect& r) {
    return std::array{r.low.y, r.high.y};
  });
  std::vector<Patch> out, last;
  for (std::size_t j = 0; j + 1 < ys.size(); ++j) {
    std::vector<Patch> row;
    for (std::size_t i = 0; i + 1 < xs.size(); ++i) {
      const Rect cell{{xs[i], ys[j]}, {xs[i + 1], ys[j + 1]}};
      const double here = density(cell, parts);
      if (!row.empty() && row.back().density == here) {
        row.back().rect.high.x = cell.high.x;
      } else {
        row.push_back({cell, here});
      }
    }
    const auto alike = [](const Patch& a, const Patch& b) {
      return a.density == b.density && a.rect.low.x == b.rect.low.x && a.rect.high.x == b.rect.high.x;
    };
    if (std::ranges::equal(last, row, alike)) {
      for (auto& patch : last) patch.rect.high.y = ys[j + 1];
      continue;
    }
    out.insert(out.end(), last.begin(), last.end());
    last = std::move(row);
  }
  out.insert(out.end(), last.begin(), last.end());
  return out;
}

}  // namespace

DieMap die_map(const Rect& outline, std::span<const Part> parts, double core, double leakage) {
  std::vector<Part> inside;
  for (const auto& part : parts) {
    const Rect rect = geometry::common(outline, part.rect);
    if (rect.width() > 0 && rect.height() > 0) {
      inside.push_back({rect, part.power});
    } else {
      core += part.power;
    }
  }
  const double whole = geometry::area(outline);
  DieMap out{.width = static_cast<double>(outline.width()) * nanometre,
             .height = static_cast<double>(outline.height()) * nanometre,
             .reference = leakage_reference};
  if (whole <= 0) return out;
  for (const auto& patch : patches(outline, inside)) {
    const Rect at = geometry::moved(patch.rect, geometry::Point{} - outline.low);
    const double area = geometry::area(patch.rect);
    out.spots.push_back(
        {{static_cast<double>(at.low.x) * nanometre, static_cast<double>(at.low.y) * nanometre,
          static_cast<double>(at.width()) * nanometre, static_cast<double>(at.height()) * nanometre},
         (patch.density + core / whole) * area,
         leakage * area / whole});
  }
  return out;
}

std::vector<double> raster(const DieMap& map, std::size_t columns, std::size_t rows) {
  std::vector<double> out(columns * rows);
  const double cell = map.width * map.height / static_cast<double>(columns * rows);
  for (const auto& spot : map.spots) {
    const double density = (spot.dynamic + spot.leakage) / (spot.box.width * spot.box.height);
    for (const auto& share : geometry::overlaps(spot.box, {columns, rows, map.width, map.height})) {
      out[share.cell] += density * share.of_cell * cell;
    }
  }
  return out;
}

namespace {

// What stands on one die of the problem.
struct Load {
  std::vector<Part> parts{};
  double core{}, leakage{}, slope{};
};

class Loads {
 public:
  Loads(const System<double>& system, const layout::Problem& problem, const layout::Layout& layout)
      : system_{system}, problem_{problem}, layout_{layout}, loads_(problem.dies.size()) {}

  void add_dies(const Library& library, std::span<const DiePower<double>> dies);
  void add_memories(const Library& library, const Design& design, const Choice& choice,
                    const PackagePower<double>& power);
  void add_links();
  std::vector<DieMap> maps() const;

 private:
  std::size_t instances(std::size_t kind) const {
    return static_cast<std::size_t>(std::ranges::count(problem_.dies, kind, &layout::Die::kind));
  }
  void spread(std::size_t kind, double watts);

  const System<double>& system_;
  const layout::Problem& problem_;
  const layout::Layout& layout_;
  std::vector<Load> loads_;
};

// Evenly over all dies of a kind.
void Loads::spread(std::size_t kind, double watts) {
  const auto count = static_cast<double>(instances(kind));
  for (std::size_t i = 0; i < loads_.size(); ++i) {
    if (problem_.dies[i].kind == kind) loads_[i].core += watts / count;
  }
}

void Loads::add_dies(const Library& library, std::span<const DiePower<double>> dies) {
  for (std::size_t i = 0; i < loads_.size(); ++i) {
    const std::size_t type = problem_.dies[i].kind;
    if (type >= dies.size()) continue;
    loads_[i].core += dies[type].dynamic / unit::W;
    loads_[i].leakage += dies[type].leakage / unit::W;
    const std::size_t row = system_.dies[type].node_row;
    if (row > 0) loads_[i].slope = library.nodes[row - 1].leakage_slope.typ;
  }
}

// The host's PHY takes its share of what a stack moves.
void Loads::add_memories(const Library& library, const Design& design, const Choice& choice,
                         const PackagePower<double>& power) {
  for (std::size_t m = 0; m < power.memories.size(); ++m) {
    const std::size_t kind = system_.dies.size() + m;
    const auto stacks = static_cast<double>(instances(kind));
    if (stacks == 0) continue;
    const auto& memory = system_.memories[m];
    const auto& row = *find(library.memories, chosen(design, choice, design.memories[m].memory));
    const double each = power.memories[m] / unit::W / stacks;
    const double moved = each - std::min(each, memory.memory.idle_power / unit::W);
    const double at_host = moved * row.interface_share.typ;
    std::size_t placed = 0;
    for (const auto& phy : layout_.phys) {
      if (!phy.link || problem_.links[*phy.link].row != memory.id) continue;
      if (problem_.dies[phy.die].is_memory) continue;
      loads_[phy.die].parts.push_back({phy.rect, at_host});
      ++placed;
    }
    spread(kind, each * stacks - at_host * static_cast<double>(placed));
  }
}

void Loads::add_links() {
  for (std::size_t n = 0; n < system_.networks.size(); ++n) {
    const auto& network = system_.networks[n];
    const double watts = link_power(system_, network) / unit::W;
    std::vector<const layout::PlacedPhy*> ends;
    for (const auto& phy : layout_.phys) {
      const std::string& of =
          phy.link ? problem_.links[*phy.link].row : problem_.externals[*phy.external].name;
      if (of == network.id) ends.push_back(&phy);
    }
    for (const auto* phy : ends) {
      loads_[phy->die].parts.push_back({phy->rect, watts / static_cast<double>(ends.size())});
    }
    if (!ends.empty()) continue;
    const std::size_t to = network.to.value_or(network.from);
    spread(network.from, watts / 2);
    spread(to, watts / 2);
  }
}

std::vector<DieMap> Loads::maps() const {
  std::vector<DieMap> out;
  for (std::size_t i = 0; i < loads_.size(); ++i) {
    const auto& load = loads_[i];
    out.push_back(die_map(layout::outline(layout_, i), load.parts, load.core, load.leakage));
    out.back().slope = load.slope;
  }
  return out;
}

}  // namespace

std::vector<DieMap> power_maps(const Library& library, const Design& design, const Choice& choice,
                               const System<double>& system, std::span<const DiePower<double>> dies,
                               const PackagePower<double>& power, const layout::Problem& problem,
                               const layout::Layout& layout) {
  Loads loads{system, problem, layout};
  loads.add_dies(library, dies);
  loads.add_memories(library, design, choice, power);
  loads.add_links();
  return loads.maps();
}

}  // namespace marquetry::power
