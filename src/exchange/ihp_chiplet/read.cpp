#include "exchange/ihp_chiplet/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "assembly/places.h"
#include "base/file.h"
#include "exchange/ihp_chiplet/components.h"
#include "exchange/yaml.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Point;
using assembly::Units;

// Units in a micrometre to try: corners lie half a size from centres.
constexpr std::array precisions{1000, 2000, 10'000, 20'000, 100'000, 200'000, 1'000'000};
// What a package has no place for, and what it is.
constexpr std::array<std::string_view, 4> unread{"interposer", "interconnect", "connection_stacks",
                                                 "interfaces"};

bool is_whole(double um, int precision) {
  const auto units = assembly::units_of(um, precision);
  return units && units->is_whole;
}

class Reader {
 public:
  Reader(const Node& root, const std::string& file, Diagnostics& diagnostics)
      : root_{root}, file_{file}, diagnostics_{diagnostics} {}

  std::optional<Assembly> run() {
    const int before = diagnostics_.errors();
    head();
    read_components();
    if (diagnostics_.errors() > before) return std::nullopt;
    choose_precision();
    add_components();
    if (diagnostics_.errors() > before) return std::nullopt;
    join_components();
    add_nets();
    if (diagnostics_.errors() > before) return std::nullopt;
    warn();
    return std::move(package_);
  }

 private:
  void error(const SourceSpot& where, std::string message, std::string hint = {}) {
    diagnostics_.error(where, std::move(message), std::move(hint));
  }

  void head() {
    const auto version = text_at(root_, "format_version", diagnostics_);
    if (version && *version != "1.0")
      error(find(root_, "format_version")->where, fmt::format("version '{}' of .chiplet", *version),
            "version 1.0 can be read");
    if (version) package_.version = *version;
    const auto* assembly = find(root_, "assembly");
    if (assembly == nullptr || !assembly->is_table()) {
      error({.file = file_}, "there is no 'assembly'", "it names the package and its units");
      return;
    }
    if (const auto name = text_at(*assembly, "name", diagnostics_)) package_.name = *name;
    const auto* units = find(*assembly, "units");
    if (units == nullptr || units->text == "um") return;
    if (units->text == "mm")
      scale_ = 1000;
    else if (units->text == "nm")
      scale_ = 1e-3;
    else
      error(units->where, fmt::format("{} is no unit of length", quoted(*units)), "known: um, mm, nm");
  }

  void read_components() {
    const auto* list = find(root_, "components");
    if (list == nullptr || list->kind != NodeKind::list || list->items.empty())
      return error(list == nullptr ? SourceSpot{.file = file_} : list->where, "there are no components",
                   "list the interposer and the dies");
    std::set<std::string> ids;
    for (const auto& item : list->items) {
      auto component = ihp::read_component(item, scale_, diagnostics_);
      if (!component) continue;
      if (!ids.insert(component->id).second)
        error(component->where, fmt::format("component '{}' stands twice", component->id));
      components_.push_back(std::move(*component));
      const auto* anchor = find(item, "anchor");
      if (anchor != nullptr && anchor->text != "bbox_center") ++anchored_;
    }
  }

  // The lower-left corner of the outline as turned.
  static std::array<double, 2> low_of(const ihp::Component& c) {
    const bool is_turned = geometry::swaps_sides(c.turn.rotation);
    return {c.x - (is_turned ? c.height : c.width) / 2, c.y - (is_turned ? c.width : c.height) / 2};
  }

  void choose_precision() {
    const auto holds = [this](int precision) {
      return std::ranges::all_of(components_, [precision](const auto& c) {
        const auto [x, y] = low_of(c);
        bool is_all = true;
        for (const auto um : {x, y, c.z, c.width, c.height, c.thickness})
          is_all = is_all && is_whole(um, precision);
        for (const auto& pad : c.pads) {
          for (const auto um : {pad.x, pad.y, pad.width, pad.height})
            is_all = is_all && is_whole(um, precision);
        }
        return is_all;
      });
    };
    const auto found = std::ranges::find_if(precisions, holds);
    package_.precision = found == precisions.end() ? precisions.back() : *found;
    if (found == precisions.end())
      diagnostics_.warning({.file = file_}, "lengths finer than a picometre are rounded");
  }

  Units units(double um) const {
    const auto read = assembly::units_of(um, package_.precision);
    return read ? read->units : 0;
  }

