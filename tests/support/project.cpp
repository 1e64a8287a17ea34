#include "support/project.h"

#include <algorithm>
#include <stdexcept>

#include "config/parse.h"
#include "support/folder.h"

namespace marquetry::test {

namespace fs = std::filesystem;

namespace {

template <class T>
T loaded(std::optional<T> made, const Diagnostics& diagnostics) {
  if (!made) throw std::runtime_error{render_all(diagnostics)};
  return std::move(*made);
}

}  // namespace

Library project_library() {
  Diagnostics diagnostics;
  return loaded(load_library({test::source_folder() / "libraries"}, diagnostics), diagnostics);
}

Design project_design(const Library& library, const std::string& name) {
  Diagnostics diagnostics;
  const auto file = test::source_folder() / "designs" / (name + ".toml");
  return loaded(load_design(file, library, diagnostics), diagnostics);
}

std::vector<std::string> project_design_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{test::source_folder() / "designs"}) {
    if (entry.path().extension() != ".toml") continue;
    Diagnostics diagnostics;
    const auto root = loaded(parse_file(entry.path(), diagnostics), diagnostics);
    const bool other_kind = find(root, "stack") || find(root, "footprint") || find(root, "placement");
    if (!other_kind) names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

std::vector<RebuiltDesign> rebuilt_designs(const Library& library) {
  std::vector<RebuiltDesign> out;
  const auto add = [&](const std::string& name) {
    auto design = project_design(library, name);
    if (design.reference.empty() || !design.variables.empty()) return;
    out.push_back({"designs/" + name + ".toml", std::move(design)});
  };
  for (const auto& name : project_design_names()) add(name);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator{test::source_folder() / "designs" / "products"}) {
    if (entry.path().extension() == ".toml") names.push_back("products/" + entry.path().stem().string());
  }
  std::ranges::sort(names);
  for (const auto& name : names) add(name);
  return out;
}

}  // namespace marquetry::test
