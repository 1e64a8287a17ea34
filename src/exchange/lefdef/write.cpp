#include "exchange/lefdef/write.h"

#include <fmt/format.h>

#include "exchange/lefdef/plan.h"

namespace marquetry::exchange {

std::vector<std::filesystem::path> write_lefdef(const assembly::Assembly& package,
                                                const std::filesystem::path& file, Diagnostics& diagnostics) {
  const int before = diagnostics.errors();
  auto def = file;
  if (def.extension() == ".lef") def.replace_extension(".def");
  if (!def.extension().string().starts_with(".def")) def += ".def";
  auto lef = def;
  lef.replace_extension(".lef");
  const SourceSpot where{.file = def.generic_string()};
  const auto plan = plan_lefdef(package, file.stem().string(), where, diagnostics);
  if (diagnostics.errors() > before) return {};
  OutputFile lef_out{lef}, def_out{def};
  add_lef(package, plan, lef_out);
  const auto left_out = add_def(package, plan, def_out);
  if (left_out > 0)
    diagnostics.warning(where, fmt::format("{} wires are left out: of one point, or at an angle that is no "
                                           "multiple of 45 degrees",
                                           left_out));
  if (!lef_out.finish(diagnostics) || !def_out.finish(diagnostics)) return {};
  return {def, lef};
}

}  // namespace marquetry::exchange
