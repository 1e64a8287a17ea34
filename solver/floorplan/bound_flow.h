// The best flow through a network without capacities: the dual of placing points under difference
// constraints, whose value no placement is below.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace marquetry::floorplan {

struct Arc {
  std::size_t from{}, to{};
  std::int64_t gain{};  // a unit of flow
};

// Maximises the gain. It must start as a tree: `tree[v]` is the arc between v and the node nearer to the
// root, node 0, and the flow that the supplies (inflow minus outflow is `demand`) then have on these arcs
// must not be negative.
class Flow {
 public:
  Flow(std::vector<Arc> arcs, std::vector<double> demand, const std::vector<std::size_t>& tree);
  // Ends at the best flow, or after so many exchanges: what is reached then is a flow as well.
  void improve(std::size_t most_exchanges);
  double gain() const;
  // Where the dual has each node (in the units of gains).
  const std::vector<std::int64_t>& places() const { return place_; }

 private:
  void hang(std::size_t node, std::size_t parent, std::size_t arc);
  void unhang(std::size_t node);
  void place_below(std::size_t node);
  std::size_t entering();
  void exchange(std::size_t arc);

  std::vector<Arc> arcs_{};
  std::vector<double> demand_{};
  std::vector<std::size_t> parent_{}, arc_{}, depth_{}, first_{}, next_{}, before_{};
  std::vector<double> flow_{};  // by node, on the arc to its parent
  std::vector<std::int64_t> place_{};
  std::size_t looked_at_{};
};

}  // namespace marquetry::floorplan
