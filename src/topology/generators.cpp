#include "topology/generators.h"

#include <algorithm>
#include <array>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

constexpr std::array table{
    Generator{"mesh", "nearest neighbours, as near to a square as can be", mesh},
    Generator{"torus", "a mesh with its rims joined", torus},
    Generator{"concentrated-mesh",
              "a mesh of routers of four nodes each, with express channels along the rim", concentrated_mesh},
    Generator{"flattened-butterfly", "every pair in a row and in a column", flattened_butterfly},
    Generator{"fat-tree", "a tree whose levels all carry the same", fat_tree},
};

}  // namespace

std::span<const Generator> generators() { return table; }

const Generator* find_generator(std::string_view name) {
  const auto found = std::ranges::find(table, name, &Generator::name);
  return found == table.end() ? nullptr : &*found;
}

}  // namespace marquetry::topology
