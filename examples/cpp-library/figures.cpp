// Cost and power of a design, by the C++ library: figures DESIGN.toml
#include <cstdio>

#include "evaluation/prepare.h"
#include "session/session.h"

int main(int count, char** arguments) {
  using namespace marquetry;
  using namespace marquetry::unit;
  if (count != 2) return std::fputs("usage: figures DESIGN.toml\n", stderr), 2;
  Diagnostics diagnostics;
  const auto library = load_library({own_library_folder()}, diagnostics);
  const auto design = library ? load_design(arguments[1], *library, diagnostics) : std::nullopt;
  const auto prepared = design ? prepare(*library, *design, diagnostics) : std::nullopt;
  if (!prepared) {
    std::fputs(render_all(diagnostics).c_str(), stderr);
    return 2;
  }
  const auto found = evaluate(compose(*prepared, {}), prepared->models);
  std::printf("%s: %.0f USD to make, %.0f W\n", design->name.c_str(), found.cost.unit / USD,
              found.power.total / W);
}
