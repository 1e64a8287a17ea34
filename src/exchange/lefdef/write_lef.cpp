// The LEF: our own technology, with no rule of any process, and a macro for each bump cell and chiplet.
#include <fmt/format.h>

#include <algorithm>

#include "assembly/places.h"
#include "exchange/lefdef/chiplets.h"
#include "exchange/lefdef/plan.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::Units;

class Writer {
 public:
  Writer(const Assembly& package, const LefdefPlan& plan, OutputFile& out)
      : package_{package}, plan_{plan}, out_{out}, directions_{ports_of_chiplets(package)} {}

  void run() {
    technology();
    for (const auto& [pad, name] : plan_.pads) bump(package_.cells[pad.first], pad.second, name);
    for (std::size_t c = 0; c < package_.chiplets.size(); ++c) {
      if (plan_.macros[c]) macro(c);
    }
    out_.write("\nEND LIBRARY\n");
  }

 private:
  template <class... Args>
  void add(fmt::format_string<Args...> format, Args&&... args) {
    out_.write(fmt::format(format, std::forward<Args>(args)...));
  }
  std::string um(Units units) const { return assembly::micrometres(units, package_.precision); }

  void technology() {
    add("VERSION 5.8 ;\nBUSBITCHARS \"[]\" ;\nDIVIDERCHAR \"/\" ;\n\n");
    const bool has_faces = std::ranges::any_of(plan_.layers, [](const auto& l) { return l.second.has_face; });
    if (has_faces) add("PROPERTYDEFINITIONS\n  LAYER MARQUETRY_FACE STRING ;\nEND PROPERTYDEFINITIONS\n\n");
    add("UNITS\n  DATABASE MICRONS {} ;\nEND UNITS\nMANUFACTURINGGRID {} ;\n", package_.precision, um(1));
    bool is_first = true, is_upright = false;
    std::string_view below;
    for (const auto& [name, layer] : plan_.layers) {
      if (!is_first) {
        auto cut = fmt::format("CUT_{}_{}", below, name);
        while (plan_.layers.contains(cut)) cut += "_";
        add("\nLAYER {}\n  TYPE CUT ;\nEND {}\n", cut, cut);
      }
      const auto width = std::max<Units>(layer.width, 1);
      add("\nLAYER {}\n  TYPE ROUTING ;\n  DIRECTION {} ;\n  PITCH {} ;\n  WIDTH {} ;\n  SPACING {} ;\n",
          name, is_upright ? "VERTICAL" : "HORIZONTAL", um(2 * width), um(width), um(width));
      if (layer.has_face) add("  PROPERTY MARQUETRY_FACE \"{}\" ;\n", assembly::face_name(layer.face));
      add("END {}\n", name);
      is_first = false;
      is_upright = !is_upright;
      below = name;
    }
  }

  void rect(const std::string& layer, assembly::Point low, assembly::Size size) {
    add("    PORT\n      LAYER {} ;\n        RECT {} {} {} {} ;\n    END\n", layer, um(low.x), um(low.y),
        um(low.x + size.width), um(low.y + size.height));
  }

  void bump(const assembly::BumpCell& cell, const std::string& layer, const std::string& name) {
    add("\nMACRO {}\n  CLASS COVER BUMP ;\n  ORIGIN 0 0 ;\n  SIZE {} BY {} ;\n  SYMMETRY X Y R90 ;\n", name,
        um(cell.size.width), um(cell.size.height));
    add("  PIN PAD\n    DIRECTION INOUT ;\n    USE SIGNAL ;\n");
    rect(layer, {0, 0}, cell.size);
    add("  END PAD\nEND {}\n", name);
  }

  void macro(std::size_t c) {
    const auto& chiplet = package_.chiplets[c];
    add("\nMACRO {}\n  CLASS BLOCK ;\n  ORIGIN 0 0 ;\n  SIZE {} BY {} ;\n  SYMMETRY X Y R90 ;\n",
        chiplet.name, um(chiplet.size.width), um(chiplet.size.height));
    // Pins by their first bump, then those that no bump has.
    std::map<std::string_view, std::vector<std::pair<const assembly::Region*, const assembly::Bump*>>> bumps;
    std::vector<std::string_view> order;
    for (const auto& region : chiplet.regions) {
      for (const auto& bump : region.bumps) {
        auto& there = bumps[pin_of(bump)];
        if (there.empty()) order.push_back(pin_of(bump));
        there.emplace_back(&region, &bump);
      }
    }
    for (const auto& port : chiplet.ports) {
      if (!bumps.contains(port.name)) order.push_back(port.name);
    }
    for (const auto pin : order) {
      const auto direction = directions_[c].find(pin);
      const auto use = plan_.pin_uses[c].find(pin);
      add("  PIN {}\n    DIRECTION {} ;\n    USE {} ;\n", pin,
          direction == directions_[c].end() ? "INOUT" : word(direction->second),
          use_word(use == plan_.pin_uses[c].end() ? assembly::NetUse::signal : use->second));
      for (const auto& [region, bump] : bumps[pin]) {
        const auto size = package_.cells[bump->cell].size;
        rect(layer_of(*region), low_of(bump->at, size), size);
      }
      add("  END {}\n", pin);
    }
    add("END {}\n", chiplet.name);
  }

  static std::string_view word(assembly::Direction direction) {
    return direction == assembly::Direction::input    ? "INPUT"
           : direction == assembly::Direction::output ? "OUTPUT"
                                                      : "INOUT";
  }

  const Assembly& package_;
  const LefdefPlan& plan_;
  OutputFile& out_;
  std::vector<PortDirections> directions_;
};

}  // namespace

void add_lef(const Assembly& package, const LefdefPlan& plan, OutputFile& out) {
  Writer{package, plan, out}.run();
}

}  // namespace marquetry::exchange
