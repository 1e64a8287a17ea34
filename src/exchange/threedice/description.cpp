#include "exchange/threedice/description.h"

#include <fmt/format.h>

#include <algorithm>

#include "exchange/threedice/statements.h"

namespace marquetry::exchange::threedice {
namespace {

// 3D-ICE counts in micrometres.
constexpr double um = 1e-6, per_um = 1e6, per_um2 = 1e12, per_um3 = 1e18, widest = 1e7;

class Reading {
 public:
  Reading(const Words& words, Diagnostics& diagnostics)
      : cursor_{words, diagnostics}, words_{words}, diagnostics_{diagnostics} {}

  Description read() {
    const auto before = diagnostics_.errors();
    while (!cursor_.ended() && diagnostics_.errors() < before + 20) section();
    if (diagnostics_.errors() == before) missing();
    return std::move(out_);
  }

 private:
  void section() {
    const auto where = cursor_.spot();
    if (cursor_.takes("material")) {
      material(where);
    } else if (cursor_.takes("top heat sink")) {
      sink(out_.top, where);
    } else if (cursor_.takes("bottom heat sink")) {
      sink(out_.bottom, where);
    } else if (cursor_.takes("conventional heat sink")) {
      sink(out_.top, where);
    } else if (cursor_.takes("dimensions")) {
      dimensions(where);
    } else if (cursor_.takes("layer")) {
      layer(where);
    } else if (cursor_.takes("die")) {
      die(where);
    } else if (cursor_.takes("stack")) {
      stack();
    } else if (cursor_.takes("solver")) {
      solver();
    } else if (cursor_.takes("output")) {
      out_.has_output = true;  // which figures 3D-ICE would print
      while (!cursor_.ended()) cursor_.take();
    } else {
      refuse();
    }
  }

  void refuse() {
    const auto word = cursor_.peek();
    if (word == "microchannel" || word == "pinfin")
      cursor_.error(fmt::format("{}s are not computed", word),
                    "take layers of solids and heat sinks instead");
    else if (cursor_.peek(1) == "pluggable")
      cursor_.error("a pluggable heat sink is a program of its own, which is not run",
                    "give a heat transfer coefficient: 'top heat sink'");
    else
      cursor_.error(fmt::format("'{}' begins no section of a stack file", word),
                    "material, heat sink, dimensions, layer, die, stack, solver or output");
    // Up to where the next section may begin.
    constexpr std::array sections{"material", "top", "bottom", "conventional", "dimensions",
                                  "layer",    "die", "stack",  "solver",       "output"};
    do {
      cursor_.skip_past(';');
    } while (!cursor_.ended() && std::ranges::find(sections, cursor_.peek()) == sections.end());
  }

  // Reads a statement's end, or goes past it.
  void end(std::string_view of) {
    if (!cursor_.expect(";", of)) cursor_.skip_past(';');
  }
  double number(std::string_view what, double least, double most, double unit, bool above = true) {
    return cursor_.number(what, least, most, above).value_or(1 / unit) * unit;
  }

  void material(const SourceSpot& where) {
    layout::Material m{.name = cursor_.name("a material")};
    cursor_.expect(":", "material");
    while (!cursor_.ended()) {
      if (cursor_.takes("thermal conductivity")) {
        m.along_x = m.along_y = m.across = number("the thermal conductivity", 1e-15, 1, per_um, false);
        if (cursor_.takes(",")) {
          m.along_y = number("the thermal conductivity", 1e-15, 1, per_um, false);
          cursor_.expect(",", "thermal conductivity by x, y and z");
          m.across = number("the thermal conductivity", 1e-15, 1, per_um, false);
        }
      } else if (cursor_.takes("volumetric heat capacity")) {
        m.capacity = number("the heat capacity", 0, 1e-6, per_um3);
      } else {
        break;
      }
      end("material");
    }
    if (m.across == 0 || m.capacity == 0)
      diagnostics_.error(where,
                         fmt::format("material '{}' lacks its {}", m.name,
                                     m.across == 0 ? "thermal conductivity" : "volumetric heat capacity"));
    if (!out_.materials.try_emplace(m.name, m).second)
      diagnostics_.error(where, fmt::format("material '{}' stands here a second time", m.name));
  }

  void sink(std::optional<Sink>& out, const SourceSpot& where) {
    Sink sink{.where = where};
    cursor_.expect(":", "heat sink");
    while (!cursor_.ended()) {
      if (cursor_.takes("heat transfer coefficient"))
        sink.transfer = number("the heat transfer coefficient", 0, 1, per_um2);
      else if (cursor_.takes("ambient temperature") || cursor_.takes("temperature"))
        sink.temperature = number("the temperature", 0, 5000, 1);
      else
        break;
      end("heat sink");
    }
    if (sink.transfer == 0 || sink.temperature == 0)
      diagnostics_.error(where, "a heat sink needs a heat transfer coefficient and a temperature");
    if (out) diagnostics_.error(where, "a second heat sink on the same side");
    out = sink;
  }

  void dimensions(const SourceSpot& where) {
    out_.dimensions = where;
    cursor_.expect(":", "dimensions");
    const auto size = [&](std::string_view what, double& length, double& width) {
      length = number(fmt::format("the {}'s length", what), 0, widest, um);
      cursor_.expect(", width", "dimensions");
      width = number(fmt::format("the {}'s width", what), 0, widest, um);
    };
    while (!cursor_.ended()) {
      if (cursor_.takes("chip length")) {
        size("chip", out_.length, out_.width);
      } else if (cursor_.takes("cell length")) {
        size("cell", out_.cell_length, out_.cell_width);
      } else if (cursor_.peek() == "non-uniform") {
        const auto value = cursor_.peek(1);
        if (value != "false" && value != "0")
          cursor_.error("cells of several sizes are not computed", "set non-uniform to false");
        cursor_.take();
        if (value != ";") cursor_.take();
      } else {
        break;
      }
      end("dimensions");
    }
  }

