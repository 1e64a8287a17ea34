// Link budgets against the sums of the standards, and every link of the library on the wires of its class.
#include "link/budget.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "support/project.h"

using namespace marquetry;
using namespace marquetry::unit;

namespace {

const Library& library() {
  static const Library loaded = test::project_library();
  return loaded;
}
const Link& link_row(std::string_view id) { return *find(library().links, id); }
const Wires& wires_row(std::string_view id) { return *find(library().wires, id); }

// Oxide wires of 0.5 /mm sqrt + 0.1 /mm linear at 1 GHz.
Wires some_wires() {
  Wires w;
  w.skin_loss.typ = 0.5 / mm.si();
  w.dielectric_loss.typ = 0.1 / mm.si();
  w.permittivity.typ = 3.9;
  w.rc.typ = (2 * ps / mm2).si();
  w.energy.typ = (0.1 * pJ / bit / mm).si();
  return w;
}

Link some_link() {
  Link l;
  l.lanes.typ = 16;
  l.wires.typ = 40;
  l.lane_rate.typ = (32 * Gbit / s).si();
  l.rates = {8 * Gbit / s, 16 * Gbit / s, 32 * Gbit / s};
  l.efficiency.typ = 0.5;
  l.energy.typ = (1 * pJ / bit).si();
  l.idle_share.typ = 0.2;
  l.latency.typ = (2 * ns).si();
  l.reach.typ = (25 * mm).si();
  l.module_width.typ = (0.5 * mm).si();
  l.loss_budget.typ = 6;
  return l;
}

}  // namespace

TEST_CASE("loss, the highest rate that closes, and how far a rate goes, by hand") {
  const auto wires = some_wires();
  const auto link = some_link();
  // 16 GHz: 0.5 x 4 + 0.1 x 16 = 3.6 dB/mm; 8 GHz: 2.214; 4 GHz: 1.4
  CHECK(link::loss(wires, 2 * mm, 16 * GHz) == Approx(7.2));
  CHECK(*link::highest_rate(link, &wires, 1.6 * mm) == 32 * Gbit / s);  // 5.76 dB
  CHECK(*link::highest_rate(link, &wires, 1.7 * mm) == 16 * Gbit / s);  // 6.12, 3.76
  CHECK(*link::highest_rate(link, &wires, 4 * mm) == 8 * Gbit / s);     // 8.86, 5.6
  CHECK_FALSE(link::highest_rate(link, &wires, 4.3 * mm));              // 6.02
  CHECK(link::longest(link, &wires, 32 * Gbit / s) / mm == Approx(6 / 3.6));
  CHECK(link::nyquist(link, 32 * Gbit / s) / GHz == Approx(16));
  auto pam4 = link;
  pam4.bits_per_symbol.typ = 2;
  CHECK(link::nyquist(pam4, 112 * Gbit / s) / GHz == Approx(28));
}

TEST_CASE("without a budget, or on wires that nobody describes, the reach and the rate are the link's own") {
  auto link = some_link();
  CHECK(*link::highest_rate(link, nullptr, 400 * mm) == 32 * Gbit / s);
  CHECK(link::longest(link, nullptr, 32 * Gbit / s) == 25 * mm);
  link.loss_budget.typ = 0;
  const auto wires = some_wires();
  CHECK(*link::highest_rate(link, &wires, 400 * mm) == 32 * Gbit / s);
}

TEST_CASE("a wave in oxide takes 6.6 ps/mm, until resistance is slower") {
  const auto wires = some_wires();
  CHECK(link::flight(wires, 1 * mm) / ps == Approx(6.587).epsilon(1e-3));  // sqrt(3.9) / c
  CHECK(link::flight(wires, 8 * mm) / ps == Approx(8 * 6.587).epsilon(1e-3));
  CHECK(link::flight(wires, 10 * mm) / ps == Approx(0.38 * 2 * 100));  // above 8.67 mm
}

TEST_CASE("latency: ends, wire, serialisation; energy: ends and wire; power: busy and idle") {
  const auto wires = some_wires();
  const auto link = some_link();
  // 257 bits on 16 lanes: 17 unit intervals of 31.25 ps
  const auto t = link::latency(link, wires, 2 * mm, 32 * Gbit / s, 257 * bit, 16);
  CHECK(t.ends == 2 * ns);
  CHECK(t.serialisation / ps == Approx(17 * 31.25));
  CHECK(t.total() / ps == Approx(2000 + 2 * 6.587 + 531.25).epsilon(1e-5));
  CHECK(link::energy(link, &wires, 3 * mm) / (pJ / bit) == Approx(1.3));
  CHECK(link::energy(link, nullptr, 3 * mm) / (pJ / bit) == Approx(1));
  // 16 x 32 Gbit/s x 1 pJ/bit x (0.25 + 0.2 x 0.75)
  CHECK(link::power(link, 1 * pJ / bit, 16, 32 * Gbit / s, 0.25) / W == Approx(0.512 * 0.4));
  CHECK(link::power(link, 1 * pJ / bit, 16, 32 * Gbit / s, 0) / W == Approx(0.512 * 0.2));
}

