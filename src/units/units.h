// The named quantities and units of the program. The only file that knows a prefix.
#pragma once

#include "units/quantity.h"

namespace marquetry {

namespace dimension {
inline constexpr Dimension length{.length = 1}, area{.length = 2}, time{.time = 1}, energy{.energy = 1},
    power{.time = -1, .energy = 1}, temperature{.temperature = 1}, current{.current = 1}, money{.money = 1},
    data{.information = 1}, carbon{.carbon = 1}, none{};
}  // namespace dimension

template <Number Real = double>
using Length = Quantity<dimension::length, Real>;
template <Number Real = double>
using Area = Quantity<dimension::area, Real>;
template <Number Real = double>
using Time = Quantity<dimension::time, Real>;
template <Number Real = double>
using Rate = Quantity<dimension::time * -1, Real>;  // clocks, operations a second
template <Number Real = double>
using Energy = Quantity<dimension::energy, Real>;
template <Number Real = double>
using Power = Quantity<dimension::power, Real>;
template <Number Real = double>
using Temperature = Quantity<dimension::temperature, Real>;  // absolute, in kelvin; also differences
template <Number Real = double>
using Current = Quantity<dimension::current, Real>;
template <Number Real = double>
using Money = Quantity<dimension::money, Real>;
template <Number Real = double>
using Data = Quantity<dimension::data, Real>;
template <Number Real = double>
using Carbon = Quantity<dimension::carbon, Real>;

template <Number Real = double>
using Voltage = Quantity<dimension::power + dimension::current * -1, Real>;
template <Number Real = double>
using PerArea = Quantity<dimension::area * -1, Real>;  // defects, transistors, bumps
template <Number Real = double>
using PerLength = Quantity<dimension::length * -1, Real>;  // defects of a seam
template <Number Real = double>
using Bandwidth = Quantity<dimension::data + dimension::time * -1, Real>;
template <Number Real = double>
using EnergyPerBit = Quantity<dimension::energy + dimension::data * -1, Real>;
template <Number Real = double>
using DataPerArea = Quantity<dimension::data + dimension::area * -1, Real>;
template <Number Real = double>
using MoneyPerArea = Quantity<dimension::money + dimension::area * -1, Real>;
template <Number Real = double>
using MoneyPerData = Quantity<dimension::money + dimension::data * -1, Real>;
template <Number Real = double>
using MoneyPerTime = Quantity<dimension::money + dimension::time * -1, Real>;
template <Number Real = double>
using PowerPerArea = Quantity<dimension::power + dimension::area * -1, Real>;
template <Number Real = double>
using EnergyPerArea = Quantity<dimension::energy + dimension::area * -1, Real>;
template <Number Real = double>
using CarbonPerArea = Quantity<dimension::carbon + dimension::area * -1, Real>;
template <Number Real = double>
using CarbonPerEnergy = Quantity<dimension::carbon + dimension::energy * -1, Real>;
template <Number Real = double>
using CarbonPerData = Quantity<dimension::carbon + dimension::data * -1, Real>;
template <Number Real = double>
using MoneyPerCarbon = Quantity<dimension::money + dimension::carbon * -1, Real>;
template <Number Real = double>
using ThermalResistance = Quantity<dimension::temperature + dimension::power * -1, Real>;
template <Number Real = double>
using ThermalResistivity = Quantity<dimension::temperature + dimension::area + dimension::power * -1, Real>;
template <Number Real = double>
using Conductivity = Quantity<dimension::power + (dimension::length + dimension::temperature) * -1, Real>;
template <Number Real = double>
using HeatCapacity =
    Quantity<dimension::energy + (dimension::length * 3 + dimension::temperature) * -1, Real>;
template <Number Real = double>
using PerTemperature = Quantity<dimension::temperature * -1, Real>;
template <Number Real = double>
using PerVoltage = Quantity<dimension::current + dimension::power * -1, Real>;
template <Number Real = double>
using Pressure = Quantity<dimension::energy + dimension::length * -3, Real>;

namespace unit {
// NOLINTBEGIN(readability-identifier-naming): unit symbols are spelt as the SI spells them
inline constexpr Length<> m = Length<>::from_si(1), cm = 1e-2 * m, mm = 1e-3 * m, um = 1e-6 * m,
                          nm = 1e-9 * m;
inline constexpr Area<> m2 = m * m, mm2 = mm * mm, cm2 = cm * cm, um2 = um * um;
inline constexpr Time<> s = Time<>::from_si(1), ms = 1e-3 * s, us = 1e-6 * s, ns = 1e-9 * s, ps = 1e-12 * s,
                        h = 3600 * s, day = 24 * h, week = 7 * day, year = 365.25 * day, month = year / 12;
inline constexpr Rate<> Hz = 1.0 / s, kHz = 1e3 * Hz, MHz = 1e6 * Hz, GHz = 1e9 * Hz, THz = 1e12 * Hz;
inline constexpr Energy<> J = Energy<>::from_si(1), mJ = 1e-3 * J, uJ = 1e-6 * J, nJ = 1e-9 * J,
                          pJ = 1e-12 * J, fJ = 1e-15 * J;
inline constexpr Power<> W = J / s, mW = 1e-3 * W, uW = 1e-6 * W, kW = 1e3 * W;
inline constexpr Energy<> kWh = kW * h;
inline constexpr Temperature<> K = Temperature<>::from_si(1);
inline constexpr Current<> A = Current<>::from_si(1), mA = 1e-3 * A;
inline constexpr Voltage<> V = W / A, mV = 1e-3 * V;
inline constexpr Pressure<> Pa = Pressure<>::from_si(1), MPa = 1e6 * Pa, GPa = 1e9 * Pa;
inline constexpr Money<> USD = Money<>::from_si(1), MUSD = 1e6 * USD;
inline constexpr Data<> bit = Data<>::from_si(1), kbit = 1e3 * bit, Mbit = 1e6 * bit, Gbit = 1e9 * bit,
                        Tbit = 1e12 * bit, B = 8 * bit, kB = 1e3 * B, MB = 1e6 * B, GB = 1e9 * B,
                        TB = 1e12 * B, KiB = 1024 * B, MiB = 1024 * KiB, GiB = 1024 * MiB;
inline constexpr Carbon<> kgCO2 = Carbon<>::from_si(1), gCO2 = 1e-3 * kgCO2;
// Pure numbers: shares, and counts of transistors and operations.
inline constexpr double percent = 0.01, ppm = 1e-6;
inline constexpr double Tr = 1, MTr = 1e6, GTr = 1e9, FLOP = 1, GFLOP = 1e9, TFLOP = 1e12, PFLOP = 1e15;
// NOLINTEND(readability-identifier-naming)

// 0 degrees Celsius. Only absolute temperatures are written in degC.
inline constexpr Temperature<> freezing_point = 273.15 * K;
}  // namespace unit

}  // namespace marquetry
