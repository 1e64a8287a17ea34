#include "exchange/lefdef/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "assembly/places.h"
#include "base/large_file.h"
#include "base/text.h"
#include "exchange/lefdef/chiplets.h"
#include "exchange/lefdef/limits.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::BumpOf;
using assembly::Point;
using assembly::Units;

constexpr int default_precision = 100;  // LEF's, where it says nothing

// What a component became.
struct Placed {
  bool is_bump{};
  std::size_t index{};  // of an instance
  BumpOf bump{};
  const MacroUse* use{};
};

class Maker {
 public:
  Maker(const Lef& lef, const Def* def, Diagnostics& diagnostics)
      : lef_{lef}, def_{def}, diagnostics_{diagnostics} {}

  std::optional<Assembly> run() {
    const int before = diagnostics_.errors();
    if (!agree_on_units()) return std::nullopt;
    std::set<std::string, std::less<>> used;
    if (def_ != nullptr) {
      for (const auto& c : def_->components) used.insert(c.macro);
    }
    uses_ = add_macros(lef_, used, package_, diagnostics_);
    if (diagnostics_.errors() > before) return std::nullopt;
    if (def_ == nullptr) {
      if (package_.chiplets.empty() && package_.cells.empty())
        diagnostics_.error({.file = "LEF"}, "no macros in it", "give the LEF of the dies and a DEF");
      else
        diagnostics_.warning({.file = "LEF"}, "no DEF is given: the chiplets stand nowhere");
    } else {
      package_.name = def_->design;
      package_.version = def_->version;
      add_components();
      if (diagnostics_.errors() == before) add_nets();
    }
    if (diagnostics_.errors() > before) return std::nullopt;
    return std::move(package_);
  }

 private:
  SourceSpot at(int line) const { return {.file = def_->file, .line = line, .column = 1}; }

  // The finer of both, of which the coarser has to be a part.
  bool agree_on_units() {
    package_.precision = lef_.precision.value_or(def_ != nullptr ? def_->precision : default_precision);
    if (def_ == nullptr) return true;
    if (package_.precision % def_->precision != 0) {
      diagnostics_.error(
          def_->precision_where,
          fmt::format("DEF has {} units in a micrometre, which do not divide the {} of the LEF",
                      def_->precision, package_.precision),
          "the DATABASE MICRONS of the LEF must be a multiple of DEF's");
      return false;
    }
    scale_ = package_.precision / def_->precision;
    return true;
  }

  Point scaled(Point p) const { return {p.x * scale_, p.y * scale_}; }

  void add_components() {
    const bool needs_carrier = def_->area.has_value();
    if (!needs_carrier)
      diagnostics_.error({.file = def_->file}, "no DIEAREA", "it is the outline of the interposer: add it");
    std::set<std::string, std::less<>> missing;
    for (const auto& c : def_->components) {
      if (diagnostics_.errors() > 20) return;
      const auto found = uses_.find(c.macro);
      if (found == uses_.end()) {
        if (!missing.insert(c.macro).second) continue;
        std::vector<std::string_view> names;
        for (const auto& [name, use] : uses_) names.push_back(name);
        const auto meant = did_you_mean(c.macro, names);
        diagnostics_.error(at(c.line),
                           fmt::format("component '{}' is of macro '{}', which no LEF file that was "
                                       "given defines",
                                       c.name, c.macro),
                           meant.empty() ? "give the LEF file that has it" : meant);
        continue;
      }
      if (!c.is_placed) {
        diagnostics_.error(at(c.line), fmt::format("component '{}' is not placed", c.name),
                           "only placed designs can be read: + PLACED ( x y ) N");
        continue;
      }
      add(c, found->second);
    }
    if (!needs_carrier) return;
    const auto area = *def_->area;
    carrier_.name = def_->design;
    while (assembly::find_chiplet(package_, carrier_.name)) carrier_.name += "_carrier";
    std::string own_name = def_->design;
    while (components_.contains(own_name)) own_name += "_carrier";
    carrier_.kind = assembly::Kind::substrate;
    const auto low = scaled(area.low), high = scaled(area.high);
    carrier_.size = {high.x - low.x, high.y - low.y};
    for (auto& region : carrier_.regions) {
      const auto [w, h] = carrier_.size;
      region.corners = {Point{0, 0}, {w, 0}, {w, h}, {0, h}};
      for (auto& bump : region.bumps) bump.at = bump.at - low;
    }
    base_ = package_.instances.size();
    package_.instances.push_back({.name = def_->design, .chiplet = package_.chiplets.size(), .low = low});
    package_.chiplets.push_back(std::move(carrier_));
    for (auto& [name, placed] : components_) placed.bump.instance = base_;
  }