  Sheet sheet(SourceSpot where, bool is_source) {
    Sheet out{.is_source = is_source, .where = std::move(where)};
    out.height = number("a layer's height", 0, widest, um);
    out.material = cursor_.name("a layer's material");
    end("layer");
    return out;
  }

  void layer(const SourceSpot& where) {
    const auto name = cursor_.name("a layer");
    cursor_.expect(":", "layer");
    Sheet out{.where = where};
    while (!cursor_.ended()) {
      if (cursor_.takes("height"))
        out.height = number("the layer's height", 0, widest, um);
      else if (cursor_.peek() == "material" && cursor_.peek(2) == ";")
        cursor_.take(), out.material = cursor_.name("a layer's material");
      else if (cursor_.peek() == "layout")
        cursor_.error("a layer of several materials by a layout file is not read",
                      "give the layer one material"),
            cursor_.skip_past('"'), cursor_.skip_past('"');
      else
        break;
      end("layer");
    }
    if (out.height == 0 || out.material.empty())
      diagnostics_.error(where, fmt::format("layer '{}' needs a height and a material", name));
    keep(name, {.sheets = {out}}, where);
  }

  void die(const SourceSpot& where) {
    const auto name = cursor_.name("a die");
    cursor_.expect(":", "die");
    Kind kind{.is_die = true};
    while (!cursor_.ended()) {
      const auto at = cursor_.spot();
      // "layer NAME :" begins the next section.
      if (cursor_.peek() == "layer" && cursor_.peek(2) != ":")
        cursor_.take(), kind.sheets.push_back(sheet(at, false));
      else if (cursor_.takes("source"))
        kind.sheets.push_back(sheet(at, true));
      else
        break;
    }
    const auto sources = std::ranges::count_if(kind.sheets, &Sheet::is_source);
    if (sources != 1)
      diagnostics_.error(where,
                         fmt::format("die '{}' has {} source layers, where one is expected", name, sources),
                         "the line 'source HEIGHT MATERIAL;' says where its circuits are");
    keep(name, std::move(kind), where);
  }

  void keep(const std::string& name, Kind kind, const SourceSpot& where) {
    if (!out_.kinds.try_emplace(name, std::move(kind)).second)
      diagnostics_.error(where, fmt::format("'{}' stands here a second time", name));
  }

  void stack() {
    cursor_.expect(":", "stack");
    while (!cursor_.ended()) {
      Piled piled{.where = cursor_.spot()};
      if (cursor_.takes("die")) {
        piled.is_die = true;
        piled.name = cursor_.name("a die of the stack");
        piled.kind = cursor_.name("the kind of a die");
        if (cursor_.expect("floorplan", "a die of the stack")) piled.floorplan = cursor_.path("floorplan");
      } else if (cursor_.takes("layer")) {
        piled.name = cursor_.name("a layer of the stack");
        double height = 0;
        const auto word = cursor_.peek();
        if (!word.empty() && (word[0] >= '0' && word[0] <= '9')) {  // as version 2 of 3D-ICE writes it
          height = number("a layer's height", 0, widest, um);
          piled.sheet = Sheet{.height = height, .material = cursor_.name("a material"), .where = piled.where};
        } else {
          piled.kind = cursor_.name("the kind of a layer");
        }
      } else if (cursor_.peek() == "channel") {
        cursor_.error("microchannels are not computed", "take layers of solids and heat sinks instead");
        cursor_.skip_past(';');
        continue;
      } else {
        break;
      }
      if (cursor_.peek() == "discretization") {
        cursor_.error("cells of a die's own are not computed", "leave 'discretization' out");
        cursor_.skip_past(';');
      } else {
        end("stack");
      }
      for (const auto& other : out_.piled)
        if (other.name == piled.name)
          diagnostics_.error(piled.where, fmt::format("'{}' stands in the stack a second time", piled.name));
      out_.piled.push_back(std::move(piled));
    }
  }

  void solver() {
    cursor_.expect(":", "solver");
    while (!cursor_.ended()) {
      if (cursor_.takes("steady")) {
        out_.is_transient = false;
      } else if (cursor_.takes("transient step")) {
        out_.is_transient = true;
        out_.step = number("the step", 0, 1e9, 1);
        cursor_.expect(", slot", "transient");
        out_.slot = number("the slot", 0, 1e9, 1);
      } else if (cursor_.takes("initial temperature")) {
        out_.start = number("the initial temperature", 0, 5000, 1);
      } else if (cursor_.takes("numofcores")) {
        cursor_.take();
      } else {
        break;
      }
      end("solver");
    }
  }

  void missing() {
    const SourceSpot file{.file = words_.file};
    if (out_.length == 0 || out_.cell_length == 0)
      diagnostics_.error(out_.dimensions.line > 0 ? out_.dimensions : file,
                         "the dimensions of chip and cells are missing",
                         "dimensions: chip length L, width W; cell length l, width w;");
    if (out_.piled.empty()) diagnostics_.error(file, "the stack is missing or empty");
    if (!out_.top && !out_.bottom)
      diagnostics_.error(file, "no heat sink: nothing takes the heat away",
                         "add 'top heat sink:' with a coefficient and a temperature");
  }

  Cursor cursor_;
  const Words& words_;
  Diagnostics& diagnostics_;
  Description out_{};
};

}  // namespace

std::optional<Description> read_description(const Words& words, Diagnostics& diagnostics) {
  const auto before = diagnostics.errors();
  auto out = Reading{words, diagnostics}.read();
  return diagnostics.errors() == before ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace marquetry::exchange::threedice