TEST_CASE("lanes are the least of what edge, bumps and escape hold") {
  const auto link = some_link();
  const link::Room room{
      .edge = 2.2 * mm, .area = 2 * mm2, .bump_pitch = 100 * um, .other_bumps = 60, .escape = 60.0 / mm};
  const auto lanes = link::lanes(link, room);
  CHECK(lanes.by[0] == 4 * 16);  // floor(2.2 / 0.5) modules
  CHECK(lanes.by[1] == 56);      // (200 - 60) / 40 x 16
  CHECK(lanes.by[2] == 52);      // floor(132 / 40 x 16)
  CHECK(lanes.limit == link::Limit::escape);
  CHECK(lanes.count == 52);
  auto hexagonal = room;
  hexagonal.packing = 2 / std::sqrt(3.0);
  CHECK(link::lanes(link, hexagonal).by[1] == 68);  // (230 - 60) / 40 x 16
  CHECK(link::bandwidth(link, 52, 32 * Gbit / s) / (Gbit / s) == Approx(52 * 16));
}

TEST_CASE("beachfront densities of UCIe are the published headlines") {
  // Both directions: 2 x lanes x rate / width
  const auto shoreline = [](const Link& l) {
    return link::shoreline(l.lanes.typ, Bandwidth<>::from_si(l.lane_rate.typ),
                           Length<>::from_si(l.module_width.typ)) /
           (GB / unit::s / mm);
  };
  CHECK(link::shoreline(80, 4 * Gbit / unit::s, 0 * mm).si() == 0);  // face to face
  CHECK(shoreline(link_row("ucie-s")) == Approx(224).epsilon(1e-3));
  CHECK(shoreline(link_row("ucie-a")) == Approx(1317).epsilon(1e-3));
}

TEST_CASE("packets of the Versal network carry what its manual says") {
  // AMD PG406: 16 GB/s; writes of 256 B take 16 B more, so do those of 64 B
  CHECK(16 * link::packet_efficiency(256 * B, 16 * B) == Approx(15.06).epsilon(1e-3));
  CHECK(16 * link::packet_efficiency(64 * B, 16 * B) == Approx(12.8));
  CHECK(link::packet_efficiency(64 * B, 4 * B) == Approx(0.941).epsilon(1e-3));  // UCIe flit of 68 B
}

TEST_CASE("UCIe reaches 25 mm in a package and 2 mm on silicon at its highest rate, and not much more") {
  const auto& standard = link_row("ucie-s");
  const auto& organic = wires_row("organic-buildup");
  CHECK(*link::highest_rate(standard, &organic, 25 * mm) == 32 * Gbit / s);
  CHECK(*link::highest_rate(standard, &organic, 30 * mm) < 32 * Gbit / s);
  const auto& advanced = link_row("ucie-a");
  const auto& silicon = wires_row("silicon-1um");
  CHECK(*link::highest_rate(advanced, &silicon, 2 * mm) == 32 * Gbit / s);
  CHECK(*link::highest_rate(advanced, &silicon, 2.5 * mm) < 32 * Gbit / s);
}

TEST_CASE("every link of the library closes at its rate and reach on a packaging of its class") {
  for (const auto& row : library().links) {
    if (row.link_class == "external") continue;  // leaves the package: no wires of it
    bool closes = false;
    for (const auto& packaging : library().packagings) {
      if (std::ranges::find(packaging.links, row.link_class) == packaging.links.end()) continue;
      const auto rate = link::highest_rate(row, link::wires_of(library(), packaging, row.link_class),
                                           Length<>::from_si(row.reach.typ));
      closes = closes || (rate && rate->si() == row.lane_rate.typ);
    }
    INFO(row.id);
    CHECK(closes);
    if (row.link_class != "3d") CHECK(row.loss_budget.typ > 0);
  }
}

