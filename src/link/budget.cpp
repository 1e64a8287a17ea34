#include "link/budget.h"

#include <algorithm>
#include <cmath>

#include "yield/spares.h"

namespace marquetry::link {
namespace {

constexpr Rate<> reference = unit::GHz;  // at which losses are stated
constexpr auto light = 299'792'458 * (unit::m / unit::s);

Bandwidth<> own_rate(const Link& link) { return Bandwidth<>::from_si(link.lane_rate.typ); }
Length<> reach(const Link& link) { return Length<>::from_si(link.reach.typ); }

bool is_limited(const Link& link, const Wires* wires) { return wires != nullptr && link.loss_budget.typ > 0; }

double loss_per_length(const Wires& wires, Rate<> frequency) {
  const double f = frequency / reference;
  return wires.skin_loss.typ * std::sqrt(f) + wires.dielectric_loss.typ * f;
}

// P(at least `needed` of `lanes` work).
double at_least(double lanes, double needed, double lost) {
  return yield::spare_dies(static_cast<int>(lanes), static_cast<int>(needed), 1 - lost);
}

}  // namespace

const Wires* wires_of(const Library& library, const Packaging& packaging, std::string_view link_class) {
  for (const auto& name : packaging.wires) {
    const auto* row = find(library.wires, name);
    if (row != nullptr && std::ranges::find(row->links, link_class) != row->links.end()) return row;
  }
  return nullptr;
}

// Skin effect and dielectric: Johnson & Graham, High-Speed Signal Propagation, 2003, chapter 3.
double loss(const Wires& wires, Length<> length, Rate<> frequency) {
  return loss_per_length(wires, frequency) * length.si();
}

Rate<> nyquist(const Link& link, Bandwidth<> rate) {
  return rate / unit::bit / (2 * link.bits_per_symbol.typ);
}

std::vector<Bandwidth<>> rates(const Link& link) {
  std::vector<Bandwidth<>> out{own_rate(link)};
  for (const auto& rate : link.rates) {
    if (rate < own_rate(link)) out.push_back(rate);
  }
  std::ranges::sort(out);
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::optional<Bandwidth<>> highest_rate(const Link& link, const Wires* wires, Length<> length) {
  if (!is_limited(link, wires)) return own_rate(link);
  std::optional<Bandwidth<>> best;
  for (const auto& rate : rates(link)) {
    if (loss(*wires, length, nyquist(link, rate)) <= link.loss_budget.typ) best = rate;
  }
  return best;
}

Length<> longest(const Link& link, const Wires* wires, Bandwidth<> rate) {
  if (!is_limited(link, wires)) return reach(link);
  return Length<>::from_si(link.loss_budget.typ / loss_per_length(*wires, nyquist(link, rate)));
}

// The larger of both: a line is one or the other, and between them neither is far off. 0.38 R C: Bakoglu,
// Circuits, Interconnections, and Packaging for VLSI, 1990, section 5.1.1 (half of the swing).
Time<> flight(const Wires& wires, Length<> length) {
  const Time<> wave = length * std::sqrt(wires.permittivity.typ) / light;
  const Time<> charge = Time<>::from_si(0.38 * wires.rc.typ * length.si() * length.si());
  return std::max(wave, charge);
}

Latency latency(const Link& link, const Wires& wires, Length<> length, Bandwidth<> rate, Data<> packet,
                double lanes) {
  return {.ends = Time<>::from_si(link.latency.typ),
          .wire = flight(wires, length),
          .serialisation = std::ceil(packet / (lanes * unit::bit)) * (unit::bit / rate)};
}

EnergyPerBit<> energy(const Link& link, const Wires* wires, Length<> length) {
  const auto ends = EnergyPerBit<>::from_si(link.energy.typ);
  if (wires == nullptr) return ends;
  return ends + EnergyPerBit<>::from_si(wires->energy.typ * length.si());
}

Power<> power(const Link& link, EnergyPerBit<> energy, double lanes, Bandwidth<> rate, double busy) {
  return lanes * rate * energy * (busy + link.idle_share.typ * (1 - busy));
}

Lanes lanes(const Link& link, const Room& room) {
  constexpr double unlimited = 1e18;
  const double module = link.lanes.typ, wires = link.wires.typ;
  Lanes out{.by = {unlimited, unlimited, unlimited}, .limit = {}, .count = {}};
  const Length<> width = Length<>::from_si(link.module_width.typ);
  if (room.edge.si() > 0 && width.si() > 0) out.by[0] = std::floor(room.edge / width + 1e-9) * module;
  if (room.area.si() > 0 && room.bump_pitch.si() > 0) {
    const double bumps =
        std::floor(room.area / (room.bump_pitch * room.bump_pitch) * room.packing + 1e-9) - room.other_bumps;
    out.by[1] = std::floor(std::max(bumps, 0.0) / wires * module + 1e-9);
  }
  if (room.edge.si() > 0 && room.escape.si() > 0) {
    out.by[2] = std::floor(room.escape * room.edge / wires * module + 1e-9);
  }
  const auto* least = std::min_element(out.by.begin(), out.by.end());
  out.limit = static_cast<Limit>(least - out.by.begin());
  out.count = *least;
  return out;
}

BandwidthPerLength shoreline(double lanes, Bandwidth<> rate, Length<> width) {
  if (width.si() <= 0) return {};
  return 2 * lanes * rate / width;
}

Bandwidth<> bandwidth(const Link& link, double lanes, Bandwidth<> rate) {
  return lanes * link.efficiency.typ * rate;
}

double packet_efficiency(Data<> payload, Data<> overhead) { return payload / (payload + overhead); }

// Each group of lanes of each direction has its own spares.
double whole(const Link& link, double lost) {
  const int lanes = static_cast<int>(link.lanes.typ);
  if (link.repair_group.typ < 1) return std::pow(1 - lost, 2 * lanes);
  const yield::RepairGroup group{static_cast<int>(link.repair_group.typ),
                                 static_cast<int>(link.spare_lanes.typ)};
  const double one_way = yield::link_yield(lanes, group, lost);
  return one_way * one_way;
}

// A lane that either end has lost is mended for both: each end has the square root of the link's yield.
double mended(const Link& link, double bump_yield) {
  if (link.repair_group.typ < 1 || bump_yield >= 1) return 1;
  const double groups = std::ceil(link.lanes.typ / link.repair_group.typ);
  const double bumps = 2 * (link.lanes.typ + groups * link.spare_lanes.typ);
  return std::sqrt(whole(link, lost_lane(bump_yield))) / std::pow(bump_yield, bumps);
}

// Lanes are not permuted: the low or the high part of the module goes on, the same in both directions.
double narrowed(const Link& link, double lost) {
  const double narrow = link.narrow_lanes.typ, lanes = link.lanes.typ;
  if (narrow <= 0) return 0;
  const double part = std::pow(1 - lost, 2 * narrow);
  const double parts = std::floor(lanes / narrow);
  return at_least(parts, 1, 1 - part) - std::pow(part, parts);
}

double lost_lane(double bump_yield) { return 1 - bump_yield * bump_yield; }

// Go-back-N: Bertsekas & Gallager, Data Networks, 1992, section 2.4.
Retry retry(const Link& link, Time<> round_trip) {
  Retry out;
  const double bits = Data<>::from_si(link.packet.typ) / unit::bit, window = link.retry_window.typ;
  if (bits <= 0 || window < 1 || link.bit_errors.typ <= 0) return out;
  const double p = -std::expm1(bits * std::log1p(-link.bit_errors.typ));
  out.packet_errors = p;
  out.efficiency = (1 - p) / (1 + p * (window - 1));
  out.mean = round_trip * (p / (1 - p));
  out.tail = p * p;
  return out;
}

Time<> round_trip(const Link& link, Time<> one_way, double lanes, Bandwidth<> rate) {
  return 2 * one_way + Data<>::from_si(link.packet.typ) / (std::max(lanes, 1.0) * rate);
}

}  // namespace marquetry::link
