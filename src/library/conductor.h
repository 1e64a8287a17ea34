// Metal that carries the supply: a sheet (a grid of wires, a plane), or a joint (bump, via, ball).
#pragma once

#include "library/row.h"
#include "units/electric.h"

namespace marquetry {

struct Conductor : Row {
  static constexpr std::string_view category = "conductors", singular = "conductor";
  std::string kind{};
  Sourced<dimension::resistance> resistance{};
  Sourced<dimension::current> current_limit{};
  Sourced<dimension::inductance> inductance{};
  SourcedLength pitch{};
};

inline const std::vector<std::string> conductor_kinds{"sheet", "joint"};

template <class Visitor>
void describe(Conductor& c, Visitor& v) {
  describe_row(c, v);
  v.choice("kind", c.kind, conductor_kinds);
  v.required("resistance", c.resistance, "of a square of a sheet; of one joint");
  v.number_if("current_limit", c.current_limit, "of one joint, for life (electromigration)");
  v.number_if("inductance", c.inductance, "of one joint");
  v.number_if("pitch", c.pitch, "of joints, where the packaging does not give it");
}

}  // namespace marquetry
