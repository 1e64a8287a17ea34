#include "exchange/bump_csv/groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "assembly/places.h"

namespace marquetry::exchange {
namespace {

using assembly::Point;
using assembly::Rect;

constexpr auto no_net = static_cast<std::size_t>(-1);

Rect hull_of(const std::vector<assembly::Region>& regions) {
  Rect out{regions[0].bumps[0].at, regions[0].bumps[0].at};
  for (const auto& region : regions) {
    for (const auto& bump : region.bumps) out = geometry::hull(out, {bump.at, bump.at});
  }
  return out;
}

}  // namespace

void BumpGroups::add(BumpRow row, SourceSpot where) {
  const auto [at, is_new] = instances_.try_emplace(row.instance);
  auto& instance = at->second;
  if (is_new) {
    order_.push_back(row.instance);
    instance.chiplet = row.chiplet;
    instance.where = where;
  } else if (instance.chiplet != row.chiplet) {
    return diagnostics_.error(
        where, fmt::format("'{}' is of chiplet '{}' here, and of '{}' in line {}", row.instance, row.chiplet,
                           instance.chiplet, instance.where.line));
  }
  const auto [seen, is_first] = instance.names.emplace(row.region + '\n' + row.bump, where.line);
  if (!is_first)
    return diagnostics_.error(where, fmt::format("bump '{}' of '{}' stands in line {} already", row.bump,
                                                 row.instance, seen->second));
  std::size_t r = 0;
  while (r < instance.regions.size() && instance.regions[r].name != row.region) ++r;
  if (r == 64) return diagnostics_.error(where, fmt::format("'{}' has more than 64 regions", row.instance));
  if (r == instance.regions.size()) {
    instance.regions.push_back({.name = row.region, .face = row.face});
    instance.nets.emplace_back();
  }
  const auto cell = cells_.emplace(row.cell, package_.cells.size());
  if (cell.second) package_.cells.push_back({.name = row.cell});
  auto net = no_net;
  if (!row.net.empty()) {
    const auto known = nets_.emplace(row.net, package_.nets.size());
    if (known.second) package_.nets.push_back({.name = row.net});
    net = known.first->second;
  }
  instance.nets[r].push_back(net);
  instance.regions[r].bumps.push_back(
      {.name = std::move(row.bump), .cell = cell.first->second, .at = row.at, .port = std::move(row.port)});
}

bool BumpGroups::fits(const Instance& from, const assembly::Chiplet& chiplet, assembly::Instance& to) {
  if (from.regions.size() != chiplet.regions.size()) return false;
  for (const bool is_mirrored : {false, true}) {
    for (const auto rotation : geometry::rotations) {
      const assembly::Orientation turn{rotation, is_mirrored, false};
      const auto is_same = [&](const assembly::Region& a, const assembly::Region& b) {
        return a.name == b.name && a.face == b.face &&
               std::ranges::equal(a.bumps, b.bumps, [&](const auto& there, const auto& own) {
                 return there.name == own.name && there.cell == own.cell && there.port == own.port &&
                        there.at == to.low + assembly::placed(own.at, chiplet.size, turn);
               });
      };
      if (std::ranges::equal(from.regions, chiplet.regions, is_same)) {
        to.orientation = turn;
        return true;
      }
    }
  }
  return false;
}

assembly::Assembly BumpGroups::package(const std::string& name, const std::string& file) {
  package_.name = name;
  std::unordered_map<std::string, std::size_t> kinds;
  for (const auto& instance_name : order_) {
    auto& from = instances_.at(instance_name);
    const auto box = hull_of(from.regions);
    const auto [kind, is_new] = kinds.emplace(from.chiplet, package_.chiplets.size());
    assembly::Instance to{.name = instance_name, .chiplet = kind->second, .low = box.low};
    if (is_new) {
      assembly::Chiplet chiplet{
          .name = from.chiplet, .size = {box.width(), box.height()}, .regions = from.regions};
      for (auto& region : chiplet.regions) {
        region.corners = {Point{0, 0}, {box.width(), 0}, {box.width(), box.height()}, {0, box.height()}};
        for (auto& bump : region.bumps) bump.at = bump.at - box.low;
      }
      package_.chiplets.push_back(std::move(chiplet));
    } else if (!fits(from, package_.chiplets[kind->second], to)) {
      diagnostics_.error({file, from.where.line, 1},
                         fmt::format("the bumps of '{}' are not those of chiplet '{}', however it is turned",
                                     instance_name, from.chiplet),
                         "give it a chiplet of its own, or the same bumps in the same order");
      continue;
    }
    for (std::size_t r = 0; r < from.nets.size(); ++r) {
      for (std::size_t b = 0; b < from.nets[r].size(); ++b) {
        if (from.nets[r][b] != no_net)
          package_.nets[from.nets[r][b]].pins.push_back({package_.instances.size(), r, b});
      }
    }
    package_.instances.push_back(to);
  }
  return std::move(package_);
}

}  // namespace marquetry::exchange
