// Golden cases of heat: the stack of each, by the reader that `heat --case` has, and its file as JSON.
#pragma once

#include <fstream>
#include <nlohmann/json.hpp>

#include "exchange/heat_case.h"
#include "support/golden.h"

namespace marquetry::test {

struct HeatGolden {
  std::string name{};
  thermal::HeatCase heat{};
  nlohmann::ordered_json json{};
};

// Every case of every index, in their order; throws where one cannot be read. Nothing where there are none.
inline std::vector<HeatGolden> heat_goldens() {
  std::vector<HeatGolden> out;
  const auto root = golden_folder("thermal");
  if (!root) return out;
  for (const auto& index : golden_indices(*root))
    for (const auto& entry : index.cases) {
      Diagnostics diagnostics;
      auto read = exchange::load_heat_case(entry.file, diagnostics);
      if (!read) throw std::runtime_error{render_all(diagnostics)};
      std::ifstream file{entry.file};
      out.push_back({entry.name, std::move(*read), nlohmann::ordered_json::parse(file)});
    }
  return out;
}

}  // namespace marquetry::test
