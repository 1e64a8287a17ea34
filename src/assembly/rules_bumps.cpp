// Rules on bumps: in their regions, on the nets of those that they meet.
#include <algorithm>
#include <map>
#include <set>

#include "assembly/rules.h"

namespace marquetry::assembly {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

// Every bump of every instance has a number: those of a region follow each other.
class Bumps {
 public:
  explicit Bumps(const Assembly& a) : assembly_{a} {
    for (const auto& instance : a.instances) {
      auto& of = first_.emplace_back();
      for (const auto& region : chiplet_of(a, instance).regions) {
        of.push_back(size_);
        size_ += region.bumps.size();
      }
    }
  }
  std::size_t size() const { return size_; }
  std::size_t first(const RegionOf& r) const { return first_[r.instance][r.region]; }
  std::size_t number(const BumpOf& b) const { return first({b.instance, b.region}) + b.bump; }

 private:
  const Assembly& assembly_;
  std::vector<std::vector<std::size_t>> first_{};
  std::size_t size_{};
};

struct Placed {
  Point at{};
  std::size_t bump{};
};

bool is_before(Point p, Point q) { return p.x != q.x ? p.x < q.x : p.y < q.y; }

// Bumps of regions by place, each region sorted once: a carrier is part of many connections.
class Places {
 public:
  explicit Places(const Assembly& a) : assembly_{a} {}

  const std::vector<Placed>& of(const RegionOf& r) {
    auto& out = sorted_[{r.instance, r.region}];
    const auto& bumps = region_of(assembly_, r).bumps;
    if (out.size() == bumps.size()) return out;
    out.reserve(bumps.size());
    for (std::size_t b = 0; b < bumps.size(); ++b)
      out.push_back({place_of(assembly_, assembly_.instances[r.instance], bumps[b].at), b});
    std::ranges::sort(out, [](const Placed& p, const Placed& q) {
      return p.at != q.at ? is_before(p.at, q.at) : p.bump < q.bump;
    });
    return out;
  }

 private:
  const Assembly& assembly_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Placed>> sorted_{};
};

// Calls `meet` with the upper and the lower bump at each point where both regions have one.
template <class Meet>
void for_each_meeting(Places& places, const Connection& c, const Meet& meet) {
  const auto &upper = places.of(*c.top), &lower = places.of(*c.bottom);
  const bool few_above = upper.size() < lower.size();
  const auto &few = few_above ? upper : lower, &many = few_above ? lower : upper;
  auto from = many.begin();
  for (const auto& bump : few) {
    from = std::ranges::lower_bound(from, many.end(), bump.at, is_before, &Placed::at);
    if (from == many.end()) return;
    if (from->at != bump.at) continue;
    const auto a = few_above ? bump.bump : from->bump, b = few_above ? from->bump : bump.bump;
    meet(BumpOf{c.top->instance, c.top->region, a}, BumpOf{c.bottom->instance, c.bottom->region, b});
  }
}

std::string bump_name(const Assembly& a, const BumpOf& b) {
  return a.instances[b.instance].name + "." + bump_of(a, b).name;
}

std::string place_text(const Assembly& a, const BumpOf& b) {
  const Point at = place_of(a, b);
  return "(" + micrometres(at.x, a.precision) + ", " + micrometres(at.y, a.precision) + ") um";
}

// Bumps of an instance that stand for the same port are one inside it.
void join_ports(const Assembly& a, const Bumps& bumps, const Net& net, Groups& groups) {
  struct Inside {
    std::size_t instance{};
    std::string_view port{};
    std::size_t bump{};
  };
  std::vector<Inside> inside;
  for (const auto& pin : net.pins) {
    const auto& bump = bump_of(a, pin);
    inside.push_back({pin.instance, bump.port.empty() ? bump.net : bump.port, bumps.number(pin)});
  }
  std::ranges::sort(inside, [](const Inside& p, const Inside& q) {
    return p.instance != q.instance ? p.instance < q.instance
           : p.port != q.port       ? p.port < q.port
                                    : p.bump < q.bump;
  });
  for (std::size_t i = 1; i < inside.size(); ++i) {
    if (inside[i].instance == inside[i - 1].instance && inside[i].port == inside[i - 1].port &&
        !inside[i].port.empty())
      groups.join(inside[i].bump, inside[i - 1].bump);
  }
}

}  // namespace

