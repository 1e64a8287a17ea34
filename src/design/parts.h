// The tables of a design file, one function each.
#pragma once

#include "design/design.h"
#include "design/open_fields.h"

namespace marquetry {

// What every part of the reading works on.
struct DesignReading {
  const Library& library;
  Reader& root;
  OpenFields& open;
  Design& design;
  Diagnostics& diagnostics;
};

inline constexpr std::string_view outside = "outside";  // the far end of links to other packages

void read_cover(DesignReading& reading);  // section, interface and lid of the package
void read_dies(DesignReading& reading);
void read_memories(DesignReading& reading);
void read_links(DesignReading& reading);
void read_workloads(DesignReading& reading);

void read_profiles(DesignReading& reading);
void read_constraints(DesignReading& reading);
void read_objectives(DesignReading& reading);
void read_layout(DesignReading& reading);
void read_room_for_later(DesignReading& reading);  // blocks, nets, products

// What no table shows alone: hosts and ends that exist, stacks without cycles, numbers of parts.
void check_parts(DesignReading& reading);
void check_workloads(const DesignReading& reading);  // keys of one that do not go together

const std::vector<std::string>& precisions();
std::vector<std::string_view> topologies();  // those whose routers are dies

constexpr NumberKind whole(double least, double greatest) {
  return {.is_whole = true, .least = least, .greatest = greatest};
}

// The tables below `key`, with a complaint for an id that cannot be one.
std::vector<const Node*> part_tables(DesignReading& reading, std::string_view key);

}  // namespace marquetry
