// The rules of a package's geometry: those that OpenROAD's check_3dblox asserts, and what must hold for its
// bumps and nets. Nothing here knows how an assembly was made.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"

namespace marquetry::assembly {

enum class Rule : std::uint8_t {
  reference,     // what is named is there
  unique_names,  // no two things of a kind have the same name
  overlap,       // no two instances take the same space
  facing,        // the upper region of a connection looks down, the lower one up, and they meet
  gap,           // the thickness of a connection is the gap between its regions
  floating,      // all instances hang together
  bump_in_region,
  region_used,    // a region of kind internal_ext is part of a connection
  bump_nets,      // bumps that meet carry the same net
  net_connected,  // the bumps of a net hang together
};

struct Fault {
  Rule rule{};
  std::string message{};
  std::string hint{};
  std::size_t count{1};  // of faults that it stands for: the last of a rule stands for all that are not shown
};

std::span<const std::string_view> rule_names();  // by Rule
std::string_view rule_name(Rule rule);

// Of each rule the first twenty faults and how many more there are.
std::vector<Fault> check(const Assembly& assembly);

}  // namespace marquetry::assembly
