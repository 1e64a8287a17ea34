#include "routing/table_view.h"

namespace marquetry::routing {

TableView::TableView(const topology::Graph& graph, const Routing& routing)
    : graph_{&graph}, routing_{&routing}, nodes_{graph.terminals.size()} {
  rows_ =
      routing.key == Key::router ? graph.routers : static_cast<std::uint32_t>(graph.channels.size() + nodes_);
  const auto ports = topology::ports(graph);
  channel_.assign(routing.ways.size(), topology::none);
  for (std::uint32_t row = 0; row < rows_; ++row) {
    const auto out = ports.out_of(router_of(row));
    for (auto i = begin(row, 0); i != routing.begin[(std::size_t{row} + 1) * nodes_]; ++i)
      if (routing.ways[i].port < out.size()) channel_[i] = out[routing.ways[i].port];
  }
  state_.resize(rows_);
  at_.resize(rows_);
  order_.reserve(rows_);
  one_way_ = routing.ways.size() + 1 == routing.begin.size() && routing.begin.back() == routing.ways.size();
  for (std::size_t i = 0; one_way_ && i < routing.begin.size(); ++i) one_way_ = routing.begin[i] == i;
}

std::uint32_t TableView::router_of(std::uint32_t row) const {
  if (routing_->key == Key::router) return row;
  const auto channels = graph_->channels.size();
  return row < channels ? graph_->channels[row].to : graph_->terminals[row - channels].router;
}

double TableView::weighed_share(std::uint32_t row, std::uint32_t node, std::uint32_t way) const {
  const auto first = begin(row, node), last = end(row, node);
  double sum = 0;
  for (auto i = first; i != last; ++i) sum += routing_->ways[i].weight;
  return routing_->ways[way].weight / sum;
}

std::span<const std::uint32_t> TableView::sweep(std::uint32_t node) {
  order_.clear();
  state_.assign(rows_, unseen);
  for (std::uint32_t s = 0; s < nodes_; ++s) {
    const auto row = row_of_source(s);
    if (state_[row] != unseen) continue;
    if (one_way_)
      follow_one(row, node);
    else
      follow(row, node);
  }
  return order_;
}

// Where each row has one way to every node: along it to where it is known how it goes on, and back.
void TableView::follow_one(std::uint32_t row, std::uint32_t node) {
  const auto channels = static_cast<std::uint32_t>(graph_->channels.size());
  std::uint8_t end = done;
  stack_.clear();
  for (;;) {
    state_[row] = open;
    stack_.push_back(row);
    const auto channel = channel_[row * nodes_ + node];
    if (channel >= channels) {
      if (channel != channels + node) end = lost;
      break;
    }
    row = row_after(channel);
    if (state_[row] == unseen) continue;
    if (state_[row] != done) end = lost;
    break;
  }
  for (auto i = stack_.size(); i-- > 0;) {
    state_[stack_[i]] = end;
    if (end == done) order_.push_back(stack_[i]);
  }
  stack_.clear();
}

// Depth first, without recursion: at_ is the next way to look at.
void TableView::follow(std::uint32_t start, std::uint32_t node) {
  const auto enter = [&](std::uint32_t row) {
    state_[row] = open;
    at_[row] = begin(row, node);
    stack_.push_back(row);
  };
  enter(start);
  bool fails = false;  // what was left last
  while (!stack_.empty()) {
    const auto row = stack_.back();
    if (fails || at_[row] == end(row, node)) {
      fails = fails || begin(row, node) == end(row, node);
      state_[row] = fails ? lost : done;
      if (!fails) order_.push_back(row);
      stack_.pop_back();
      continue;
    }
    const auto way = at_[row]++;
    if (ends(way, node)) continue;
    if (channel_[way] >= graph_->channels.size()) {  // another node, or nowhere
      fails = true;
      continue;
    }
    const auto next = row_after(channel_[way]);
    if (state_[next] == unseen)
      enter(next);
    else
      fails = state_[next] != done;
  }
}

}  // namespace marquetry::routing
