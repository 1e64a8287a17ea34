// A network as BookSim2's files: a configuration and the graph that it names.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "simulate/case.h"

namespace marquetry::exchange {

struct BooksimFiles {
  std::string configuration{}, graph{};
};

// `graph_file`: under which name the configuration finds the graph, beside it. What BookSim2 cannot be told
// is a warning.
BooksimFiles booksim_files(const simulate::NetworkCase& network, const std::string& graph_file,
                           Diagnostics& diagnostics);

// Both files: `file`, and beside it the graph with the extension .anynet. None after complaints.
std::vector<std::filesystem::path> write_booksim(const simulate::NetworkCase& network,
                                                 const std::filesystem::path& file, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