  void add(const DefComponent& c, const MacroUse& use) {
    Placed placed{.is_bump = use.is_bump, .index = package_.instances.size(), .use = &use};
    const auto low = scaled(c.low);
    if (use.is_bump) {
      const auto region = region_of(use.layer);
      auto& bumps = carrier_.regions[region].bumps;
      placed.bump = {0, region, bumps.size()};
      const auto size = assembly::placed(use.size, c.turn);
      bumps.push_back({.name = c.name, .cell = use.index, .at = centre_of(low, size)});
    } else {
      package_.instances.push_back({.name = c.name, .chiplet = use.index, .low = low, .orientation = c.turn});
    }
    if (!components_.emplace(c.name, placed).second)
      diagnostics_.error(at(c.line), fmt::format("component '{}' stands twice", c.name));
  }

  std::size_t region_of(const std::string& layer) {
    const std::string name = layer.empty() ? "bumps" : layer;
    if (const auto found = assembly::find_region(carrier_, name)) return *found;
    const auto* known = lef_.find_layer(layer);
    const auto face = known == nullptr ? assembly::Face::front : known->face.value_or(assembly::Face::front);
    carrier_.regions.push_back({.name = name, .face = face, .layer = layer});
    return carrier_.regions.size() - 1;
  }

  void add_nets() {
    std::unordered_map<std::string_view, std::size_t> known;
    for (const auto& from : def_->nets) {
      if (diagnostics_.errors() > 20) return;
      const auto [at_net, is_new] = known.emplace(from.name, package_.nets.size());
      if (is_new) package_.nets.push_back({.name = from.name});
      auto& net = package_.nets[at_net->second];
      if (from.use != assembly::NetUse::signal) net.use = from.use;
      for (const auto& pin : from.pins) join(pin, net);
      for (const auto& wire : from.wires) add_wire(wire, net);
    }
    for (const auto& pin : def_->pins) {
      if (pin.net.empty()) continue;
      const auto [at_net, is_new] = known.emplace(pin.net, package_.nets.size());
      if (is_new) package_.nets.push_back({.name = pin.net});
      auto& ports = package_.nets[at_net->second].ports;
      if (std::ranges::find(ports, pin.name) == ports.end()) ports.push_back(pin.name);
    }
    if (odd_rules_ > 0)
      diagnostics_.warning({.file = def_->file},
                           fmt::format("{} wires have no width that is known: 0 is taken", odd_rules_));
  }

  void join(const DefNetPin& pin, assembly::Net& net) {
    if (pin.component == "PIN") {
      if (std::ranges::find(net.ports, pin.pin) == net.ports.end()) net.ports.push_back(pin.pin);
      return;
    }
    if (pin.component == "*") {
      wildcards_ += def_->components.size();
      if (wildcards_ > most_net_pins) {
        diagnostics_.error(at(pin.line), "too many pins of all components ( * pin ) in so large a design");
        return;
      }
      for (const auto& c : def_->components) {
        const auto& placed = components_.at(c.name);
        if (placed.use->bumps.contains(pin.pin)) connect(placed, pin, net);
      }
      return;
    }
    const auto found = components_.find(pin.component);
    if (found == components_.end()) {
      diagnostics_.error(at(pin.line), fmt::format("net '{}' joins component '{}', which is not there",
                                                   net.name, pin.component));
      return;
    }
    connect(found->second, pin, net);
  }