  void add_components() {
    for (const auto& c : components_) {
      const assembly::Size size{units(c.width), units(c.height)};
      const auto [x, y] = low_of(c);
      assembly::Chiplet chiplet{.name = c.cell,
                                .kind = c.is_carrier ? assembly::Kind::substrate : assembly::Kind::die,
                                .size = size,
                                .thickness = units(c.thickness)};
      assembly::Instance instance{
          .name = c.id, .low = {units(x), units(y)}, .z = units(c.z), .orientation = c.turn};
      add_pads(c, instance, chiplet);
      auto kind = assembly::find_chiplet(package_, chiplet.name);
      if (kind && (!(package_.chiplets[*kind].size == size) || !chiplet.regions.empty() ||
                   package_.chiplets[*kind].thickness != chiplet.thickness)) {
        error(c.where,
              fmt::format("'{}' is another '{}' than before: of another size, or with pads", c.id, c.cell),
              "give each its own top_cell");
        continue;
      }
      if (!kind) {
        kind = package_.chiplets.size();
        package_.chiplets.push_back(std::move(chiplet));
      }
      instance.chiplet = *kind;
      package_.instances.push_back(std::move(instance));
    }
  }

  // Each layer with pads is a region over the whole outline.
  void add_pads(const ihp::Component& c, const assembly::Instance& instance, assembly::Chiplet& chiplet) {
    const auto [w, h] = chiplet.size;
    for (const auto& pad : c.pads) {
      const auto name = pad.layer.empty() ? std::string{"io_pads"} : pad.layer;
      auto region = assembly::find_region(chiplet, name);
      if (!region) {
        region = chiplet.regions.size();
        chiplet.regions.push_back(
            {.name = name, .corners = {Point{0, 0}, {w, 0}, {w, h}, {0, h}}, .layer = pad.layer});
      }
      auto& bumps = chiplet.regions[*region].bumps;
      const assembly::Size size{units(pad.width), units(pad.height)};
      const auto cell = assembly::cell_index(package_, fmt::format("PAD_{}x{}", size.width, size.height));
      package_.cells[cell].size = size;
      if (!pad.net.empty()) pads_.push_back({pad.net, {package_.instances.size(), *region, bumps.size()}});
      bumps.push_back(
          {.name = pad.id,
           .cell = cell,
           .at = assembly::unplaced(Point{units(pad.x), units(pad.y)} - instance.low, chiplet.size, c.turn),
           .port = pad.id});
    }
  }

  static std::size_t whole_region(assembly::Chiplet& chiplet, assembly::Face face) {
    const std::string name{assembly::face_name(face)};
    if (const auto found = assembly::find_region(chiplet, name)) return *found;
    const auto [w, h] = chiplet.size;
    chiplet.regions.push_back({.name = name, .face = face, .corners = {Point{0, 0}, {w, 0}, {w, h}, {0, h}}});
    return chiplet.regions.size() - 1;
  }

  // A die with a connection is joined to the highest interposer below it, over the whole of its lower face.
  void join_components() {
    for (std::size_t i = 0; i < components_.size(); ++i) {
      if (!components_[i].is_joined) continue;
      const auto& die = package_.instances[i];
      std::optional<std::size_t> below;
      for (std::size_t k = 0; k < components_.size(); ++k) {
        const auto top = height(package_, package_.instances[k]).high;
        if (!components_[k].is_carrier || k == i || top > die.z) continue;
        if (!geometry::overlap(outline(package_, package_.instances[k]), outline(package_, die))) continue;
        if (!below || top > height(package_, package_.instances[*below]).high) below = k;
      }
      if (!below) {
        diagnostics_.warning(components_[i].where,
                             fmt::format("'{}' has a connection, but no interposer lies below it", die.name));
        continue;
      }
      const auto lower = die.orientation.is_flipped ? assembly::Face::front : assembly::Face::back;
      const auto gap = die.z - height(package_, package_.instances[*below]).high;
      const auto up = whole_region(package_.chiplets[die.chiplet], lower);
      const auto down =
          whole_region(package_.chiplets[package_.instances[*below].chiplet], assembly::Face::front);
      package_.connections.push_back({.name = die.name + "_joint",
                                      .top = assembly::RegionOf{i, up},
                                      .bottom = assembly::RegionOf{*below, down},
                                      .thickness = gap});
    }
  }

