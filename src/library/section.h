// What lies below, beside and above the dies of a package, layer by layer: the way of their heat.
#pragma once

#include "library/row.h"

namespace marquetry {

struct StackLayer : Row {
  static constexpr std::string_view category = "layers", singular = "layer";
  std::string extent{};
  std::string material{}, filler{}, inclusion{}, bridge{};  // rows of materials; empty: none
  std::string part{};                                       // lid, tim, or empty
  bool heats{};                                             // the circuits of the dies lie in it
  bool bodies{};                                            // memory on the package has its own pile here
  SourcedLength thickness{}, inclusion_diameter{}, inclusion_pitch{};
};

struct StackSection : Row {
  static constexpr std::string_view category = "sections", singular = "section";
  std::vector<std::string> families{};  // of packagings whose section it is, unless they name another
  std::vector<std::string> layers{};    // rows of layers, the bottom one first
  std::string filler{};                 // beside dies, in layers that name none
  Sourced<dimension::power + (dimension::area + dimension::temperature) * -1> board{};
};

inline const std::vector<std::string> layer_extents{"package", "carrier", "dies"};
inline const std::vector<std::string> layer_parts{"lid", "tim"};

template <class Visitor>
void describe(StackLayer& l, Visitor& v) {
  describe_row(l, v);
  v.choice("extent", l.extent, layer_extents);
  v.required("thickness", l.thickness, "");
  v.text("material", l.material);
  v.text_if("filler", l.filler);
  v.text_if("bridge", l.bridge);
  v.text_if("part", l.part);
  v.flag("heats", l.heats);
  v.flag("bodies", l.bodies);
  v.text_if("inclusion", l.inclusion);
  v.number_if("inclusion_diameter", l.inclusion_diameter, "of the bumps or vias that stand in the material");
  v.number_if("inclusion_pitch", l.inclusion_pitch, "of these, both ways");
}

template <class Visitor>
void describe(StackSection& s, Visitor& v) {
  describe_row(s, v);
  v.texts("layers", s.layers);
  v.texts_if("families", s.families);
  v.text_if("filler", s.filler);
  v.number_if("board", s.board, "from the lower face to the air, through balls and board, per area");
}

}  // namespace marquetry
