#include "exchange/lefdef/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "assembly/places.h"
#include "exchange/carrier.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;

// What LEF 5.8 takes as DATABASE MICRONS.
constexpr std::array precisions{100, 200, 400, 800, 1000, 2000, 4000, 8000, 10'000, 16'000, 20'000};

bool is_name(std::string_view name) {
  return !name.empty() && name != "-" && name != "+" && name != "*" && name != "PIN" &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f'; }) &&
         name.find_first_of(";#\"()") == std::string_view::npos;
}

class Planner {
 public:
  Planner(const Assembly& package, const std::string& stem, SourceSpot where, Diagnostics& diagnostics)
      : package_{package}, where_{std::move(where)}, diagnostics_{diagnostics} {
    plan_.design = package.name.empty() ? stem : package.name;
    plan_.carrier = carrier_of(package);
    plan_.left_out = below_carrier(package);
    // A macro for each chiplet, but those that stand below or as the carrier only.
    std::vector<std::size_t> uses(package.chiplets.size()), shown(package.chiplets.size());
    for (std::size_t i = 0; i < package.instances.size(); ++i) {
      ++uses[package.instances[i].chiplet];
      if (i != plan_.carrier && !plan_.left_out[i]) ++shown[package.instances[i].chiplet];
    }
    for (std::size_t c = 0; c < uses.size(); ++c) plan_.macros.push_back(uses[c] == 0 || shown[c] > 0);
  }

  LefdefPlan run() {
    if (std::ranges::find(precisions, package_.precision) == precisions.end())
      error(fmt::format("LEF has no {} units in a micrometre", package_.precision),
            fmt::format("it takes {}", fmt::join(precisions, ", ")));
    if (package_.instances.empty()) error("there are no instances: a design has an area and components");
    check_names();
    find_layers();
    find_pads();
    find_uses();
    find_rules();
    warn();
    return std::move(plan_);
  }

 private:
  void error(std::string message, std::string hint = {}) {
    diagnostics_.error(where_, std::move(message), std::move(hint));
  }
  void warn_of(std::size_t count, std::string_view what) {
    if (count > 0) diagnostics_.warning(where_, fmt::format("{} {}", count, what));
  }

  void check(std::string_view what, const std::string& name) {
    if (!is_name(name) && ++bad_names_ <= 20)
      error(fmt::format("{} '{}' cannot be a name in LEF and DEF", what, name),
            "use printable characters of ASCII without blanks and ; # \" ( )");
  }

  // Whether two bumps of the carrier, or one and an instance, have the same name.
  bool bumps_clash() const {
    std::set<std::string_view> names;
    bool clash = false;
    for (const auto& instance : package_.instances) names.insert(instance.name);
    for (const auto& region : chiplet_of(package_, package_.instances[*plan_.carrier]).regions) {
      for (const auto& bump : region.bumps) clash = !names.insert(bump.name).second || clash;
    }
    return clash;
  }

  void check_names() {
    check("the design", plan_.design);
    std::set<std::string> components;
    std::set<std::string_view> nets;
    const auto add_component = [&](const std::string& name) {
      check("component", name);
      if (!components.insert(name).second && ++bad_names_ <= 20)
        error(fmt::format("two components would have the name '{}'", name),
              "instances and the bumps of the carrier share their names in DEF: rename one");
    };
    for (const auto& chiplet : package_.chiplets) {
      check("macro", chiplet.name);
      for (const auto& region : chiplet.regions) {
        check("layer", layer_of(region));
        for (const auto& bump : region.bumps) check("pin", pin_of(bump));
      }
      for (const auto& port : chiplet.ports) check("pin", port.name);
    }
    for (std::size_t i = 0; i < package_.instances.size(); ++i) {
      if (i != plan_.carrier && !plan_.left_out[i]) add_component(package_.instances[i].name);
    }
    if (plan_.carrier) {
      plan_.names_regions = bumps_clash();
      if (plan_.names_regions)
        diagnostics_.warning(
            where_,
            "bumps of the carrier have the name of their region before their own, since names "
            "occur twice");
      for (const auto& region : chiplet_of(package_, package_.instances[*plan_.carrier]).regions) {
        for (const auto& bump : region.bumps) add_component(component_of(plan_, region, bump));
      }
    }
    for (const auto& net : package_.nets) {
      check("net", net.name);
      if (!nets.insert(net.name).second && ++bad_names_ <= 20)
        error(fmt::format("two nets have the name '{}'", net.name));
      for (const auto& port : net.ports) check("pin", port);
      for (const auto& segment : net.metal) check("layer", segment.layer);
    }
  }

  void find_layers() {
    std::map<std::string_view, std::map<assembly::Units, std::size_t>> widths;
    std::map<std::string_view, std::set<assembly::Face>> faces;
    for (std::size_t c = 0; c < package_.chiplets.size(); ++c) {
      const bool is_carrier = plan_.carrier && package_.instances[*plan_.carrier].chiplet == c;
      if (!is_carrier && !plan_.macros[c]) continue;
      for (const auto& region : package_.chiplets[c].regions) {
        plan_.layers.try_emplace(layer_of(region));
        faces[layer_of(region)].insert(region.face);
      }
    }
    for (const auto& net : package_.nets) {
      for (const auto& segment : net.metal) {
        plan_.layers.try_emplace(segment.layer);
        ++widths[segment.layer][segment.width];
      }
    }
    std::size_t mixed = 0;
    for (auto& [name, layer] : plan_.layers) {
      std::size_t most = 0;
      for (const auto& [width, count] : widths[name]) {
        if (count > most) layer.width = width;
        most = std::max(most, count);
      }
      const auto& seen = faces[name];
      if (seen.size() > 1) ++mixed;
      if (seen.size() == 1) layer.face = *seen.begin();
      layer.has_face = seen.size() == 1 && layer.face != assembly::Face::front;
    }
    warn_of(mixed, "layers have regions on several faces: LEF keeps no face of them");
  }

  // Cells on the layers where the carrier has them; the others on the first layer of a die that has them.
  void find_pads() {
    std::vector<std::set<std::string>> used(package_.cells.size());
    const auto see = [&](const assembly::Chiplet& chiplet, bool only_first) {
      for (const auto& region : chiplet.regions) {
        for (const auto& bump : region.bumps) {
          if (!only_first || used[bump.cell].empty()) used[bump.cell].insert(layer_of(region));
        }
      }
    };
    if (plan_.carrier) see(chiplet_of(package_, package_.instances[*plan_.carrier]), false);
    for (std::size_t c = 0; c < package_.chiplets.size(); ++c) {
      if (plan_.macros[c]) see(package_.chiplets[c], true);
    }
    std::set<std::string> names;
    for (const auto& chiplet : package_.chiplets) {
      if (!names.insert(chiplet.name).second)
        error(fmt::format("two chiplets have the name '{}'", chiplet.name));
    }
    std::size_t suffixed = 0, unused = 0;
    for (std::size_t c = 0; c < used.size(); ++c) {
      check("macro", package_.cells[c].name);
      unused += used[c].empty() ? std::size_t{1} : std::size_t{0};
      suffixed += used[c].size() > 1 ? std::size_t{1} : std::size_t{0};
      for (const auto& layer : used[c]) {
        const auto name = used[c].size() > 1 ? package_.cells[c].name + "_" + layer : package_.cells[c].name;
        if (!names.insert(name).second)
          error(fmt::format("two macros would have the name '{}'", name), "rename a chiplet or a bump cell");
        plan_.pads.emplace(std::pair{c, layer}, name);
      }
    }
    warn_of(suffixed, "bump cells stand on several layers: a macro for each");
    warn_of(unused, "bump cells are used nowhere and are left out");
  }

  void find_uses() {
    plan_.pin_uses.resize(package_.chiplets.size());
    for (const auto& net : package_.nets) {
      if (net.use == assembly::NetUse::signal) continue;
      for (const auto& pin : net.pins) {
        const auto chiplet = package_.instances[pin.instance].chiplet;
        plan_.pin_uses[chiplet].emplace(pin_of(assembly::bump_of(package_, pin)), net.use);
      }
    }
  }

  void find_rules() {
    for (const auto& net : package_.nets) {
      if (net.use == assembly::NetUse::power || net.use == assembly::NetUse::ground) continue;
      for (const auto& segment : net.metal) {
        if (segment.width == plan_.layers.find(segment.layer)->second.width) continue;
        plan_.rules.emplace(std::pair{segment.layer, segment.width},
                            fmt::format("{}_{}", segment.layer, segment.width));
      }
    }
  }

  void warn() {
    std::size_t bodies = 0, regions = 0, bumps = 0, depth = 0;
    for (std::size_t c = 0; c < package_.chiplets.size(); ++c) {
      const auto& chiplet = package_.chiplets[c];
      const bool is_carrier = plan_.carrier && package_.instances[*plan_.carrier].chiplet == c;
      const auto kind = is_carrier ? assembly::Kind::substrate : assembly::Kind::die;
      if (chiplet.kind != kind || chiplet.offset != assembly::Point{} ||
          chiplet.seal_ring != assembly::Margins{} || chiplet.scribe_line != assembly::Margins{} ||
          chiplet.shrink != 1 || chiplet.has_tsv || !chiplet.files.empty())
        ++bodies;
      depth += chiplet.thickness != 0 ? std::size_t{1} : std::size_t{0};
      std::set<std::string_view> layers;
      const auto [w, h] = chiplet.size;
      for (const auto& region : chiplet.regions) {
        const std::array<assembly::Point, 4> whole{{{0, 0}, {w, 0}, {w, h}, {0, h}}};
        if (!layers.insert(layer_of(region)).second || region.name != layer_of(region) ||
            region.corners != whole || region.bumps.empty() || !region.gds_layer.empty() ||
            !region.bump_file.empty() || !region.property_file.empty())
          ++regions;
        for (const auto& bump : region.bumps) {
          const bool is_kept =
              is_carrier ? bump.port == bump.net
                         : bump.net.empty() && !bump.port.empty() && bump.name.starts_with(bump.port);
          if (!is_kept) ++bumps;
        }
      }
    }
    for (const auto& instance : package_.instances) {
      if (instance.z != 0 || instance.orientation.is_flipped) ++depth;
    }
    if (depth > 0)
      diagnostics_.warning(
          where_, "LEF and DEF are flat: heights, thicknesses and which face looks down are not in them");
    warn_of(bodies,
            "chiplets have a type, seal ring, scribe line, shrink, TSVs, offset or files, which LEF does "
            "not keep");
    warn_of(regions,
            "regions are not kept as they are: in LEF a layer is a region over the whole outline, if it "
            "has bumps");
    warn_of(bumps,
            "bumps are known by their pin only: their own names, or nets within a chiplet, are not kept");
    warn_of(package_.connections.size(), "connections between regions are not in LEF and DEF");
    warn_of(package_.paths.size(), "paths are not in LEF and DEF");
    warn_of(static_cast<std::size_t>(std::ranges::count(plan_.left_out, true)),
            "instances lie below the carrier and are left out, with the pins that nets have on them");
    if (!plan_.carrier) {
      diagnostics_.warning(where_, "no substrate: the area of the design is the box round all instances");
    } else if (const auto& base = package_.instances[*plan_.carrier];
               base.orientation.is_mirrored || base.orientation.rotation != assembly::Rotation::r0 ||
               base.name != plan_.design || chiplet_of(package_, base).name != plan_.design) {
      diagnostics_.warning(where_,
                           fmt::format("'{}' is the design itself: it has the name '{}', and lies as it "
                                       "is drawn",
                                       base.name, plan_.design));
    }
  }

  const Assembly& package_;
  SourceSpot where_;
  Diagnostics& diagnostics_;
  LefdefPlan plan_{};
  int bad_names_{};
};

}  // namespace

LefdefPlan plan_lefdef(const Assembly& package, const std::string& stem, const SourceSpot& where,
                       Diagnostics& diagnostics) {
  return Planner{package, stem, where, diagnostics}.run();
}

std::string_view use_word(assembly::NetUse use) {
  constexpr std::array<std::string_view, 4> words{"SIGNAL", "POWER", "GROUND", "CLOCK"};
  return words[static_cast<std::size_t>(use)];
}

}  // namespace marquetry::exchange
