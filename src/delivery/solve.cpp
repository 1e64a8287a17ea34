// Of each path: sum over neighbours of g (u_i - u_j) + g_feed u_i = I_i, u the drop below the regulators'
// output, I = P / V of the loads. The worst drop is one entry of u; with A l = e of that entry, a joint more
// between cells i and k changes it by -(l_i - l_k)(u_i - u_k) / R: one more solve says it of every joint.
#include "delivery/solve.h"

#include <algorithm>
#include <cmath>

namespace marquetry::delivery {
namespace {

using conduction::Field;
using conduction::Outcome;

// One of the two ways, solved.
struct Solved {
  const Path* path{};
  Mesh mesh{};
  std::vector<Pieces> loads{};
  conduction::Solver solver;
  Field drop{};
  Outcome outcome{};
};

Solved solved(const Plane& plane, const Net& net, const Path& path, bool in_ground,
              const conduction::Request& request) {
  Mesh made = mesh(plane, path);
  conduction::Solver solver{made.grid};
  Solved out{.path = &path, .mesh = std::move(made), .solver = std::move(solver)};
  Field source{std::vector<double>(out.mesh.grid.shape.cells()), {}};
  for (const auto& load : net.loads) {
    out.loads.push_back(pieces(plane, path, out.mesh, load, in_ground ? load.ground_layer : load.layer));
    for (const auto& [cell, share] : out.loads.back()) source.cells[cell] += share * load.current;
  }
  out.outcome = out.solver.solve(source, out.drop, request);
  return out;
}

void add(const Outcome& from, Outcome& to) {
  if (from.state != conduction::State::solved) to.state = from.state;
  to.iterations += from.iterations;
  to.residual = std::max(to.residual, from.residual);
  to.estimate += from.estimate;
  to.bound += from.bound;
  to.imbalance = std::max(to.imbalance, from.imbalance);
}

// Drop at the cells of each load: of the supply, and of the ground at the same place.
struct Worst {
  double drop{-1};
  std::size_t supply_cell{}, ground_cell{};
};

struct LoadDrop {
  double mean{};
  Worst worst{};
};

LoadDrop load_drop(const Solved& supply, const Solved* ground, double ways, std::size_t load,
                   std::size_t each) {
  LoadDrop out;
  double bounce = 0;  // mean of the ground, for cells where it has no metal
  Worst highest;      // of the ground
  if (ground != nullptr)
    for (const auto& [cell, share] : ground->loads[load]) {
      const double here = ground->drop.cells[cell];
      bounce += share * here;
      if (here > highest.drop) highest = {here, 0, cell};
    }
  for (const auto& [cell, share] : supply.loads[load]) {
    double here = ways * supply.drop.cells[cell];
    std::size_t at_ground = 0;
    out.mean += share * here;
    if (ground != nullptr) {
      const auto& cells = ground->loads[load];
      const auto same = std::ranges::find(cells, cell % each, [&](const Piece& p) { return p.cell % each; });
      at_ground = same == cells.end() ? highest.ground_cell : same->cell;
      here += ground->drop.cells[at_ground];
    }
    if (here > out.worst.drop) out.worst = {here, cell, at_ground};
  }
  out.mean += bounce;
  return out;
}

// Currents and losses of the path; `ways` 2 where the ground loses as much again.
void measure(const Solved& solved, double ways, bool in_ground, NetFlow& out) {
  const auto& path = *solved.path;
  const auto& mesh = solved.mesh;
  const auto& u = solved.drop.cells;
  const auto& grid = mesh.grid;
  const std::string prefix = in_ground ? "ground " : "";
  const std::size_t each = grid.shape.plane();
  for (std::size_t l = 0; l < path.layers.size(); ++l) {
    double loss = 0;
    for (std::size_t i = l * each; i < (l + 1) * each; ++i) {
      if (grid.right[i] > 0) loss += grid.right[i] * (u[i] - u[i + 1]) * (u[i] - u[i + 1]);
      if (grid.up[i] > 0) loss += grid.up[i] * std::pow(u[i] - u[i + grid.shape.columns], 2);
    }
    out.sheets.push_back({prefix + path.layers[l].name, ways * loss, 0});
  }
  for (std::size_t j = 0; j < path.joints.size(); ++j) {
    const auto& joints = path.joints[j];
    JointFlow flow{
        .name = prefix + joints.name, .count = joints.count, .limit = joints.limit, .in_ground = in_ground};
    for (const auto& [cell, share] : mesh.joints[j]) {
      const double one = (u[cell + each] - u[cell]) / joints.resistance, count = share * joints.count;
      flow.current += count * one;
      flow.worst = std::max(flow.worst, std::abs(one));
      flow.loss += ways * count * one * one * joints.resistance;
    }
    out.joints.push_back(std::move(flow));
  }
  for (std::size_t f = 0; f < path.feeds.size(); ++f) {
    Loss loss{prefix + path.feeds[f].name, 0, 0};
    for (const auto& [cell, share] : mesh.feeds[f]) {
      loss.current += share / path.feeds[f].resistance * u[cell];
      loss.loss += ways * share / path.feeds[f].resistance * u[cell] * u[cell];
    }
    out.feeds.push_back(std::move(loss));
  }
}

// What the regulators raise their output by: the mean drop at their leads, which the currents do not change.
double raised(const Net& net, double current) {
  if (!net.is_sensed) return 0;
  const auto leads = [current](const Path& path) {
    double conductance = 0;
    for (const auto& feed : path.feeds) conductance += 1 / feed.resistance;
    return conductance > 0 ? current / conductance : 0.0;
  };
  switch (net.back) {
    case Return::none:
      return leads(net.supply);
    case Return::mirrored:
      return 2 * leads(net.supply);
    case Return::own:
      break;
  }
  return leads(net.supply) + leads(net.ground);
}

struct DropsOfDies {
  Worst worst{};
  double drawn{};  // W lost on the way, by what the loads see
};

DropsOfDies die_drops(const Plane& plane, const Net& net, const Limits& limits, const Solved& supply,
                      const Solved* ground, NetFlow& out) {
  const double ways = net.back == Return::mirrored ? 2 : 1;
  const std::size_t each = supply.mesh.grid.shape.plane();
  DropsOfDies found;
  for (std::size_t l = 0; l < net.loads.size(); ++l) {
    const auto& load = net.loads[l];
    const auto here = load_drop(supply, ground, ways, l, each);
    out.current += load.current;
    found.drawn += load.current * here.mean;
    auto die = std::ranges::find(out.dies, load.die, &DieDrop::die);
    if (die == out.dies.end()) {
      out.dies.push_back({.die = load.die, .worst = -1, .limit = limits.steady * net.voltage});
      out.cells.emplace_back();
      die = out.dies.end() - 1;
    }
    auto& cells = out.cells[static_cast<std::size_t>(die - out.dies.begin())];
    for (const auto& piece : supply.loads[l]) cells.push_back(piece.cell % each);
    die->current += load.current;
    die->mean += load.current * here.mean;
    if (here.worst.drop > die->worst) {
      const std::size_t cell = here.worst.supply_cell % each;
      die->worst = here.worst.drop;
      die->x = (static_cast<double>(cell % plane.columns) + 0.5) * plane.width /
               static_cast<double>(plane.columns);
      die->y =
          (static_cast<double>(cell / plane.columns) + 0.5) * plane.height / static_cast<double>(plane.rows);
    }
    if (here.worst.drop > found.worst.drop) found.worst = here.worst;
  }
  for (auto& die : out.dies)
    if (die.current > 0) die.mean /= die.current;

  return found;
}

// By joints of the path, the change of the worst drop by one more of them.
void differentiate(Solved& solved, std::size_t worst, double ways, const conduction::Request& request,
                   std::size_t first, NetFlow& out) {
  Field source{std::vector<double>(solved.mesh.grid.shape.cells()), {}}, weight;
  source.cells[worst] = 1;
  add(solved.solver.solve(source, weight, request), out.outcome);
  const auto &u = solved.drop.cells, &l = weight.cells;
  const std::size_t each = solved.mesh.grid.shape.plane();
  for (std::size_t j = 0; j < solved.path->joints.size(); ++j)
    for (const auto& [cell, share] : solved.mesh.joints[j])
      out.joints[first + j].change -= ways * share / solved.path->joints[j].resistance *
                                      (l[cell + each] - l[cell]) * (u[cell + each] - u[cell]);
}

}  // namespace

double NetFlow::worst() const {
  double most = 0;
  for (const auto& die : dies) most = std::max(most, die.worst);
  return most;
}

NetFlow flow(const Plane& plane, const Net& net, const Limits& limits, const Options& options) {
  const double ways = net.back == Return::mirrored ? 2 : 1;
  const bool has_ground = net.back == Return::own;
  const conduction::Request request{.tolerance = options.tolerance * net.voltage / 2,
                                    .most_iterations = 5000,
                                    .certify = options.sensitivities,
                                    .stop = options.stop};
  NetFlow out{.name = net.name, .voltage = net.voltage};
  auto supply = solved(plane, net, net.supply, false, request);
  out.outcome = supply.outcome;
  out.outcome.bound *= ways;
  std::optional<Solved> ground;
  if (has_ground) {
    ground.emplace(solved(plane, net, net.ground, true, request));
    add(ground->outcome, out.outcome);
  }
  const Solved* const back = ground ? &*ground : nullptr;
  out.drop = supply.drop.cells;
  for (double& u : out.drop) u *= ways;

  measure(supply, ways, false, out);
  const std::size_t of_supply = out.joints.size();
  if (ground) measure(*ground, 1, true, out);

  const auto drops = die_drops(plane, net, limits, supply, back, out);
  for (const auto& sheet : out.sheets) out.loss += sheet.loss;
  for (const auto& joints : out.joints) out.loss += joints.loss;
  for (const auto& feed : out.feeds) out.loss += feed.loss;
  const double lift = raised(net, out.current);
  for (auto& die : out.dies) {
    die.worst -= lift;
    die.mean -= lift;
  }
  for (double& u : out.drop) u -= lift;
  const double output = (net.voltage + lift) * out.current;
  out.supplied = output / net.efficiency;
  out.regulator = out.supplied - output;
  out.imbalance = output > 0 ? std::abs(drops.drawn - out.loss) / output : 0;

  if (options.sensitivities && drops.worst.drop > 0) {
    differentiate(supply, drops.worst.supply_cell, ways, request, 0, out);
    if (ground) differentiate(*ground, drops.worst.ground_cell, 1, request, of_supply, out);
  }
  return out;
}

}  // namespace marquetry::delivery
