// What one link of the library does over a given length of a given kind of wires: rate, bandwidth, latency,
// energy, yield. Values only: which rate of a standard closes is a step, without slope or hull, and only the
// physical rung, which knows lengths, asks. Sources and checks: docs/links.md.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "library/library.h"
#include "units/units.h"

namespace marquetry::link {

// The wires on which a packaging carries links of that class; null where the library says nothing of them.
const Wires* wires_of(const Library& library, const Packaging& packaging, std::string_view link_class);

// Decibels lost over that length at that frequency.
double loss(const Wires& wires, Length<> length, Rate<> frequency);

// At which a lane must be heard: half of its symbols a second.
Rate<> nyquist(const Link& link, Bandwidth<> rate);

// Every rate of the link, rising; the last one is its own.
std::vector<Bandwidth<>> rates(const Link& link);

// The highest of them whose loss over that length is within the link's budget; nothing where none is. Without
// a budget or wires that are known: the link's own.
std::optional<Bandwidth<>> highest_rate(const Link& link, const Wires* wires, Length<> length);

// The longest wire over which that rate closes; without budget or wires the link's reach.
Length<> longest(const Link& link, const Wires* wires, Bandwidth<> rate);

// From end to end of the wire: as light goes in what is round it, or as its resistance charges its
// capacitance.
Time<> flight(const Wires& wires, Length<> length);

// Of one packet, from the first bit at the transmitter to the last one at the far side.
struct Latency {
  Time<> ends{}, wire{}, serialisation{};
  Time<> total() const { return ends + wire + serialisation; }
};
Latency latency(const Link& link, const Wires& wires, Length<> length, Bandwidth<> rate, Data<> packet,
                double lanes);

// Of a bit over that length, transmitter and receiver included.
EnergyPerBit<> energy(const Link& link, const Wires* wires, Length<> length);

// Of that many lanes, busy for that share of the time: an idle lane is not free.
Power<> power(const Link& link, EnergyPerBit<> energy, double lanes, Bandwidth<> rate, double busy);

// Lanes a direction, and what holds them down.
enum class Limit { beachfront, bumps, escape };
inline constexpr std::array<std::string_view, 3> limit_names{"beachfront", "bumps", "escape"};
struct Lanes {
  std::array<double, 3> by{};  // by Limit
  Limit limit{};
  double count{};
};
// What a link may take up on one die; the far end has as much. 0: no limit of that kind.
struct Room {
  Length<> edge{};
  Area<> area{};
  Length<> bump_pitch{};
  double packing{1};     // bumps in a pitch squared: 1 on a square grid, 2/sqrt(3) on a hexagonal one
  double other_bumps{};  // of them for supply and ground; the module's own clocks are in its wires
  PerLength<> escape{};  // wires that leave a length of edge
};
Lanes lanes(const Link& link, const Room& room);

// Raw bits of both directions by the edge that a module takes, with that many lanes a direction in use: the
// headline of standards. 0 for modules that take no edge.
using BandwidthPerLength = Quantity<dimension::data + (dimension::time + dimension::length) * -1>;
BandwidthPerLength shoreline(double lanes, Bandwidth<> rate, Length<> width);

// Payload of each direction.
Bandwidth<> bandwidth(const Link& link, double lanes, Bandwidth<> rate);

// Payload / what is sent, for packets of which `overhead` is no payload.
double packet_efficiency(Data<> payload, Data<> overhead);

// P(a module has all its lanes), each lost with that chance on its own; both directions.
double whole(const Link& link, double lost);
// P(it has not, but goes on at `narrow_lanes`).
double narrowed(const Link& link, double lost);
// By which its spares raise the yield of the bumps of one of its two ends, beside all of them having to hold.
double mended(const Link& link, double bump_yield);
// The chance that a lane is lost, from the yield of one bump: it has one at each end.
double lost_lane(double bump_yield);

// Packets that arrive wrong are sent again, with all that followed them (go-back-N). Without a window or bit
// errors nothing is.
struct Retry {
  double packet_errors{};  // share of packets that arrive wrong
  double efficiency{1};    // share of the rate that is left
  Time<> mean{};           // added to the latency
  double tail{};           // P(a packet takes more than one round trip longer)
};
Retry retry(const Link& link, Time<> round_trip);
// From the first bit of a packet to the word that it came wrong.
Time<> round_trip(const Link& link, Time<> one_way, double lanes, Bandwidth<> rate);

}  // namespace marquetry::link