void check_regions(const Assembly& a, std::vector<Fault>& out) {
  {
    Faults faults{Rule::bump_in_region, out};
    for (const auto& chiplet : a.chiplets)
      for (const auto& region : chiplet.regions)
        for (const auto& bump : region.bumps)
          if (!contains(region, bump.at))
            faults.add(
                [&] {
                  return "bump '" + bump.name + "' at (" + micrometres(bump.at.x, a.precision) + ", " +
                         micrometres(bump.at.y, a.precision) + ") um lies outside its region '" +
                         chiplet.name + "." + region.name + "'";
                },
                "places of bumps count from the lower-left corner of the unturned chiplet");
  }
  Faults faults{Rule::region_used, out};
  std::set<std::pair<std::size_t, std::size_t>> used;
  for (const auto& c : a.connections)
    for (const auto& end : {c.top, c.bottom})
      if (end) used.insert({end->instance, end->region});
  for (std::size_t i = 0; i < a.instances.size(); ++i) {
    const auto& regions = chiplet_of(a, a.instances[i]).regions;
    for (std::size_t r = 0; r < regions.size(); ++r)
      if (regions[r].face == Face::internal_ext && !used.contains({i, r}))
        faults.add(
            [&] {
              return "region '" + name_of(a, {i, r}) + "' is internal_ext, but nothing uses it";
            },
            "name it in a connection, or make it internal");
  }
}

void check_nets(const Assembly& a, std::vector<Fault>& out) {
  if (a.nets.empty()) return;  // the nets of bumps are those of their chiplets: nothing says what is joined
  const Bumps bumps{a};
  std::vector<std::size_t> net_of(bumps.size(), none);
  Groups groups{bumps.size()};
  std::vector<Fault> shorts;
  {
    Faults faults{Rule::bump_nets, shorts};
    for (std::size_t n = 0; n < a.nets.size(); ++n)
      for (const auto& pin : a.nets[n].pins) {
        auto& own = net_of[bumps.number(pin)];
        if (own != none && own != n)
          faults.add(
              [&] {
                return "bump '" + bump_name(a, pin) + "' is on net '" + a.nets[own].name + "' and on net '" +
                       a.nets[n].name + "'";
              },
              "a bump is on one net");
        own = n;
      }
    Places places{a};
    for (const auto& c : a.connections) {
      if (!c.top || !c.bottom) continue;
      for_each_meeting(places, c, [&](const BumpOf& upper, const BumpOf& lower) {
        const auto p = bumps.number(upper), q = bumps.number(lower);
        groups.join(p, q);
        if (net_of[p] == net_of[q] || net_of[p] == none || net_of[q] == none) return;
        faults.add(
            [&] {
              return "bumps '" + bump_name(a, upper) + "' and '" + bump_name(a, lower) + "' meet at " +
                     place_text(a, upper) + ", but carry nets '" + a.nets[net_of[p]].name + "' and '" +
                     a.nets[net_of[q]].name + "'";
            },
            "move one of them, or put both on one net");
      });
    }
  }
  out.insert(out.end(), shorts.begin(), shorts.end());
  Faults faults{Rule::net_connected, out};
  for (const auto& net : a.nets) {
    if (net.pins.size() < 2) continue;
    join_ports(a, bumps, net, groups);
    const auto whole = groups.of(bumps.number(net.pins.front()));
    const auto apart =
        std::ranges::find_if(net.pins, [&](const BumpOf& b) { return groups.of(bumps.number(b)) != whole; });
    if (apart == net.pins.end()) continue;
    faults.add(
        [&] {
          return "net '" + net.name + "' is open: no bumps that meet join '" + bump_name(a, *apart) +
                 "' to '" + bump_name(a, net.pins.front()) + "'";
        },
        "bumps of a net must lie on those of the chiplet below or above");
  }
}

}  // namespace marquetry::assembly
