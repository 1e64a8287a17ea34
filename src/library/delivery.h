// A way to deliver power: which regulators where, what their loads may drop, what catches a step of the load.
#pragma once

#include "library/row.h"
#include "units/electric.h"

namespace marquetry {

struct Delivery : Row {
  static constexpr std::string_view category = "deliveries", singular = "delivery";
  std::string place{};
  SourcedCount efficiency{}, first_efficiency{1, 1, 1, {}};
  Sourced<dimension::power + dimension::current * -1> input{};
  Sourced<dimension::resistance> resistance{}, first_resistance{};
  SourcedCount steady_drop{}, total_drop{}, load_step{};
  Sourced<dimension::capacitance + dimension::area * -1> die_decoupling{};
  Sourced<dimension::capacitance> package_decoupling{};
  Sourced<dimension::inductance> package_inductance{}, board_inductance{};
  SourcedCount power_share{};
  Sourced<dimension::power + dimension::current * -1> memory_voltage{};
};

inline const std::vector<std::string> regulator_places{"board", "package", "carrier"};

template <class Visitor>
void describe(Delivery& d, Visitor& v) {
  describe_row(d, v);
  v.choice("place", d.place, regulator_places);
  v.required("efficiency", d.efficiency, "of the regulators that feed the dies");
  v.number_if("first_efficiency", d.first_efficiency, "of those on the board that feed them in turn");
  v.required("input", d.input, "what the dies' regulators take");
  v.required("resistance", d.resistance, "of their outputs and leads together, one way");
  v.number_if("first_resistance", d.first_resistance, "of those that feed them in turn, one way");
  v.required("steady_drop", d.steady_drop,
             "at most, of the supply voltage, from the regulators' leads to the die");
  v.required("total_drop", d.total_drop, "at most, with the first droop of a step of the load");
  v.required("load_step", d.load_step, "of a die's current that comes at once");
  v.required("die_decoupling", d.die_decoupling, "capacitance per die area");
  v.required("package_decoupling", d.package_decoupling, "capacitance in the package");
  v.required("package_inductance", d.package_inductance, "from it to the dies' joints");
  v.required("board_inductance", d.board_inductance, "from the regulators to it");
  v.required("power_share", d.power_share, "of the joints below the dies' own that are supply and ground");
  v.required("memory_voltage", d.memory_voltage, "of memories on the package");
}

}  // namespace marquetry
