// Why nothing moves: the virtual channels that wait for each other in a circle.
#pragma once

#include <string>
#include <vector>

#include "routing/certificate.h"
#include "simulate/machine.h"

namespace marquetry::simulate {

// Each waits for the next one, the last for the first; empty where every packet can still move. A packet is
// stuck where it has no credit and the buffer ahead is full and stuck, or where all virtual channels that it
// may take are held by stuck ones (the greatest such set: a search in the graph of who waits for whom).
std::vector<routing::VirtualChannel> circle_of_waiting(const Machine& machine);

// "0 -> 1 vc 0, 1 -> 2 vc 0": channels by their routers.
std::string circle_text(const topology::Graph& graph, const std::vector<routing::VirtualChannel>& circle);

// Channels, and nodes as topology::Ports count them, that carry almost as much as the busiest one.
std::vector<std::uint32_t> fullest(const Machine& machine, const std::vector<double>& channel_use,
                                   const std::vector<double>& node_use);

std::string full_text(const topology::Graph& graph, const std::vector<std::uint32_t>& full,
                      const std::vector<double>& channel_use, const std::vector<double>& node_use);

}  // namespace marquetry::simulate
