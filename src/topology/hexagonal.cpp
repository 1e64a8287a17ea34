// Dies laid like bricks, so that each touches six others (HexaMesh: Iff et al., arXiv 2211.13989): a die in
// the middle and rings of 6, 12, 18 ... around it. Rows are shifted by half a die; dies are numbered row by
// row from the bottom, from the left.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "topology/rows.h"

namespace marquetry::topology {
namespace {

// Halves of a pitch to the right, rows up.
struct Cell {
  int x, y;
  Cell operator+(const Cell& b) const { return {x + b.x, y + b.y}; }
};

// In the order around a ring, anticlockwise, from the right.
constexpr std::array<Cell, 6> neighbours{Cell{2, 0},  Cell{1, 1},   Cell{-1, 1},
                                         Cell{-2, 0}, Cell{-1, -1}, Cell{1, -1}};

// Full rings from the middle out, and of the last one as many as are left: from beside a corner on, so that
// a die of a half-filled ring touches at least two others.
std::vector<Cell> cells(std::uint32_t count) {
  std::vector<Cell> list{{0, 0}};
  for (int ring = 1; list.size() < count; ++ring) {
    std::vector<Cell> around;
    Cell here{2 * ring, 0};
    for (std::size_t side = 0; side < 6; ++side)
      for (int i = 0; i < ring; ++i) around.push_back(here), here = here + neighbours[(side + 2) % 6];
    std::ranges::rotate(around, around.begin() + 1);
    for (const auto& cell : around)
      if (list.size() < count) list.push_back(cell);
  }
  std::ranges::sort(list, {}, [](const Cell& c) { return std::pair{c.y, c.x}; });
  return list;
}

std::optional<std::uint32_t> rings(std::uint32_t count) {
  std::uint32_t r = 0;
  while (1 + 3 * r * (r + 1) < count) ++r;
  return 1 + 3 * r * (r + 1) == count ? std::optional{r} : std::nullopt;
}

// Every row and both kinds of slanting line of dies.
std::optional<Graph> hexagonal(std::string name, Line kind, const Size& size, std::string& why) {
  if (size.rows != 0 || size.columns != 0) {
    why = "it is built of rings around a die: give a number of dies, not rows and columns";
    return std::nullopt;
  }
  const auto count = dies(size, why);
  if (!count) return std::nullopt;
  if (kind != Line::open && !rings(*count)) {
    why = "it takes full rings of dies, 7, 19, 37, 61 ... in all, not " + std::to_string(*count);
    return std::nullopt;
  }
  const auto list = cells(*count);
  Builder made{std::move(name), *count};
  std::map<std::pair<int, int>, std::uint32_t> number;
  int left = 0, bottom = 0;
  for (const auto& cell : list) {
    number[{cell.x, cell.y}] = static_cast<std::uint32_t>(number.size());
    left = std::min(left, cell.x), bottom = std::min(bottom, cell.y);
  }
  const auto router_at = [&](const Cell& cell) {
    const auto found = number.find({cell.x, cell.y});
    return found == number.end() ? none : found->second;
  };
  for (const auto& cell : list)
    made.graph.places.push_back({(cell.x - left) / 2.0, static_cast<double>(cell.y - bottom)});
  for (std::size_t way = 0; way < 3; ++way) {
    for (const auto& cell : list) {
      if (router_at(cell + neighbours[way + 3]) != none) continue;  // not the first of its line
      std::vector<std::uint32_t> line;
      for (Cell here = cell; router_at(here) != none; here = here + neighbours[way])
        line.push_back(router_at(here));
      join(made, line, kind);
    }
  }
  made.terminals();
  return std::move(made.graph);
}

}  // namespace

std::optional<Graph> hexa_mesh(const Size& size, std::string& why) {
  return hexagonal("hexa-mesh", Line::open, size, why);
}

std::optional<Graph> hex_torus(const Size& size, std::string& why) {
  return hexagonal("hex-torus", Line::closed, size, why);
}

std::optional<Graph> folded_hex_torus(const Size& size, std::string& why) {
  return hexagonal("folded-hex-torus", Line::folded, size, why);
}

}  // namespace marquetry::topology
