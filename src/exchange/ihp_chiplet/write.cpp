#include "exchange/ihp_chiplet/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "assembly/places.h"
#include "base/output_file.h"
#include "exchange/carrier.h"
#include "exchange/yaml.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Units;

class Writer {
 public:
  Writer(const Assembly& package, const std::filesystem::path& file, Diagnostics& diagnostics)
      : package_{package}, where_{.file = file.generic_string()}, diagnostics_{diagnostics}, file_{file} {}

  std::vector<std::filesystem::path> run() {
    const int before = diagnostics_.errors();
    check();
    if (diagnostics_.errors() > before) return {};
    warn();
    OutputFile out{file_};
    out_ = &out;
    add("format_version: '1.0'\nassembly:\n  name: {}\n  units: um\n",
        yaml_text(package_.name.empty() ? file_.stem().string() : package_.name));
    add("technologies:\n  unspecified:\n    dbu: {}\n", um(1));
    stacks();
    add("components:\n");
    // What carries others first.
    for (std::size_t i = 0; i < package_.instances.size(); ++i) {
      if (is_interposer(i)) component(i);
    }
    for (std::size_t i = 0; i < package_.instances.size(); ++i) {
      if (!is_interposer(i)) component(i);
    }
    interfaces();
    nets();
    if (!out.finish(diagnostics_)) return {};
    return {file_};
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    out_->write(fmt::format(format, std::forward<Args>(args)...));
  }
  bool is_interposer(std::size_t i) const {
    return is_base(chiplet_of(package_, package_.instances[i]).kind);
  }
  std::string um(Units units) const { return assembly::micrometres(units, package_.precision); }
  // Half of that many units.
  std::string half(Units units) const { return assembly::micrometres(units, 2 * package_.precision); }

  void check() {
    std::set<std::string_view> names;
    if (package_.instances.empty())
      diagnostics_.error(where_, "no instances: a .chiplet describes dies on an interposer");
    for (const auto& instance : package_.instances) {
      const auto& turn = instance.orientation;
      if (turn.is_mirrored && !turn.is_flipped)
        diagnostics_.error(where_,
                           fmt::format("'{}' is mirrored, which a .chiplet cannot say", instance.name),
                           "turn it, or give its chiplet a mirrored layout");
      if (!names.insert(instance.name).second)
        diagnostics_.error(where_, fmt::format("two components would have the name '{}'", instance.name));
    }
  }

  void warn() {
    const auto say = [this](bool holds, const char* what) {
      if (holds) diagnostics_.warning(where_, what);
    };
    say(std::ranges::any_of(package_.instances, [](const auto& i) { return i.orientation.is_mirrored; }),
        "flip_chip does not say about which axis a die is turned over: what reads it may draw it unmirrored");
    say(!carrier_of(package_), "no substrate: the components have no interposer");
    const auto& chiplets = package_.chiplets;
    say(std::ranges::any_of(chiplets,
                            [&](const auto& c) {
                              return !is_base(c.kind) && std::ranges::any_of(c.regions, [](const auto& r) {
                                return !r.bumps.empty();
                              });
                            }),
        "a .chiplet has no places of the bumps of dies: it names the layouts that have them");
    say(std::ranges::any_of(package_.nets,
                            [](const auto& net) { return !net.metal.empty() || !net.ports.empty(); }),
        "a .chiplet has no wires and no ports of the package");
    say(!package_.paths.empty(), "a .chiplet has no paths");
  }

  // One for each gap: a .chiplet wants the sum of its layers to be the gap exactly.
  std::string stack_of(Units gap) const { return "joint_" + um(gap); }
  std::set<Units> gaps() const {
    std::set<Units> out;
    for (const auto& connection : package_.connections) {
      if (connection.thickness && *connection.thickness > 0) out.insert(*connection.thickness);
    }
    return out;
  }
  void stacks() {
    const auto all = gaps();
    if (all.empty()) return;
    add("connection_stacks:\n");
    for (const auto gap : all)
      add("  {}:\n    layers:\n    - {{name: joint, material: unspecified, height: {}}}\n", stack_of(gap),
          um(gap));
  }

