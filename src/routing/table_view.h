// A table read as a graph of its rows, destination by destination.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "routing/routing.h"

namespace marquetry::routing {

// The graph and the routing must outlive it.
class TableView {
 public:
  TableView(const topology::Graph& graph, const Routing& routing);

  std::uint32_t rows() const { return rows_; }
  std::uint32_t row_of_source(std::uint32_t node) const {
    return routing_->key == Key::router ? graph_->terminals[node].router
                                        : static_cast<std::uint32_t>(graph_->channels.size()) + node;
  }
  std::uint32_t row_after(std::uint32_t channel) const {
    return routing_->key == Key::router ? graph_->channels[channel].to : channel;
  }
  std::uint32_t router_of(std::uint32_t row) const;

  // Ways of a row to a node, as indices into Routing::ways.
  std::uint32_t begin(std::uint32_t row, std::uint32_t node) const {
    return routing_->begin[std::size_t{row} * nodes_ + node];
  }
  std::uint32_t end(std::uint32_t row, std::uint32_t node) const {
    return routing_->begin[std::size_t{row} * nodes_ + node + 1];
  }
  // Every row has one way to every node: number row * nodes + node.
  bool is_one_way() const { return one_way_; }
  // The channel of a way; channels + node where it leads to a node, `none` where to nowhere.
  std::uint32_t channel(std::uint32_t way) const { return channel_[way]; }
  bool ends(std::uint32_t way, std::uint32_t node) const {
    return channel_[way] == graph_->channels.size() + node;
  }
  double share(std::uint32_t row, std::uint32_t node, std::uint32_t way) const {
    return end(row, node) - begin(row, node) == 1 ? 1 : weighed_share(row, node, way);
  }

  // Rows that packets for the node come through, each before those that lead to it. A row that leads nowhere
  // or, by some way, round in a circle is left out, and so is what leads to it: `is_lost`.
  std::span<const std::uint32_t> sweep(std::uint32_t node);
  bool is_lost(std::uint32_t row) const { return state_[row] != done; }

 private:
  double weighed_share(std::uint32_t row, std::uint32_t node, std::uint32_t way) const;
  enum State : std::uint8_t { unseen, open, done, lost };
  void follow(std::uint32_t start, std::uint32_t node);
  void follow_one(std::uint32_t row, std::uint32_t node);

  const topology::Graph* graph_{};
  const Routing* routing_{};
  std::size_t nodes_{};
  std::uint32_t rows_{};
  bool one_way_{};
  std::vector<std::uint32_t> channel_{};  // by way
  std::vector<std::uint32_t> order_{}, stack_{}, at_{};
  std::vector<std::uint8_t> state_{};
};

}  // namespace marquetry::routing
