// A BookSim2 configuration, with the graph that it names, as a network to simulate. What is simulated
// otherwise than BookSim2 would is refused with the reason, never computed in silence.
#pragma once

#include <filesystem>
#include <optional>

#include "base/diagnostic.h"
#include "simulate/case.h"

namespace marquetry::exchange {

struct BooksimRun {
  simulate::NetworkCase network{};
  bool measures_throughput{};  // sim_type = throughput
};

// Nothing after complaints.
std::optional<BooksimRun> load_booksim(const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