TEST_CASE("a longer wire is never faster, sooner or cheaper; a lower rate never reaches less far") {
  for (const auto& row : library().links) {
    for (const auto& wires : library().wires) {
      auto rate = Bandwidth<>::from_si(row.lane_rate.typ);
      auto energy = EnergyPerBit<>{};
      auto flight = Time<>{};
      for (double x = 0; x < 100; x += 0.7) {
        const auto now = link::highest_rate(row, &wires, x * mm).value_or(Bandwidth<>{});
        CHECK(now <= rate);
        CHECK(link::energy(row, &wires, x * mm) >= energy);
        CHECK(link::flight(wires, x * mm) >= flight);
        rate = now;
        energy = link::energy(row, &wires, x * mm);
        flight = link::flight(wires, x * mm);
      }
      Length<> last = 1e9 * m;
      for (const auto& r : link::rates(row)) {
        CHECK(link::longest(row, &wires, r) <= last);
        last = link::longest(row, &wires, r);
      }
    }
  }
}

TEST_CASE("spare lanes mend a module; without them it goes on at half of its width") {
  // Two lanes for 32 in each direction: sum of C(34, i) q^i (1-q)^(34-i), i = 0 .. 2, to the fourth
  const auto& advanced = link_row("ucie-a");
  const double q = 0.01, p = 1 - q;
  const double group = std::pow(p, 34) + 34 * q * std::pow(p, 33) + 561 * q * q * std::pow(p, 32);
  CHECK(link::whole(advanced, q) == Approx(std::pow(group, 4)));
  CHECK(link::narrowed(advanced, q) == 0);
  const auto& standard = link_row("ucie-s");
  CHECK(link::whole(standard, q) == Approx(std::pow(p, 32)));
  const double half = std::pow(p, 16);
  CHECK(link::narrowed(standard, q) == Approx(2 * half * (1 - half)));
  CHECK(link::whole(standard, 0) == 1);
  CHECK(link::narrowed(standard, 0) == 0);
  CHECK(link::lost_lane(0.9) == Approx(0.19));
}

TEST_CASE("spare lanes raise the yield of the bumps of an end by what both ends share") {
  const auto& advanced = link_row("ucie-a");
  const double c = 0.999, q = 1 - c * c;
  // 2 x (64 + 4) bumps of data lanes at each end; both ends together hold with `whole`.
  const double all = std::pow(c, 136);
  CHECK(link::mended(advanced, c) * all * link::mended(advanced, c) * all ==
        Approx(link::whole(advanced, q)));
  CHECK(link::mended(advanced, c) > 1);
  CHECK(link::mended(advanced, 1) == 1);
  CHECK(link::mended(link_row("ucie-s"), c) == 1);  // without spares
}

TEST_CASE("the word that a packet came wrong is back after the packet and two ways") {
  auto link = some_link();
  link.packet.typ = (1024 * bit).si();
  // 1024 bits over 16 lanes of 32 Gbit/s: 2 ns
  CHECK(link::round_trip(link, 3 * ns, 16, 32 * Gbit / unit::s) / ns == Approx(8));
}

TEST_CASE("sending again costs rate and time, and nothing where bits arrive right") {
  auto link = some_link();
  CHECK(link::retry(link, 20 * ns).efficiency == 1);
  link.packet.typ = (1000 * bit).si();
  link.bit_errors.typ = 1e-5;
  link.retry_window.typ = 11;
  const auto r = link::retry(link, 20 * ns);
  CHECK(r.packet_errors == Approx(1 - std::pow(1 - 1e-5, 1000)));
  CHECK(r.efficiency == Approx((1 - r.packet_errors) / (1 + 10 * r.packet_errors)));
  CHECK(r.mean / ns == Approx(20 * r.packet_errors / (1 - r.packet_errors)));
  CHECK(r.tail == Approx(r.packet_errors * r.packet_errors));
  link.bit_errors.typ = 1e-15;
  CHECK(link::retry(link, 20 * ns).efficiency == Approx(1));
}

TEST_CASE("wires on glass lose less than film on organic: links go further where wires end them") {
  const auto& organic = *find(library().packagings, "rdl-interposer");
  const auto& glass = *find(library().packagings, "glass-core");
  std::size_t further = 0;
  for (const auto& row : library().links) {
    const auto* film = link::wires_of(library(), organic, row.link_class);
    const auto* core = link::wires_of(library(), glass, row.link_class);
    if (film == nullptr || core == nullptr) continue;
    INFO(row.id);
    CHECK(link::loss(*core, 5 * mm, 16 * GHz) < link::loss(*film, 5 * mm, 16 * GHz));
    for (const auto& rate : link::rates(row)) {
      const auto here = link::longest(row, core, rate), there = link::longest(row, film, rate);
      CHECK(here >= there);
      if (here > there) ++further;
    }
  }
  CHECK(further > 0);
}
