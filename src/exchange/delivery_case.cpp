#include "exchange/delivery_case.h"

#include <array>

#include "delivery/mesh.h"
#include "exchange/case_fields.h"

namespace marquetry::exchange {
namespace {

using delivery::Box;
using delivery::Fault;
using delivery::Net;
using delivery::Path;
using delivery::Return;

constexpr double least_length = 1e-9, most_length = 10, least_ohm = 1e-12, most_ohm = 1e12;
constexpr std::uint32_t most_cells = 1024;

// Where each part of a net stands, for what is found out later.
struct Spots {
  std::vector<SourceSpot> joints{}, feeds{}, loads{}, ground_joints{}, ground_feeds{};
};

struct Reading {
  const delivery::Plane& plane;
  Diagnostics& diagnostics;

  // "x_m", "y_m", "width_m", "height_m": where the two last are missing, the whole footprint.
  Box rect(Fields& fields) const {
    if (fields.optional("width_m") == nullptr && fields.optional("height_m") == nullptr) {
      fields.optional("x_m");
      fields.optional("y_m");
      return {0, 0, plane.width, plane.height};
    }
    return {fields.number("x_m", -most_length, most_length, "left edge"),
            fields.number("y_m", -most_length, most_length, "lower edge"),
            fields.number("width_m", least_length, most_length, "width"),
            fields.number("height_m", least_length, most_length, "height")};
  }

