#include "exchange/gdsii/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "assembly/places.h"
#include "exchange/gdsii/grid.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Point;

constexpr std::size_t longest_name = 32;  // of a structure, as the format has it
constexpr std::size_t most_metal_layers = 1000;

// Names of structures: letters, digits, _ ? $, at most 32 of them, each once.
class StructureNames {
 public:
  std::string add(std::string_view wanted) {
    std::string plain{wanted.substr(0, longest_name)};
    for (auto& c : plain) {
      const bool may_be = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                          c == '_' || c == '?' || c == '$';
      if (!may_be) c = '_';
    }
    if (plain.empty()) plain = "_";
    auto name = plain;
    for (int n = 2; !taken_.insert(name).second; ++n) {
      const auto suffix = fmt::format("${}", n);
      name = plain.substr(0, longest_name - suffix.size()) + suffix;
    }
    if (name != wanted) ++changed_;
    return name;
  }
  std::size_t changed() const { return changed_; }

 private:
  std::set<std::string, std::less<>> taken_{};
  std::size_t changed_{};
};

// A bump's shape on the layer of its region.
struct Pad {
  std::size_t cell{};
  GdsLayer layer{};
  friend auto operator<=>(const Pad&, const Pad&) = default;
};

class Writer {
 public:
  Writer(const Assembly& package, const std::filesystem::path& file, Diagnostics& diagnostics)
      : package_{package}, file_{file}, where_{.file = file.generic_string()}, diagnostics_{diagnostics} {}

  std::vector<std::filesystem::path> run() {
    const int before = diagnostics_.errors();
    name_structures();
    check();
    if (diagnostics_.errors() > before) return {};
    warn();
    GdsStream out{file_, top_, package_.precision};
    add_pads(out);
    for (std::size_t c = 0; c < package_.chiplets.size(); ++c) add_chiplet(c, out);
    add_top(out);
    if (!out.finish(diagnostics_)) return {};
    return {file_};
  }

 private:
  void warning(std::string message) { diagnostics_.warning(where_, std::move(message)); }

  void name_structures() {
    StructureNames names;
    top_ = names.add(package_.name.empty() ? file_.stem().string() : package_.name);
    for (const auto& chiplet : package_.chiplets) chiplets_.push_back(names.add(chiplet.name));
    std::size_t suffixed = 0;
    for (const auto& chiplet : package_.chiplets) {
      for (const auto& region : chiplet.regions) {
        for (const auto& bump : region.bumps) pads_.emplace(Pad{bump.cell, bump_layer(region)}, "");
      }
    }
    std::map<std::size_t, int> uses;
    for (const auto& [pad, name] : pads_) ++uses[pad.cell];
    for (auto& [pad, name] : pads_) {
      const auto& cell = package_.cells[pad.cell].name;
      const bool is_one = uses[pad.cell] == 1;
      if (!is_one) ++suffixed;
      name = names.add(is_one ? cell : fmt::format("{}${}", cell, pad.layer.layer));
    }
    if (const auto changed = names.changed(); changed > 0)
      warning(
          fmt::format("{} structures have another name than their chiplet or bump cell: GDSII takes 32 "
                      "letters, digits, _ $ and ?, each name once",
                      changed));
    if (suffixed > 0)
      warning(
          fmt::format("{} structures of bump cells carry the layer in their name, since a cell stands on "
                      "more than one face",
                      suffixed));
    for (const auto& net : package_.nets) {
      for (const auto& segment : net.metal) metals_.emplace(segment.layer, 0);
    }
    std::size_t next = 0;
    for (auto& [name, number] : metals_) number = next++;
  }

  void check() {
    bool is_far = false;
    const auto see = [&](Point p) {
      is_far = is_far || std::max(std::abs(p.x), std::abs(p.y)) > GdsStream::farthest / 4;
    };
    for (const auto& chiplet : package_.chiplets) {
      see({chiplet.size.width, chiplet.size.height});
      for (const auto& region : chiplet.regions) {
        std::ranges::for_each(region.corners, see);
        for (const auto& bump : region.bumps) see(bump.at);
      }
    }
    for (const auto& instance : package_.instances) see(instance.low);
    for (const auto& net : package_.nets) {
      for (const auto& segment : net.metal) {
        std::ranges::for_each(segment.points, see);
        see({segment.width, 0});
      }
    }
    if (is_far)
      diagnostics_.error(where_,
                         fmt::format("a coordinate is beyond what 32 bits hold of units of 1/{} um: {:.3g} m",
                                     package_.precision, GdsStream::farthest / 4e6 / package_.precision),
                         "use a coarser precision");
    if (metals_.size() > most_metal_layers)
      diagnostics_.error(where_, fmt::format("more than {} layers of metal", most_metal_layers));
  }

