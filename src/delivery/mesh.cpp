// A cell is the metal of the region that covers most of it, if that is half; a region that is smaller than
// that has the cell that it covers most. Between cells of one region a sheet of R ohm per square conducts
// height / (width R) sideways. Counts, currents and outputs stay exact: what falls on cells without the right
// metal is spread over those that have it.
#include "delivery/mesh.h"

#include <algorithm>
#include <numeric>

namespace marquetry::delivery {
namespace {

using Owner = std::optional<std::size_t>;

constexpr double half = 0.5 - 1e-9;

// Of one layer.
std::vector<Owner> owners_of(const Plane& plane, const Layer& layer) {
  const std::size_t cells = plane.columns * plane.rows;
  std::vector<Owner> owners(cells);
  std::vector<double> most(cells);
  std::vector<std::size_t> held(layer.regions.size());
  for (std::size_t r = 0; r < layer.regions.size(); ++r)
    for (const auto& [cell, share] : geometry::overlaps(layer.regions[r].rect, plane)) {
      if (share < half || share <= most[cell]) continue;
      if (owners[cell]) --held[*owners[cell]];
      owners[cell] = r;
      most[cell] = share;
      ++held[r];
    }
  for (std::size_t r = 0; r < layer.regions.size(); ++r) {
    if (held[r] > 0) continue;
    double largest = 0;
    Owner best;
    for (const auto& [cell, share] : geometry::overlaps(layer.regions[r].rect, plane)) {
      if (share <= largest || (owners[cell] && held[*owners[cell]] == 1)) continue;
      largest = share;
      best = cell;
    }
    if (!best) continue;
    if (owners[*best]) --held[*owners[*best]];
    owners[*best] = r;
    held[r] = 1;
  }
  return owners;
}

// The cells of the patches that `fits`, with shares that sum to 1.
template <class Fits>
Pieces spread(const Plane& plane, const std::vector<Patch>& patches, std::size_t first, const Fits& fits) {
  Pieces out;
  double sum = 0;
  for (const auto& [rect, part] : patches) {
    const std::size_t begin = out.size();
    double here = 0;
    for (const auto& [cell, share] : geometry::overlaps(rect, plane)) {
      if (!fits(first + cell)) continue;
      out.push_back({first + cell, share});
      here += share;
    }
    for (std::size_t i = begin; i < out.size(); ++i) out[i].share *= part / here;
    if (out.size() > begin) sum += part;
  }
  for (auto& piece : out) piece.share /= sum;
  return out;
}

// Siemens of a square between the middles of two cells of a layer; 0 where they are not of one piece.
double joined(const Layer& layer, const Owner& a, const Owner& b) {
  if (!a || !b) return 0;
  const auto &first = layer.regions[*a], &second = layer.regions[*b];
  if (a != b && first.name != second.name) return 0;
  return 2 / (first.sheet + second.sheet);
}

void join_sheets(const Plane& plane, const Path& path, Mesh& mesh) {
  auto& grid = mesh.grid;
  const auto& [columns, rows, layers] = grid.shape;
  const double width = plane.width / static_cast<double>(columns),
               height = plane.height / static_cast<double>(rows);
  for (std::size_t l = 0; l < layers; ++l)
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < columns; ++c) {
        const auto i = grid.shape.cell(l, r, c);
        if (c + 1 < columns)
          grid.right[i] = height / width * joined(path.layers[l], mesh.owners[i], mesh.owners[i + 1]);
        if (r + 1 < rows)
          grid.up[i] = width / height * joined(path.layers[l], mesh.owners[i], mesh.owners[i + columns]);
      }
}

// The representative of each cell's group of cells that conduct to each other.
std::vector<std::size_t> groups(const conduction::Grid& grid) {
  std::vector<std::size_t> parent(grid.shape.cells());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  const auto& [columns, rows, layers] = grid.shape;
  for (std::size_t i = 0; i < parent.size(); ++i) {
    if (grid.right[i] > 0) parent[find(i)] = find(i + 1);
    if (grid.up[i] > 0) parent[find(i)] = find(i + columns);
    if (grid.above[i] > 0) parent[find(i)] = find(i + columns * rows);
  }
  for (std::size_t i = 0; i < parent.size(); ++i) parent[i] = find(i);
  return parent;
}

// By group: whether a regulator feeds it.
std::vector<bool> fed_groups(const Mesh& mesh, const std::vector<std::size_t>& group) {
  std::vector<bool> fed(group.size());
  for (const auto& feed : mesh.feeds)
    for (const auto& piece : feed) fed[group[piece.cell]] = true;
  return fed;
}

// Cells that nothing feeds carry no current; tied down, they leave the matrix definite and stay at 0.
void ground_the_rest(Mesh& mesh) {
  const auto group = groups(mesh.grid);
  const auto fed = fed_groups(mesh, group);
  auto& grid = mesh.grid;
  double sum = 0;
  std::size_t count = 0;
  for (const auto* side : {&grid.right, &grid.up, &grid.above})
    for (const double g : *side) {
      if (g <= 0) continue;
      sum += g;
      ++count;
    }
  const double usual = count > 0 ? 4 * sum / static_cast<double>(count) : 1;
  for (std::size_t i = 0; i < group.size(); ++i)
    if (!fed[group[i]]) grid.ground[i] = usual;
}

}  // namespace