  void connect(const Placed& placed, const DefNetPin& pin, assembly::Net& net) {
    const auto bumps = placed.use->bumps.find(pin.pin);
    if (bumps == placed.use->bumps.end()) {
      std::vector<std::string_view> names;
      for (const auto& [name, there] : placed.use->bumps) names.push_back(name);
      diagnostics_.error(at(pin.line),
                         fmt::format("net '{}' joins pin '{}' of '{}', whose macro has no such pin", net.name,
                                     pin.pin, pin.component),
                         suggest(pin.pin, names));
      return;
    }
    if (placed.is_bump) {
      auto& bump = package_.chiplets.back().regions[placed.bump.region].bumps[placed.bump.bump];
      bump.port = bump.net = net.name;
      net.pins.push_back(placed.bump);
      return;
    }
    if (net.pins.size() + bumps->second.size() > most_net_pins) {
      diagnostics_.error(at(pin.line), fmt::format("a net of more than {} bumps", most_net_pins));
      return;
    }
    for (auto bump : bumps->second) {
      bump.instance = placed.index;
      net.pins.push_back(bump);
    }
  }

  void add_wire(const DefWire& wire, assembly::Net& net) {
    assembly::Segment segment{.layer = wire.layer};
    if (wire.width) {
      segment.width = *wire.width * scale_;
    } else {
      segment.width = width_of(wire);
    }
    for (const auto& p : wire.points) segment.points.push_back(scaled(p));
    net.metal.push_back(std::move(segment));
  }

  // Of a rule, or the default of the layer.
  Units width_of(const DefWire& wire) {
    if (const auto rule = def_->rules.find(wire.rule); rule != def_->rules.end()) {
      if (const auto width = rule->second.find(wire.layer); width != rule->second.end())
        return width->second * scale_;
    }
    const auto* layer = lef_.find_layer(wire.layer);
    const auto width = layer == nullptr ? std::nullopt : assembly::units_of(layer->width, package_.precision);
    if (!width || width->units == 0) ++odd_rules_;
    return width ? width->units : 0;
  }

  const Lef& lef_;
  const Def* def_;
  Diagnostics& diagnostics_;
  Assembly package_{};
  Units scale_{1};
  MacroUses uses_{};
  assembly::Chiplet carrier_{};
  std::size_t base_{}, odd_rules_{}, wildcards_{};
  std::unordered_map<std::string, Placed> components_{};
};

// For the reader of DEF: the routing layers of vias.
std::map<std::string, std::vector<std::string>, std::less<>> via_layers(const Lef& lef) {
  std::map<std::string, std::vector<std::string>, std::less<>> out;
  for (const auto& [name, via] : lef.vias) {
    for (const auto& layer : via.layers) {
      const auto* known = lef.find_layer(layer);
      if (known != nullptr && known->type == "ROUTING") out[name].push_back(layer);
    }
  }
  return out;
}

}  // namespace

std::optional<Assembly> assembly_of(const Lef& lef, const Def* def, Diagnostics& diagnostics) {
  return Maker{lef, def, diagnostics}.run();
}

std::optional<Assembly> parse_lefdef(std::string_view lef_text, std::string_view def_text,
                                     Diagnostics& diagnostics) {
  Lef lef;
  parse_lef(lef_text, "lef", lef, diagnostics);
  const auto def = parse_def(def_text, "def", via_layers(lef), diagnostics);
  if (!diagnostics.ok() || !def) return std::nullopt;
  return assembly_of(lef, &*def, diagnostics);
}

std::optional<Assembly> read_lefdef(std::span<const std::filesystem::path> files, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  Lef lef;
  const std::filesystem::path* def_file = nullptr;
  for (const auto& file : files) {
    const auto kind = lower_case(file.extension().string());
    if (kind == ".lef" || kind == ".tlef") {
      if (const auto text = read_large_file(file, most_bytes, diagnostics))
        parse_lef(*text, file.generic_string(), lef, diagnostics);
    } else if (kind.starts_with(".def")) {
      if (def_file != nullptr)
        diagnostics.error({.file = file.generic_string()}, "is a second DEF", "give one design at a time");
      def_file = &file;
    } else if (read_large_file(file, most_bytes, diagnostics)) {
      diagnostics.error({.file = file.generic_string()}, "is neither a .lef nor a .def",
                        "give it that suffix");
    }
  }
  std::optional<Def> def;
  if (def_file != nullptr) {
    if (const auto text = read_large_file(*def_file, most_bytes, diagnostics))
      def = parse_def(*text, def_file->generic_string(), via_layers(lef), diagnostics);
  }
  if (diagnostics.errors() > before) return std::nullopt;
  return assembly_of(lef, def ? &*def : nullptr, diagnostics);
}

}  // namespace marquetry::exchange
