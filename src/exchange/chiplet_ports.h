// What ports each kind of chiplet has, and on which net each instance has them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

using PortDirections = std::map<std::string, assembly::Direction, std::less<>>;
using PortNets = std::map<std::string, std::size_t, std::less<>>;  // of Assembly::nets

// By chiplet: those that it names, and those of its bumps, which go both ways.
std::vector<PortDirections> ports_of_chiplets(const assembly::Assembly& package);

// By instance. Complains of a port that is on two nets.
std::vector<PortNets> nets_of_instances(const assembly::Assembly& package, const SourceSpot& where,
                                        Diagnostics& diagnostics);

}  // namespace marquetry::exchange
