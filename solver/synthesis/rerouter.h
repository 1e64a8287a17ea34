// Shortest paths of a network, and what becomes of their loads where a link or a router is lost: only the
// ways that led over it are laid anew.
#pragma once

#include <span>
#include <vector>

#include "routing/router.h"
#include "topology/graph.h"

namespace marquetry::synthesis {

// What is lost; nothing: the network as it is.
struct Loss {
  std::uint32_t link{topology::none};    // by number: both directions
  std::uint32_t router{topology::none};  // with its links and nodes
};

struct Rerouted {
  double load{};  // at which the first channel, injection or ejection is full; 0 where pairs are cut off,
                  // infinite where nobody sends
  std::uint32_t channel{topology::none};  // that is full; none: a node's
  std::uint32_t cut_pairs{};              // of routers that send to each other and no longer can
  bool in_pieces{};                       // some router left cannot reach another one left
};

class Rerouter {
 public:
  // The matrix is by source * nodes + destination. Ways are shortest by cycles: wires and routers.
  //
  // Among equal ways each router takes, for each destination, the channel that is drawn highest by a hash of
  // both: spread over the network, and the choice stands as long as that way does.
  Rerouter(const topology::Graph& graph, std::span<const double> matrix, const routing::Router& router);

  // Its buffers are its own: one a thread.
  Rerouted without(const Loss& loss);

  // Of the network as it is, by channel at an offered load of 1.
  const std::vector<double>& loads() const { return loads_; }

 private:
  struct Tree {
    std::uint32_t* distance{};
    std::uint32_t* via{};
    std::uint32_t* order{};
    double* amount{};
  };
  Tree tree(std::uint32_t destination);
  void build(std::uint32_t destination);
  bool is_lost(std::uint32_t channel, const Loss& loss) const;
  std::uint32_t best_way(std::uint32_t router, std::uint32_t destination, const Loss& loss) const;
  void reroute(std::uint32_t destination, const Loss& loss, Rerouted& out);
  void settle_orphans(std::uint32_t destination, const Loss& loss);
  void push(std::uint32_t from, std::uint32_t destination, double amount);
  double rate(std::uint32_t s, std::uint32_t d) const { return demand_[std::size_t{s} * n_ + d]; }

  const topology::Graph& graph_;
  std::uint32_t n_{};
  std::vector<double> demand_{};  // between routers
  std::span<const double> matrix_{};
  std::vector<std::uint32_t> begin_{}, out_{}, in_begin_{}, in_{};  // channels by router
  std::vector<std::uint32_t> weight_{};                             // by channel
  std::vector<std::uint32_t> distance_{}, via_{}, order_{};         // by destination * routers + router
  std::vector<double> amount_{};                                    // over `via`
  std::vector<double> loads_{}, work_{};
  // Of one destination at a time: routers that have lost their way, their new distances and ways.
  std::vector<char> orphan_{};
  std::vector<std::uint32_t> orphans_{}, fresh_{}, settled_{};
  std::vector<double> fresh_amount_{};
};

}  // namespace marquetry::synthesis