  // The layer that `key` names; 0 after a complaint.
  std::size_t layer(Fields& fields, std::string_view key, const Path& path) const {
    const auto* node = fields.required(key, "name of a layer");
    if (node == nullptr) return 0;
    std::vector<std::string_view> names;
    for (std::size_t l = 0; l < path.layers.size(); ++l) {
      if (node->kind == NodeKind::text && path.layers[l].name == node->text) return l;
      names.push_back(path.layers[l].name);
    }
    diagnostics.error(node->where,
                      fields.what() + ": '" + std::string{key} + "' = " + quoted(*node) + " names no layer",
                      suggest(node->text, names));
    return 0;
  }
};

std::string numbered(std::string_view what, std::size_t i) {
  return std::string{what} + " " + std::to_string(i);
}

void read_layers(const Reading& reading, Fields& of, Path& path) {
  const auto& layers = of.items("layers", "sheets of metal, the lowest first");
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Fields fields{layers[i], numbered("layer", i), reading.diagnostics};
    delivery::Layer layer{.name = fields.name(numbered("layer", i))};
    if (std::ranges::find(path.layers, layer.name, &delivery::Layer::name) != path.layers.end())
      reading.diagnostics.error(layers[i].where, "the layer '" + layer.name + "' stands twice",
                                "give each layer a name of its own");
    if (fields.optional("regions") == nullptr) {
      layer.regions = {{layer.name,
                        {0, 0, reading.plane.width, reading.plane.height},
                        fields.number("sheet_ohm", least_ohm, most_ohm, "ohm per square")}};
    } else {
      const auto& regions = fields.items("regions");
      for (std::size_t r = 0; r < regions.size(); ++r) {
        Fields region{regions[r], numbered("region", r), reading.diagnostics};
        layer.regions.push_back({.name = region.name(numbered("region", r)),
                                 .rect = reading.rect(region),
                                 .sheet = region.number("sheet_ohm", least_ohm, most_ohm, "ohm per square")});
        region.reject_unknown_keys();
      }
    }
    fields.reject_unknown_keys();
    path.layers.push_back(std::move(layer));
  }
  if (layers.empty() && of.table().is_table())
    reading.diagnostics.error(name_spot(of.table()), of.what() + ": 'layers' is empty");
}

void read_joints(const Reading& reading, Fields& of, Path& path, std::vector<SourceSpot>& spots) {
  const auto& joints = of.items("joints");
  for (std::size_t i = 0; i < joints.size(); ++i) {
    Fields fields{joints[i], numbered("joints", i), reading.diagnostics};
    delivery::Joints made{.name = fields.name(numbered("joints", i))};
    made.below = reading.layer(fields, "below", path);
    const std::size_t above = reading.layer(fields, "above", path);
    made.patches = {{reading.rect(fields), 1}};
    made.count = fields.number("count", 1e-6, 1e9, "how many, of one polarity");
    made.resistance = fields.number("resistance_ohm", least_ohm, most_ohm, "of one");
    made.limit = fields.number_or("limit_a", 0, 0, 1e6);
    made.inductance = fields.number_or("inductance_h", 0, 0, 1);
    if (reading.diagnostics.ok() && above != made.below + 1)
      reading.diagnostics.error(joints[i].where,
                                "joints '" + made.name + "' must join a layer to the one above it",
                                "lay joints between each two layers on the way");
    if (made.below + 1 >= path.layers.size()) made.below = 0;
    fields.reject_unknown_keys();
    spots.push_back(joints[i].where);
    path.joints.push_back(std::move(made));
  }
}

void read_feeds(const Reading& reading, Fields& of, Path& path, std::vector<SourceSpot>& spots) {
  const auto& feeds = of.items("regulators", "what feeds the net");
  for (std::size_t i = 0; i < feeds.size(); ++i) {
    Fields fields{feeds[i], numbered("regulator", i), reading.diagnostics};
    delivery::Feed made{.name = fields.name(numbered("regulator", i))};
    made.layer = reading.layer(fields, "layer", path);
    made.rect = reading.rect(fields);
    made.resistance = fields.number("resistance_ohm", least_ohm, most_ohm, "of its output and leads");
    fields.reject_unknown_keys();
    spots.push_back(feeds[i].where);
    path.feeds.push_back(std::move(made));
  }
}

void read_loads(const Reading& reading, Fields& of, Net& net, std::vector<SourceSpot>& spots) {
  const auto& loads = of.items("loads", "what draws current");
  for (std::size_t i = 0; i < loads.size(); ++i) {
    Fields fields{loads[i], numbered("load", i), reading.diagnostics};
    delivery::Load made{.die = fields.text_or("die", numbered("load", i))};
    made.layer = reading.layer(fields, "layer", net.supply);
    if (net.back == Return::own) made.ground_layer = reading.layer(fields, "layer", net.ground);
    made.rect = reading.rect(fields);
    if (fields.optional("current_a") != nullptr) {
      made.current = fields.number("current_a", 0, 1e6, "current");
      if (fields.optional("power_w") != nullptr)
        reading.diagnostics.error(loads[i].where, fields.what() + ": has both 'current_a' and 'power_w'",
                                  "give one of them");
    } else {
      made.current = fields.number("power_w", 0, 1e6, "or 'current_a'") / net.voltage;
    }
    fields.reject_unknown_keys();
    spots.push_back(loads[i].where);
    net.loads.push_back(std::move(made));
  }
}

void read_return(Fields& fields, Net& net, Diagnostics& diagnostics) {
  constexpr std::array<std::string_view, 3> names{"none", "mirrored", "own"};
  const auto text = fields.text_or("return", "mirrored");
  const auto found = std::ranges::find(names, text);
  if (found == names.end())
    diagnostics.error(fields.optional("return")->where,
                      fields.what() + ": 'return' = \"" + text + "\" is not known",
                      suggest(text, {names.begin(), names.end()}));
  net.back = found == names.end() ? Return::mirrored : static_cast<Return>(found - names.begin());
}

delivery::Decoupling read_decoupling(Fields& of, Diagnostics& diagnostics) {
  const auto* node = of.optional("decoupling");
  if (node == nullptr) return {};
  Fields fields{*node, "decoupling", diagnostics};
  delivery::Decoupling out{.step = fields.number("step_share", 0, 1, "of the current that comes at once"),
                           .on_die = fields.number_or("on_die_f", 0, 0, 1),
                           .in_package = fields.number_or("in_package_f", 0, 0, 1),
                           .package_inductance = fields.number_or("package_h", 0, 0, 1),
                           .board_inductance = fields.number_or("board_h", 0, 0, 1)};
  fields.reject_unknown_keys();
  return out;
}

Net read_net(const Reading& reading, Fields& fields, std::size_t i, Spots& spots,
             delivery::Decoupling& decoupling) {
  Net net{.name = fields.name(numbered("net", i))};
  net.voltage = fields.number("voltage_v", 1e-3, 1e5, "nominal");
  net.efficiency = fields.number_or("efficiency", 1, 1e-3, 1);
  net.is_sensed = fields.flag_or("sensed", false);
  read_return(fields, net, reading.diagnostics);
  read_layers(reading, fields, net.supply);
  read_joints(reading, fields, net.supply, spots.joints);
  read_feeds(reading, fields, net.supply, spots.feeds);
  if (const auto* ground = net.back == Return::own ? fields.required("ground", "its path") : nullptr) {
    Fields own{*ground, fields.what() + ": ground", reading.diagnostics};
    read_layers(reading, own, net.ground);
    read_joints(reading, own, net.ground, spots.ground_joints);
    read_feeds(reading, own, net.ground, spots.ground_feeds);
    own.reject_unknown_keys();
  }
  read_loads(reading, fields, net, spots.loads);
  decoupling = read_decoupling(fields, reading.diagnostics);
  fields.reject_unknown_keys();
  return net;
}

void complain(const std::vector<Fault>& faults, const Spots& spots, Diagnostics& diagnostics) {
  for (const auto& fault : faults) {
    const auto& of = fault.of == Fault::Of::load   ? spots.loads
                     : fault.of == Fault::Of::feed ? (fault.in_ground ? spots.ground_feeds : spots.feeds)
                                                   : (fault.in_ground ? spots.ground_joints : spots.joints);
    diagnostics.error(of[fault.index], fault.message, fault.hint);
  }
}

}  // namespace

