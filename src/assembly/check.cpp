#include "assembly/check.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "assembly/rules.h"

namespace marquetry::assembly {
namespace {

constexpr std::array<std::string_view, 10> names{"reference", "unique-names", "overlap",        "facing",
                                                 "gap",       "floating",     "bump-in-region", "region-used",
                                                 "bump-nets", "net-connected"};

template <class Rows>
void check_unique(const Rows& rows, std::string_view what, Faults& faults) {
  std::vector<std::string_view> sorted;
  sorted.reserve(rows.size());
  for (const auto& row : rows) sorted.push_back(row.name);
  std::ranges::sort(sorted);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (sorted[i].empty())
      faults.add([&] { return std::string{what} + " without a name"; }, "give each a name of its own");
    if (i == 0 || sorted[i] != sorted[i - 1] || (i > 1 && sorted[i] == sorted[i - 2])) continue;
    if (sorted[i].empty()) continue;
    faults.add([&] { return std::string{what} + " '" + std::string{sorted[i]} + "' occurs more than once"; },
               "give each a name of its own");
  }
}

}  // namespace

std::span<const std::string_view> rule_names() { return names; }
std::string_view rule_name(Rule rule) { return names[static_cast<std::size_t>(rule)]; }

Faults::~Faults() {
  if (found_ <= shown) return;
  const auto more = found_ - shown;
  all_.push_back({rule_, std::to_string(more) + " more of these", {}, more});
}

Groups::Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{}); }
std::size_t Groups::of(std::size_t member) {
  while (parent_[member] != member) member = parent_[member] = parent_[parent_[member]];
  return member;
}
void Groups::join(std::size_t a, std::size_t b) {
  a = of(a);
  b = of(b);
  parent_[std::max(a, b)] = std::min(a, b);
}

std::string length_text(Units units, int precision) {
  return micrometres(units, precision) + " um (" + std::to_string(units) + " units)";
}

void check_references(const Assembly& a, std::vector<Fault>& out) {
  Faults faults{Rule::reference, out};
  const auto is_region = [&](const RegionOf& r) {
    return r.instance < a.instances.size() && a.instances[r.instance].chiplet < a.chiplets.size() &&
           r.region < chiplet_of(a, a.instances[r.instance]).regions.size();
  };
  const auto missing = [&](std::string_view what, const std::string& name) {
    faults.add([&] { return std::string{what} + " '" + name + "' refers to what is not there"; }, "");
  };
  for (const auto& instance : a.instances)
    if (instance.chiplet >= a.chiplets.size()) missing("instance", instance.name);
  for (const auto& c : a.connections)
    if ((c.top && !is_region(*c.top)) || (c.bottom && !is_region(*c.bottom))) missing("connection", c.name);
  for (const auto& path : a.paths)
    if (!std::ranges::all_of(path.steps, is_region, &PathStep::at)) missing("path", path.name);
  for (const auto& net : a.nets) {
    const auto is_bump = [&](const BumpOf& b) {
      return is_region({b.instance, b.region}) && b.bump < region_of(a, {b.instance, b.region}).bumps.size();
    };
    if (!std::ranges::all_of(net.pins, is_bump)) missing("net", net.name);
  }
  for (const auto& chiplet : a.chiplets)
    for (const auto& region : chiplet.regions)
      for (const auto& bump : region.bumps)
        if (bump.cell >= a.cells.size()) missing("bump", chiplet.name + "." + region.name + "." + bump.name);
}

void check_names(const Assembly& a, std::vector<Fault>& out) {
  Faults faults{Rule::unique_names, out};
  check_unique(a.cells, "bump cell", faults);
  check_unique(a.chiplets, "chiplet", faults);
  check_unique(a.instances, "instance", faults);
  check_unique(a.connections, "connection", faults);
  check_unique(a.nets, "net", faults);
  check_unique(a.paths, "path", faults);
  for (const auto& chiplet : a.chiplets) {
    check_unique(chiplet.regions, "chiplet '" + chiplet.name + "': region", faults);
    check_unique(chiplet.ports, "chiplet '" + chiplet.name + "': port", faults);
    for (const auto& region : chiplet.regions)
      check_unique(region.bumps, "region '" + chiplet.name + "." + region.name + "': bump", faults);
  }
}

std::vector<Fault> check(const Assembly& assembly) {
  std::vector<Fault> out;
  check_references(assembly, out);
  if (!out.empty()) return out;  // nothing else can be looked at
  check_names(assembly, out);
  check_overlap(assembly, out);
  check_connections(assembly, out);
  check_regions(assembly, out);
  check_nets(assembly, out);
  return out;
}

}  // namespace marquetry::assembly