  void add_nets() {
    const auto* netlist = find(root_, "netlist");
    const auto* nets = netlist == nullptr || !netlist->is_table() ? nullptr : find(*netlist, "nets");
    if (nets != nullptr) {
      for (const auto& item : nets->items) add_net(item);
    }
    for (const auto& [net, pin] : pads_) {
      auto found = std::ranges::find(package_.nets, net, &assembly::Net::name);
      if (found == package_.nets.end()) {
        package_.nets.push_back({.name = net});
        found = package_.nets.end() - 1;
      }
      found->pins.push_back(pin);
    }
  }

  void add_net(const Node& item) {
    if (!item.is_table())
      return error(item.where, fmt::format("expected a net, not {}", describe(item.kind)));
    const auto name = text_at(item, "name", diagnostics_);
    if (!name) return;
    if (!names_.insert(*name).second) return error(item.where, fmt::format("net '{}' stands twice", *name));
    assembly::Net net{.name = *name};
    if (const auto* use = find(item, "class")) {
      net.use = use->text == "power"    ? assembly::NetUse::power
                : use->text == "ground" ? assembly::NetUse::ground
                : use->text == "clock"  ? assembly::NetUse::clock
                                        : assembly::NetUse::signal;
    }
    if (const auto* connections = find(item, "connections")) {
      for (const auto& connection : connections->items) add_port(connection);
    }
    package_.nets.push_back(std::move(net));
  }

  // A pin without a place: a port of its chiplet.
  void add_port(const Node& item) {
    if (!item.is_table())
      return error(item.where, fmt::format("expected a connection, not {}", describe(item.kind)));
    const auto component = text_at(item, "component", diagnostics_), pin = text_at(item, "pin", diagnostics_);
    if (!component || !pin) return;
    const auto instance = assembly::find_instance(package_, *component);
    if (!instance) {
      std::vector<std::string_view> ids;
      for (const auto& c : components_) ids.push_back(c.id);
      return error(find(item, "component")->where, fmt::format("there is no component '{}'", *component),
                   suggest(*component, ids));
    }
    auto& chiplet = package_.chiplets[package_.instances[*instance].chiplet];
    for (const auto& region : chiplet.regions) {
      if (std::ranges::find(region.bumps, *pin, &assembly::Bump::name) != region.bumps.end()) return;
    }
    ++placeless_;
    if (std::ranges::find(chiplet.ports, *pin, &assembly::Port::name) == chiplet.ports.end())
      chiplet.ports.push_back({.name = *pin});
  }

  void warn() {
    const SourceSpot where{.file = file_};
    if (anchored_ > 0)
      diagnostics_.warning(where, fmt::format("{} components are anchored at their layout's origin, which is "
                                              "taken as the middle: layouts are not read",
                                              anchored_));
    if (placeless_ > 0)
      diagnostics_.warning(where,
                           fmt::format("{} pins of nets have no place in the file: they are ports of their "
                                       "chiplets, and not joined",
                                       placeless_));
    for (const auto key : unread) {
      if (const auto* node = find(root_, key))
        diagnostics_.warning(node->key_where, fmt::format("{} is not read", key));
    }
  }

  const Node& root_;
  const std::string& file_;
  Diagnostics& diagnostics_;
  double scale_{1};
  Assembly package_{};
  std::vector<ihp::Component> components_{};
  std::vector<std::pair<std::string, assembly::BumpOf>> pads_{};
  std::set<std::string> names_{};
  std::size_t anchored_{}, placeless_{};
  static std::optional<std::string> text_at(const Node& table, std::string_view key, Diagnostics& d) {
    return ihp::text_at(table, key, d);
  }
};

}  // namespace

std::optional<Assembly> parse_ihp_chiplet(const std::string& text, const std::string& file,
                                          Diagnostics& diagnostics) {
  const auto root = parse_yaml(text, file, diagnostics);
  if (!root) return std::nullopt;
  return Reader{*root, file, diagnostics}.run();
}

std::optional<Assembly> read_ihp_chiplet(std::span<const std::filesystem::path> files,
                                         Diagnostics& diagnostics) {
  if (files.size() != 1) {
    diagnostics.error({.file = "chiplet"}, "a .chiplet is one file: give it alone");
    return std::nullopt;
  }
  const auto text = read_file(files[0], diagnostics);
  if (!text) return std::nullopt;
  return parse_ihp_chiplet(*text, files[0].generic_string(), diagnostics);
}

}  // namespace marquetry::exchange
