// The DEF: area, rules of width, components, pins of the package, nets with their wires.
#include <fmt/format.h>

#include <set>

#include "assembly/places.h"
#include "exchange/carrier.h"
#include "exchange/lefdef/chiplets.h"
#include "exchange/lefdef/plan.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Net;
using assembly::NetUse;

constexpr std::size_t block = 1 << 20;

bool is_supply(const Net& net) { return net.use == NetUse::power || net.use == NetUse::ground; }

class Writer {
 public:
  Writer(const Assembly& package, const LefdefPlan& plan, OutputFile& out)
      : package_{package}, plan_{plan}, out_{out} {}

  std::size_t run() {
    const auto area = drawn_area(package_);
    add("VERSION 5.8 ;\nDIVIDERCHAR \"/\" ;\nBUSBITCHARS \"[]\" ;\nDESIGN {} ;\nUNITS DISTANCE MICRONS {} "
        ";\n",
        plan_.design, package_.precision);
    add("DIEAREA ( {} {} ) ( {} {} ) ;\n", area.low.x, area.low.y, area.high.x, area.high.y);
    rules();
    components();
    pins();
    nets("NETS", [](const Net& net) { return !is_supply(net); });
    nets("SPECIALNETS", [](const Net& net) { return is_supply(net); });
    add("\nEND DESIGN\n");
    out_.write(text_);
    return slanted_;
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(text_), format, std::forward<Args>(args)...);
    if (text_.size() < block) return;
    out_.write(text_);
    text_.clear();
  }

  bool is_component(std::size_t i) const { return i != plan_.carrier && !plan_.left_out[i]; }

  void rules() {
    if (plan_.rules.empty()) return;
    add("\nNONDEFAULTRULES {} ;\n", plan_.rules.size());
    for (const auto& [what, name] : plan_.rules)
      add("- {}\n  + LAYER {} WIDTH {} ;\n", name, what.first, what.second);
    add("END NONDEFAULTRULES\n");
  }

  void components() {
    std::size_t count = 0;
    for (std::size_t i = 0; i < package_.instances.size(); ++i) count += is_component(i) ? std::size_t{1} : 0;
    if (plan_.carrier) {
      for (const auto& region : chiplet_of(package_, package_.instances[*plan_.carrier]).regions)
        count += region.bumps.size();
    }
    add("\nCOMPONENTS {} ;\n", count);
    for (std::size_t i = 0; i < package_.instances.size(); ++i) {
      if (!is_component(i)) continue;
      const auto& instance = package_.instances[i];
      add("- {} {} + FIXED ( {} {} ) {} ;\n", instance.name, chiplet_of(package_, instance).name,
          instance.low.x, instance.low.y, assembly::def_orientation_name(instance.orientation));
    }
    if (plan_.carrier) {
      const auto& base = package_.instances[*plan_.carrier];
      for (const auto& region : chiplet_of(package_, base).regions) {
        for (const auto& bump : region.bumps) {
          const auto low = low_of(place_of(package_, base, bump.at), package_.cells[bump.cell].size);
          add("- {} {} + FIXED ( {} {} ) N ;\n", component_of(plan_, region, bump),
              plan_.pads.at({bump.cell, layer_of(region)}), low.x, low.y);
        }
      }
    }
    add("END COMPONENTS\n");
  }

  void pins() {
    std::size_t count = 0;
    for (const auto& net : package_.nets) count += net.ports.size();
    add("\nPINS {} ;\n", count);
    // In the order of the nets below, in which they will be read.
    for (const bool is_special : {false, true}) {
      for (const auto& net : package_.nets) {
        if (is_supply(net) != is_special) continue;
        for (const auto& port : net.ports)
          add("- {} + NET {} + DIRECTION INOUT + USE {} ;\n", port, net.name, use_word(net.use));
      }
    }
    add("END PINS\n");
  }

  template <class Takes>
  void nets(std::string_view section, Takes takes) {
    std::size_t count = 0;
    for (const auto& net : package_.nets) count += takes(net) ? std::size_t{1} : std::size_t{0};
    add("\n{} {} ;\n", section, count);
    for (const auto& net : package_.nets) {
      if (!takes(net)) continue;
      add("- {}", net.name);
      for (const auto& port : net.ports) add(" ( PIN {} )", port);
      std::set<std::pair<std::size_t, std::string_view>> joined;
      for (const auto& pin : net.pins) {
        if (plan_.left_out[pin.instance]) continue;
        const auto& bump = assembly::bump_of(package_, pin);
        if (pin.instance == plan_.carrier)
          add("\n  ( {} PAD )", component_of(plan_, region_of(package_, {pin.instance, pin.region}), bump));
        else if (joined.emplace(pin.instance, pin_of(bump)).second)
          add("\n  ( {} {} )", package_.instances[pin.instance].name, pin_of(bump));
      }
      wires(net);
      add("\n  + USE {} ;\n", use_word(net.use));
    }
    add("END {}\n", section);
  }

  void wires(const Net& net) {
    std::string_view word = "+ ROUTED";
    for (const auto& segment : net.metal) {
      if (segment.points.size() < 2 || !is_regular(segment)) {
        ++slanted_;
        continue;
      }
      add("\n  {} {}", word, segment.layer);
      if (is_supply(net)) {
        // Ends reach half a width beyond the last points, as those of regular wires do.
        add(" {}", segment.width);
        for (std::size_t i = 0; i < segment.points.size(); ++i) {
          const auto& p = segment.points[i];
          const bool is_end = i == 0 || i + 1 == segment.points.size();
          if (is_end)
            add(" ( {} {} {} )", p.x, p.y, segment.width / 2);
          else
            add(" ( {} {} )", p.x, p.y);
        }
      } else {
        const auto rule = plan_.rules.find({segment.layer, segment.width});
        if (rule != plan_.rules.end()) add(" TAPERRULE {}", rule->second);
        for (const auto& p : segment.points) add(" ( {} {} )", p.x, p.y);
      }
      word = "NEW";
    }
  }

  static bool is_regular(const assembly::Segment& segment) {
    for (std::size_t i = 1; i < segment.points.size(); ++i) {
      const auto d = segment.points[i] - segment.points[i - 1];
      if (d.x != 0 && d.y != 0 && std::abs(d.x) != std::abs(d.y)) return false;
    }
    return true;
  }

  const Assembly& package_;
  const LefdefPlan& plan_;
  OutputFile& out_;
  std::string text_{};
  std::size_t slanted_{};
};

}  // namespace

std::size_t add_def(const Assembly& package, const LefdefPlan& plan, OutputFile& out) {
  return Writer{package, plan, out}.run();
}

}  // namespace marquetry::exchange
