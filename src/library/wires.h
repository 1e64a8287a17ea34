// Wires of one kind in a package: what they lose, delay and cost in energy, and how many leave an edge.
#pragma once

#include "library/row.h"

namespace marquetry {

struct Wires : Row {
  static constexpr std::string_view category = "wires", singular = "kind of wires";
  std::vector<std::string> links{};  // classes of link that use them
  Sourced<dimension::length * -1> skin_loss{}, dielectric_loss{}, escape{};
  SourcedCount permittivity{};
  Sourced<dimension::time + dimension::area * -1> rc{};
  Sourced<dimension::energy + (dimension::data + dimension::length) * -1> energy{};
};

template <class Visitor>
void describe(Wires& w, Visitor& v) {
  describe_row(w, v);
  v.texts("links", w.links);
  v.required("skin_loss", w.skin_loss, "decibels per length at 1 GHz, rising with the root of the frequency");
  v.required("dielectric_loss", w.dielectric_loss, "decibels per length at 1 GHz, rising with the frequency");
  v.required("permittivity", w.permittivity, "of what is round them, relative");
  v.required("rc", w.rc, "resistance x capacitance, per length squared");
  v.required("energy", w.energy, "of the wire alone, beside transmitter and receiver");
  v.required("escape", w.escape, "wires that leave an edge, all signal layers");
}

}  // namespace marquetry
