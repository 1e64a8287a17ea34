// The parts of a RapidChiplet design, each from the object that its file holds. Every function complains
// about all that is wrong with its part.
#pragma once

#include "exchange/case_fields.h"
#include "proxy/design.h"

namespace marquetry::exchange::rapidchiplet {

void read_technologies(const Node& root, proxy::Design& design, Diagnostics& diagnostics);
void read_types(const Node& root, proxy::Design& design, Diagnostics& diagnostics);

// Of one list of places, whose entries name their type under `type_key`.
struct PlaceKeys {
  const char* type{};
  const char* rotation{};
  const char* position{};  // of an object with x and y; null: they stand in the entry itself
};
void read_chiplets(Fields& placement, std::string_view list, const PlaceKeys& keys, proxy::Design& design);
void read_routers(const std::vector<Node>& routers, proxy::Design& design, Diagnostics& diagnostics);

// Everything but the laws of latency and power.
struct PackagingKeys {
  const char* pitch{};
  const char* router_latency{};
  const char* router_power{};
};
void read_packaging(Fields& fields, const PackagingKeys& keys, proxy::Design& design);

// A whole number below `count`, or a complaint that says what it names.
std::optional<std::uint32_t> read_index(const Node& node, std::size_t count, const std::string& what,
                                        Diagnostics& diagnostics);
// Nothing after a complaint: that node has no such PHY.
std::optional<proxy::End> read_end(std::uint32_t node, const Node& phy, const proxy::Design& design,
                                   const std::string& what, Diagnostics& diagnostics);
// A complaint where it joins a node to itself.
void add_link(const proxy::Link& link, const Node& node, const std::string& what, proxy::Design& design,
              Diagnostics& diagnostics);

// What must hold for the whole: every flow of the traffic has a way. `spot` is where to point at.
void check(proxy::Design& design, const SourceSpot& spot, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::rapidchiplet
