// The parts of reading a configuration.
#pragma once

#include "exchange/booksim/settings.h"
#include "simulate/case.h"

namespace marquetry::exchange {

std::optional<topology::Graph> booksim_graph(const BooksimSettings& settings,
                                             const std::filesystem::path& folder, Diagnostics& diagnostics);
std::optional<traffic::Traffic> booksim_traffic(const BooksimSettings& settings, std::uint32_t nodes,
                                                Diagnostics& diagnostics);

}  // namespace marquetry::exchange