  void warn() {
    const bool has_depth =
        std::ranges::any_of(package_.instances,
                            [](const auto& i) { return i.z != 0 || i.orientation.is_flipped; }) ||
        std::ranges::any_of(package_.chiplets, [](const auto& c) { return c.thickness != 0; });
    if (has_depth) warning("GDSII is flat: heights, thicknesses and which face looks down are not in it");
    const auto unknown =
        std::ranges::count_if(pads_, [&](const auto& pad) { return box(pad.first.cell).empty(); });
    if (unknown > 0) warning(fmt::format("{} bump cells have no size: their structures are empty", unknown));
    if (!package_.nets.empty()) warning("GDSII has no netlist: nets are names on bumps and metal only");
    if (!package_.connections.empty() || !package_.paths.empty())
      warning("GDSII has no connections between regions and no paths: they are not in it");
  }

  // Round the origin; empty where its size is not known. Odd sizes lie half a unit low.
  std::vector<Point> box(std::size_t cell) const {
    const auto [width, height] = package_.cells[cell].size;
    if (width <= 0 || height <= 0) return {};
    const Point low{-(width / 2) - width % 2, -(height / 2) - height % 2}, high{width / 2, height / 2};
    return {low, {high.x, low.y}, high, {low.x, high.y}};
  }

  void add_pads(GdsStream& out) const {
    for (const auto& [pad, name] : pads_) {
      out.begin_structure(name);
      if (const auto corners = box(pad.cell); !corners.empty()) out.boundary(pad.layer, corners);
      out.end_structure();
    }
  }

  void add_chiplet(std::size_t c, GdsStream& out) const {
    const auto& chiplet = package_.chiplets[c];
    out.begin_structure(chiplets_[c]);
    const auto [width, height] = chiplet.size;
    const std::array outline{Point{0, 0}, Point{width, 0}, Point{width, height}, Point{0, height}};
    if (width > 0 && height > 0) out.boundary(outline_layer(chiplet.kind), outline);
    for (const auto& region : chiplet.regions) {
      const auto layer = region_layer(region);
      out.boundary(layer, region.corners);
      out.text(names_of(layer), region.corners[0], region.name);
      add_bumps(region, out);
    }
    out.end_structure();
  }

  // Arrays where the bumps of a cell form a grid, or else one reference each; their ports as texts.
  void add_bumps(const assembly::Region& region, GdsStream& out) const {
    std::map<std::size_t, std::vector<Point>> by_cell;
    for (const auto& bump : region.bumps) by_cell[bump.cell].push_back(bump.at);
    const auto layer = bump_layer(region);
    for (const auto& [cell, points] : by_cell) {
      const auto& structure = pads_.at({cell, layer});
      const auto grid = grid_of(points);
      if (grid && std::max(grid->columns, grid->rows) <= GdsStream::most_copies) {
        out.array(structure, grid->first, grid->last, grid->columns, grid->rows);
      } else {
        for (const auto& at : points) out.reference(structure, at);
      }
    }
    for (const auto& bump : region.bumps) {
      const auto& name = bump.port.empty() ? bump.net : bump.port;
      if (!name.empty()) out.text(names_of(layer), bump.at, name);
    }
  }

  void add_top(GdsStream& out) {
    out.begin_structure(top_);
    for (const auto& instance : package_.instances) {
      const auto& chiplet = chiplet_of(package_, instance);
      out.reference(chiplets_[instance.chiplet], origin_of(instance.low, chiplet.size, instance.orientation),
                    instance.orientation);
      out.text(names_of(outline_layer(chiplet.kind)), instance.low, instance.name);
    }
    std::size_t dots = 0;
    for (const auto& net : package_.nets) {
      for (const auto& segment : net.metal) {
        if (segment.points.size() < 2) {
          ++dots;
          continue;
        }
        const auto layer = metal_layer(metals_.at(segment.layer));
        const std::span all{segment.points};
        for (std::size_t i = 0; i + 1 < all.size(); i += GdsStream::most_points - 1)
          out.path(layer, segment.width, all.subspan(i, std::min(GdsStream::most_points, all.size() - i)));
        out.text(names_of(layer), all.front(), net.name);
      }
    }
    if (dots > 0) warning(fmt::format("{} wires of one point have no length: left out", dots));
    out.end_structure();
  }

  const Assembly& package_;
  const std::filesystem::path& file_;
  SourceSpot where_;
  Diagnostics& diagnostics_;
  std::string top_{};
  std::vector<std::string> chiplets_{};  // structures
  std::map<Pad, std::string> pads_{};
  std::map<std::string, std::size_t, std::less<>> metals_{};
};

}  // namespace

std::vector<std::filesystem::path> write_gdsii(const Assembly& package, const std::filesystem::path& file,
                                               Diagnostics& diagnostics) {
  return Writer{package, file, diagnostics}.run();
}

}  // namespace marquetry::exchange