Mesh mesh(const Plane& plane, const Path& path) {
  Mesh out;
  auto& grid = out.grid;
  grid.shape = {plane.columns, plane.rows, path.layers.size()};
  const std::size_t cells = grid.shape.cells(), each = grid.shape.plane();
  for (auto* values : {&grid.right, &grid.up, &grid.above, &grid.ground}) values->assign(cells, 0);
  for (const auto& layer : path.layers) {
    const auto owners = owners_of(plane, layer);
    out.owners.insert(out.owners.end(), owners.begin(), owners.end());
  }
  join_sheets(plane, path, out);
  for (const auto& joints : path.joints) {
    out.joints.push_back(spread(plane, joints.patches, joints.below * each, [&](std::size_t i) {
      const auto& above = out.owners[i + each];
      return out.owners[i] && above && (!joints.region || above == joints.region);
    }));
    for (const auto& [cell, share] : out.joints.back())
      grid.above[cell] += share * joints.count / joints.resistance;
  }
  for (const auto& feed : path.feeds) {
    out.feeds.push_back(spread(plane, {{feed.rect}}, feed.layer * each,
                               [&](std::size_t i) { return out.owners[i].has_value(); }));
    for (const auto& [cell, share] : out.feeds.back()) grid.ground[cell] += share / feed.resistance;
  }
  ground_the_rest(out);
  return out;
}

Pieces pieces(const Plane& plane, const Path& path, const Mesh& mesh, const Load& load, std::size_t layer) {
  if (layer >= path.layers.size()) return {};
  const auto under = [&](const Box& rect) {
    return spread(plane, {{rect}}, layer * mesh.grid.shape.plane(), [&](std::size_t i) {
      return mesh.owners[i] && (!load.region || mesh.owners[i] == load.region);
    });
  };
  auto out = under(load.rect);
  if (!out.empty() || !load.region || *load.region >= path.layers[layer].regions.size()) return out;
  // At the rim of its region, thinner than half a cell: drawn from the cells beside it.
  const auto& [x, y, width, height] = load.rect;
  const auto& region = path.layers[layer].regions[*load.region].rect;
  if (x > region.x + region.width || region.x > x + width || y > region.y + region.height ||
      region.y > y + height)
    return out;
  const double wide = plane.width / static_cast<double>(plane.columns),
               high = plane.height / static_cast<double>(plane.rows);
  return under({x - wide, y - high, width + 2 * wide, height + 2 * high});
}

std::vector<Fault> faults(const Plane& plane, const Net& net) {
  std::vector<Fault> out;
  const auto of_path = [&](const Path& path, bool in_ground) {
    const auto made = mesh(plane, path);
    const auto group = groups(made.grid);
    const auto fed = fed_groups(made, group);
    const std::string which = in_ground ? "ground of net '" : "net '";
    for (std::size_t j = 0; j < path.joints.size(); ++j)
      if (made.joints[j].empty())
        out.push_back({Fault::Of::joints, in_ground, j,
                       which + net.name + "': joints '" + path.joints[j].name +
                           "' have no metal below them or none above",
                       "lay them where both layers have a region"});
    for (std::size_t f = 0; f < path.feeds.size(); ++f)
      if (made.feeds[f].empty())
        out.push_back({Fault::Of::feed, in_ground, f,
                       which + net.name + "': regulator '" + path.feeds[f].name + "' stands on no metal",
                       "move it to a region of its layer"});
    for (std::size_t l = 0; l < net.loads.size(); ++l) {
      const auto& load = net.loads[l];
      const auto cells = pieces(plane, path, made, load, in_ground ? load.ground_layer : load.layer);
      if (cells.empty()) {
        out.push_back({Fault::Of::load, in_ground, l,
                       which + net.name + "': the load of '" + load.die + "' stands on no metal",
                       "move it to a region of its layer"});
      } else if (load.current > 0 &&
                 std::ranges::any_of(cells, [&](const Piece& p) { return !fed[group[p.cell]]; })) {
        out.push_back({Fault::Of::load, in_ground, l,
                       which + net.name + "': no regulator reaches the load of '" + load.die + "'",
                       "join its layer to those below, down to a regulator"});
      }
    }
  };
  of_path(net.supply, false);
  if (net.back == Return::own) of_path(net.ground, true);
  return out;
}

}  // namespace marquetry::delivery
