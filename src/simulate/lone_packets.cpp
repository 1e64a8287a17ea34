#include "simulate/lone_packets.h"

#include "routing/load.h"

namespace marquetry::simulate {

double lone_packet_mean(const NetworkCase& network, const routing::Routing& routing) {
  const std::vector<double> matrix = traffic::matrix(network.traffic);
  const std::vector<std::uint32_t> cycles =
      routing::zero_load(network.graph, routing, network.router, network.packet);
  double sum = 0, all = 0;
  for (std::size_t i = 0; i < matrix.size(); ++i) {
    if (matrix[i] == 0) continue;
    sum += matrix[i] * cycles[i];
    all += matrix[i];
  }
  return all > 0 ? sum / all : 0;
}

}  // namespace marquetry::simulate