  void component(std::size_t i) {
    const auto& instance = package_.instances[i];
    const auto& chiplet = chiplet_of(package_, instance);
    const auto size = assembly::placed(chiplet.size, instance.orientation);
    const bool is_carrier = is_interposer(i);
    add("- id: {}\n  type: {}\n  technology: unspecified\n  anchor: bbox_center\n", yaml_text(instance.name),
        is_carrier ? "interposer" : "die");
    if (!is_carrier) add("  orientation: {}\n", instance.orientation.is_flipped ? "flip_chip" : "face_up");
    for (const auto& connection : package_.connections) {
      if (!is_carrier && connection.top && connection.top->instance == i &&
          connection.thickness.value_or(0) > 0) {
        add("  connection: {}\n", stack_of(*connection.thickness));
        break;
      }
    }
    add("  top_cell: {}\n  position: {{x: {}, y: {}, z: {}}}\n  dimensions: {{width: {}, height: {}, "
        "thickness: {}}}\n",
        yaml_text(chiplet.name), half(2 * instance.low.x + size.width),
        half(2 * instance.low.y + size.height), um(instance.z), um(chiplet.size.width),
        um(chiplet.size.height), um(chiplet.thickness));
    if (instance.orientation.rotation != assembly::Rotation::r0)
      add("  rotation: {{z: {}}}\n", geometry::degrees(instance.orientation.rotation));
    if (is_carrier) pads(i);
  }

  void pads(std::size_t i) {
    const auto& instance = package_.instances[i];
    const auto& chiplet = chiplet_of(package_, instance);
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> nets;
    for (std::size_t n = 0; n < package_.nets.size(); ++n) {
      for (const auto& pin : package_.nets[n].pins) {
        if (pin.instance == i) nets.emplace(std::pair{pin.region, pin.bump}, n);
      }
    }
    bool is_first = true;
    for (std::size_t r = 0; r < chiplet.regions.size(); ++r) {
      const auto& region = chiplet.regions[r];
      for (std::size_t b = 0; b < region.bumps.size(); ++b) {
        const auto& bump = region.bumps[b];
        const auto at = place_of(package_, instance, bump.at);
        const auto size = package_.cells[bump.cell].size;
        if (is_first) add("  io_pads:\n");
        is_first = false;
        add("  - id: {}\n    io_class: micro_bump\n", yaml_text(bump.name));
        if (const auto net = nets.find({r, b}); net != nets.end())
          add("    net: {}\n", yaml_text(package_.nets[net->second].name));
        add("    position: {{x: {}, y: {}}}\n    size: {{x: {}, y: {}}}\n    layer: {}\n", um(at.x), um(at.y),
            um(size.width), um(size.height), yaml_text(region.layer.empty() ? region.name : region.layer));
      }
    }
  }

  void interfaces() {
    bool is_first = true;
    for (const auto& connection : package_.connections) {
      if (!connection.top || !connection.bottom) continue;
      if (is_first) add("interfaces:\n");
      is_first = false;
      add("- id: {}\n  type: micro_bump\n  from: {}\n  to: {}\n  physical: {{height: {}}}\n",
          yaml_text(connection.name), yaml_text(package_.instances[connection.bottom->instance].name),
          yaml_text(package_.instances[connection.top->instance].name), um(connection.thickness.value_or(0)));
    }
  }

  void nets() {
    if (package_.nets.empty()) return;
    add("netlist:\n  nets:\n");
    for (const auto& net : package_.nets) {
      add("  - name: {}\n", yaml_text(net.name));
      if (net.use != assembly::NetUse::signal)
        add("    class: {}\n", net.use == assembly::NetUse::power    ? "power"
                               : net.use == assembly::NetUse::ground ? "ground"
                                                                     : "clock");
      bool is_first = true;
      std::set<std::pair<std::size_t, std::string_view>> seen;
      for (const auto& pin : net.pins) {
        const auto& bump = assembly::bump_of(package_, pin);
        const auto& region = assembly::region_of(package_, {pin.instance, pin.region});
        const bool is_pad = is_interposer(pin.instance);
        const auto& name = is_pad || bump.port.empty() ? bump.name : bump.port;
        if (!seen.emplace(pin.instance, name).second) continue;
        if (is_first) add("    connections:\n");
        is_first = false;
        add("    - {{component: {}, pin: {}, layer: {}}}\n", yaml_text(package_.instances[pin.instance].name),
            yaml_text(name), yaml_text(region.layer.empty() ? region.name : region.layer));
      }
    }
  }

  const Assembly& package_;
  SourceSpot where_;
  Diagnostics& diagnostics_;
  const std::filesystem::path& file_;
  OutputFile* out_{};
};

}  // namespace

std::vector<std::filesystem::path> write_ihp_chiplet(const Assembly& package,
                                                     const std::filesystem::path& file,
                                                     Diagnostics& diagnostics) {
  return Writer{package, file, diagnostics}.run();
}

}  // namespace marquetry::exchange
