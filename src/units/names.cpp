#include "units/names.h"

#include <algorithm>

#include "units/electric.h"

namespace marquetry {
namespace {

template <Dimension D>
constexpr UnitName named_unit(std::string_view symbol, Quantity<D> q) {
  return {symbol, q.si(), D};
}
constexpr UnitName named_unit(std::string_view symbol, double number) { return {symbol, number, {}}; }

// Adding a unit: define it in units.h, name it here. Nothing else.
#define MARQUETRY_UNIT(symbol) named_unit(#symbol, unit::symbol)
constexpr std::array names{
    MARQUETRY_UNIT(m),
    MARQUETRY_UNIT(cm),
    MARQUETRY_UNIT(mm),
    MARQUETRY_UNIT(um),
    MARQUETRY_UNIT(nm),
    MARQUETRY_UNIT(s),
    MARQUETRY_UNIT(ms),
    MARQUETRY_UNIT(us),
    MARQUETRY_UNIT(ns),
    MARQUETRY_UNIT(ps),
    MARQUETRY_UNIT(h),
    MARQUETRY_UNIT(day),
    MARQUETRY_UNIT(week),
    MARQUETRY_UNIT(month),
    MARQUETRY_UNIT(year),
    MARQUETRY_UNIT(Hz),
    MARQUETRY_UNIT(kHz),
    MARQUETRY_UNIT(MHz),
    MARQUETRY_UNIT(GHz),
    MARQUETRY_UNIT(THz),
    MARQUETRY_UNIT(J),
    MARQUETRY_UNIT(mJ),
    MARQUETRY_UNIT(uJ),
    MARQUETRY_UNIT(nJ),
    MARQUETRY_UNIT(pJ),
    MARQUETRY_UNIT(fJ),
    MARQUETRY_UNIT(kWh),
    MARQUETRY_UNIT(W),
    MARQUETRY_UNIT(mW),
    MARQUETRY_UNIT(uW),
    MARQUETRY_UNIT(kW),
    MARQUETRY_UNIT(K),
    MARQUETRY_UNIT(A),
    MARQUETRY_UNIT(mA),
    MARQUETRY_UNIT(V),
    MARQUETRY_UNIT(mV),
    MARQUETRY_UNIT(Pa),
    MARQUETRY_UNIT(MPa),
    MARQUETRY_UNIT(GPa),
    MARQUETRY_UNIT(ohm),
    MARQUETRY_UNIT(mohm),
    MARQUETRY_UNIT(uohm),
    MARQUETRY_UNIT(nH),
    MARQUETRY_UNIT(pH),
    MARQUETRY_UNIT(uF),
    MARQUETRY_UNIT(nF),
    MARQUETRY_UNIT(USD),
    MARQUETRY_UNIT(MUSD),
    MARQUETRY_UNIT(bit),
    MARQUETRY_UNIT(kbit),
    MARQUETRY_UNIT(Mbit),
    MARQUETRY_UNIT(Gbit),
    MARQUETRY_UNIT(Tbit),
    MARQUETRY_UNIT(B),
    MARQUETRY_UNIT(kB),
    MARQUETRY_UNIT(MB),
    MARQUETRY_UNIT(GB),
    MARQUETRY_UNIT(TB),
    MARQUETRY_UNIT(KiB),
    MARQUETRY_UNIT(MiB),
    MARQUETRY_UNIT(GiB),
    MARQUETRY_UNIT(kgCO2),
    MARQUETRY_UNIT(gCO2),
    MARQUETRY_UNIT(Tr),
    MARQUETRY_UNIT(MTr),
    MARQUETRY_UNIT(GTr),
    MARQUETRY_UNIT(FLOP),
    MARQUETRY_UNIT(GFLOP),
    MARQUETRY_UNIT(TFLOP),
    MARQUETRY_UNIT(PFLOP),
    MARQUETRY_UNIT(ppm),
    MARQUETRY_UNIT(percent),
    named_unit("%", unit::percent),
    named_unit("days", unit::day),
    named_unit("weeks", unit::week),
    named_unit("years", unit::year),
};
#undef MARQUETRY_UNIT

using Print = PrintUnit;
constexpr std::array print_length{Print{"nm"}, Print{"um"}, Print{"mm"}, Print{"m"}};
constexpr std::array print_area{Print{"um2"}, Print{"mm2", 0.001}};
// Defects and bumps, then transistors: the dimension is the same, nine powers of ten lie between.
constexpr std::array print_per_area{Print{"/cm2"}, Print{"/mm2"}, Print{"MTr/mm2", 0.3}};
constexpr std::array print_time{Print{"ps"}, Print{"ns"},      Print{"us"},       Print{"ms"},   Print{"s"},
                                Print{"h"},  Print{"days", 2}, Print{"weeks", 3}, Print{"years"}};
// Wafers a year, clocks, operations a second.
constexpr std::array print_rate{Print{"/year"}, Print{"Hz"},  Print{"kHz"},
                                Print{"MHz"},   Print{"GHz"}, Print{"TFLOP/s"}};
constexpr std::array print_energy{Print{"fJ"}, Print{"pJ"}, Print{"nJ"}, Print{"uJ"},
                                  Print{"mJ"}, Print{"J"},  Print{"kWh"}};
constexpr std::array print_power{Print{"uW"}, Print{"mW"}, Print{"W"}, Print{"kW", 10}};
constexpr std::array print_current{Print{"mA"}, Print{"A"}};
constexpr std::array print_voltage{Print{"mV"}, Print{"V", 0.1}};
constexpr std::array print_pressure{Print{"Pa"}, Print{"MPa"}, Print{"GPa"}};
constexpr std::array print_per_voltage{Print{"/V"}};
constexpr std::array print_resistance{Print{"uohm"}, Print{"mohm"}, Print{"ohm", 0.1}};
constexpr std::array print_inductance{Print{"pH"}, Print{"nH"}};
constexpr std::array print_capacitance{Print{"nF"}, Print{"uF"}};
constexpr std::array print_capacitance_per_area{Print{"nF/mm2"}, Print{"uF/mm2"}};
constexpr std::array print_money{Print{"USD"}, Print{"MUSD", 10}};
constexpr std::array print_data{Print{"bit"},  Print{"kbit", 10}, Print{"Mbit"},
                                Print{"Gbit"}, Print{"GB"},       Print{"TB"}};
constexpr std::array print_bandwidth{Print{"bit/s"},  Print{"kbit/s"},   Print{"Mbit/s"},
                                     Print{"Gbit/s"}, Print{"GB/s", 32}, Print{"TB/s"}};
constexpr std::array print_energy_per_bit{Print{"fJ/bit"}, Print{"pJ/bit", 0.01}};
constexpr std::array print_data_per_area{Print{"Mbit/mm2"}};
constexpr std::array print_money_per_area{Print{"USD/cm2"}, Print{"USD/mm2", 0.1}};
constexpr std::array print_money_per_data{Print{"USD/GB"}};
constexpr std::array print_money_per_time{Print{"USD/h"}};
constexpr std::array print_power_per_area{Print{"mW/mm2"}, Print{"W/mm2", 0.1}};
constexpr std::array print_energy_per_area{Print{"kWh/cm2"}};
constexpr std::array print_carbon{Print{"gCO2"}, Print{"kgCO2", 0.1}};
constexpr std::array print_carbon_per_area{Print{"gCO2/cm2"}, Print{"kgCO2/cm2", 0.1}};
constexpr std::array print_carbon_per_energy{Print{"gCO2/kWh"}};
constexpr std::array print_carbon_per_data{Print{"gCO2/GB"}, Print{"kgCO2/GB", 0.01}};
constexpr std::array print_money_per_carbon{Print{"USD/kgCO2"}};
constexpr std::array print_thermal_resistance{Print{"K/W"}};
constexpr std::array print_resistivity{Print{"K*mm2/W"}};
constexpr std::array print_conductivity{Print{"W/m/K"}};
constexpr std::array print_heat_capacity{Print{"J/cm3/K"}};
constexpr std::array print_expansion{Print{"ppm/K"}};
constexpr std::array print_time_per_length{Print{"ps/mm"}};
constexpr std::array print_time_per_area{Print{"ps/mm2"}};
constexpr std::array print_energy_per_bit_length{Print{"fJ/bit/mm"}, Print{"pJ/bit/mm", 0.01}};

namespace d = dimension;
constexpr std::array dimensions{
    DimensionName{d::none, "a plain number", "0.5", {}},
    DimensionName{d::length, "a length", "55 um", print_length},
    DimensionName{d::area, "an area", "64 mm2", print_area},
    DimensionName{d::area * -1, "a density per area", "0.1 /cm2", print_per_area},
    DimensionName{d::time, "a time", "12 weeks", print_time},
    DimensionName{d::time * -1, "a rate", "1.4 GHz", print_rate},
    DimensionName{d::energy, "an energy", "5 pJ", print_energy},
    DimensionName{d::power, "a power", "700 W", print_power},
    DimensionName{d::temperature, "a temperature", "85 degC", {}},
    DimensionName{d::temperature * -1, "an expansion per temperature", "2.6 ppm/K", print_expansion},
    DimensionName{d::current, "a current", "50 mA", print_current},
    DimensionName{d::power + d::current * -1, "a voltage", "0.8 V", print_voltage},
    DimensionName{d::current + d::power * -1, "a rise per voltage", "1.1 /V", print_per_voltage},
    DimensionName{d::energy + d::length * -3, "a pressure", "130 GPa", print_pressure},
    DimensionName{d::resistance, "a resistance", "2 mohm", print_resistance},
    DimensionName{d::inductance, "an inductance", "7 pH", print_inductance},
    DimensionName{d::capacitance, "a capacitance", "26 uF", print_capacitance},
    DimensionName{d::capacitance + d::area * -1, "a capacitance per area", "10 nF/mm2",
                  print_capacitance_per_area},
    DimensionName{d::money, "an amount of money", "9350 USD", print_money},
    DimensionName{d::data, "an amount of data", "16 GB", print_data},
    DimensionName{d::data + d::time * -1, "a bandwidth", "3.6 Gbit/s", print_bandwidth},
    DimensionName{d::energy + d::data * -1, "an energy per bit", "0.5 pJ/bit", print_energy_per_bit},
    DimensionName{d::data + d::area * -1, "an amount of data per area", "27 Mbit/mm2", print_data_per_area},
    DimensionName{d::money + d::area * -1, "a price per area", "0.02 USD/mm2", print_money_per_area},
    DimensionName{d::money + d::data * -1, "a price per data", "12 USD/GB", print_money_per_data},
    DimensionName{d::money + d::time * -1, "a price per time", "60 USD/h", print_money_per_time},
    DimensionName{d::power + d::area * -1, "a power per area", "0.5 W/mm2", print_power_per_area},
    DimensionName{d::energy + d::area * -1, "an energy per area", "1.5 kWh/cm2", print_energy_per_area},
    DimensionName{d::carbon, "an amount of carbon", "150 kgCO2", print_carbon},
    DimensionName{d::carbon + d::area * -1, "emissions per area", "0.2 kgCO2/cm2", print_carbon_per_area},
    DimensionName{d::carbon + d::energy * -1, "emissions per energy", "500 gCO2/kWh",
                  print_carbon_per_energy},
    DimensionName{d::carbon + d::data * -1, "emissions per data", "0.1 kgCO2/GB", print_carbon_per_data},
    DimensionName{d::money + d::carbon * -1, "a price per emissions", "0.1 USD/kgCO2",
                  print_money_per_carbon},
    DimensionName{d::temperature + d::power * -1, "a thermal resistance", "0.05 K/W",
                  print_thermal_resistance},
    DimensionName{d::temperature + d::area + d::power * -1, "a thermal resistance times area", "12 K*mm2/W",
                  print_resistivity},
    DimensionName{d::power + (d::length + d::temperature) * -1, "a thermal conductivity", "148 W/m/K",
                  print_conductivity},
    DimensionName{d::energy + (d::length * 3 + d::temperature) * -1, "a heat capacity per volume",
                  "1.63 J/cm3/K", print_heat_capacity},
    DimensionName{d::time + d::length * -1, "a delay per length", "7 ps/mm", print_time_per_length},
    DimensionName{d::time + d::area * -1, "a delay per length squared", "0.4 ps/mm2", print_time_per_area},
    DimensionName{d::energy + (d::data + d::length) * -1, "an energy per bit and length", "0.02 pJ/bit/mm",
                  print_energy_per_bit_length},
};

}  // namespace

std::span<const UnitName> unit_names() { return names; }

const DimensionName* find_dimension(const Dimension& dimension) {
  const auto* const found = std::ranges::find(dimensions, dimension, &DimensionName::dimension);
  return found == dimensions.end() ? nullptr : &*found;
}

}  // namespace marquetry