std::optional<delivery::Case> read_delivery_case(const Node& root, Diagnostics& diagnostics) {
  Fields fields{root, "case", diagnostics};
  delivery::Case out;
  const auto schema = fields.text_or("schema", "delivery");
  if (schema != "delivery")
    diagnostics.error(fields.optional("schema")->where,
                      "this is a case of schema \"" + schema + "\", not \"delivery\"");
  out.name = fields.name("case");
  out.plane.width = fields.number("width_m", least_length, most_length, "of the footprint");
  out.plane.height = fields.number("height_m", least_length, most_length, "of the footprint");
  const auto cells = [&](std::string_view key) {
    const auto* node = fields.required(key, "of cells");
    return node == nullptr ? 1 : fields.checked_count(*node, key, 1, most_cells);
  };
  out.plane.columns = cells("columns");
  out.plane.rows = cells("rows");
  if (const auto* node = fields.optional("limits")) {
    Fields limits{*node, "limits", diagnostics};
    out.limits.steady = limits.number_or("steady", out.limits.steady, 1e-6, 1);
    out.limits.total = limits.number_or("total", out.limits.total, 1e-6, 1);
    limits.reject_unknown_keys();
  }
  const Reading reading{out.plane, diagnostics};
  const auto& nets = fields.items("nets", "supply nets");
  std::vector<Spots> spots(nets.size());
  for (std::size_t i = 0; i < nets.size(); ++i) {
    Fields net{nets[i], numbered("net", i), diagnostics};
    out.decoupling.emplace_back();
    out.nets.push_back(read_net(reading, net, i, spots[i], out.decoupling.back()));
  }
  if (nets.empty()) diagnostics.error(name_spot(root), "case: 'nets' is empty");
  fields.reject_unknown_keys();
  if (!diagnostics.ok()) return std::nullopt;
  for (std::size_t i = 0; i < nets.size(); ++i)
    complain(delivery::faults(out.plane, out.nets[i]), spots[i], diagnostics);
  if (!diagnostics.ok()) return std::nullopt;
  return out;
}

}  // namespace marquetry::exchange
