#include "routing/turn_graph.h"

#include <algorithm>

#include "routing/table_view.h"

namespace marquetry::routing {
namespace {

using topology::none;

// Numbers of turns, by the channel held: few to each.
class Numbers {
 public:
  explicit Numbers(PairTurns& all) : all_{all}, of_(all.channels) {}
  std::uint32_t of(std::uint32_t held, std::uint32_t asked) {
    for (const auto& [channel, number] : of_[held])
      if (channel == asked) return number;
    const auto number = static_cast<std::uint32_t>(all_.turns.size());
    of_[held].emplace_back(asked, number);
    all_.turns.emplace_back(held, asked);
    return number;
  }

 private:
  PairTurns& all_;
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> of_;
};

// The turns of one pair after the other, put behind those before.
class PairWalk {
 public:
  PairWalk(const topology::Graph& graph, const Routing& table, PairTurns& all)
      : view_{graph, table}, all_{all}, numbers_{all}, stamp_(all.channels, none) {}

  void run(std::uint32_t s, std::uint32_t d, std::uint32_t number) {
    follow(view_.row_of_source(s), none, d, number);
    while (!open_.empty()) {
      const auto channel = open_.back();
      open_.pop_back();
      follow(view_.row_after(channel), channel, d, number);
    }
  }

 private:
  void follow(std::uint32_t row, std::uint32_t held, std::uint32_t d, std::uint32_t number) {
    for (auto way = view_.begin(row, d); way != view_.end(row, d); ++way) {
      const auto channel = view_.channel(way);
      if (channel >= all_.channels) continue;
      if (held != none) all_.turn.push_back(numbers_.of(held, channel));
      if (stamp_[channel] == number) continue;
      stamp_[channel] = number;
      open_.push_back(channel);
    }
  }

  TableView view_;
  PairTurns& all_;
  Numbers numbers_;
  std::vector<std::uint32_t> stamp_, open_{};
};

}  // namespace

PairTurns pair_turns(const topology::Graph& graph, const Routing& table) {
  PairTurns out{.channels = static_cast<std::uint32_t>(graph.channels.size())};
  const auto nodes = static_cast<std::uint32_t>(graph.terminals.size());
  PairWalk walk{graph, table, out};
  for (std::uint32_t number = 0; number < nodes * nodes; ++number) {
    const auto before = out.turn.size();
    walk.run(number / nodes, number % nodes, number);
    if (out.turn.size() == before) continue;
    out.pair.push_back(number);
    out.begin.push_back(static_cast<std::uint32_t>(out.turn.size()));
  }
  return out;
}

TurnGraph::TurnGraph(const PairTurns& all, std::uint64_t& steps)
    : all_{&all}, steps_{&steps}, has_(all.turns.size()), after_(all.channels), stamp_(all.channels) {}

bool TurnGraph::add(std::uint32_t pair) {
  added_.clear();
  for (auto i = all_->begin[pair]; i != all_->begin[pair + 1]; ++i) {
    const auto turn = all_->turn[i];
    if (has_[turn]) continue;
    const auto& [held, asked] = all_->turns[turn];
    if (reaches(asked, held)) {
      for (const auto t : added_) {
        has_[t] = false;
        after_[all_->turns[t].first].pop_back();
      }
      return false;
    }
    has_[turn] = true;
    after_[held].push_back(asked);
    added_.push_back(turn);
  }
  ++pairs_;
  return true;
}

bool TurnGraph::reaches(std::uint32_t from, std::uint32_t to) {
  ++now_;
  open_.assign(1, from);
  stamp_[from] = now_;
  while (!open_.empty()) {
    const auto here = open_.back();
    open_.pop_back();
    if (here == to || *steps_ == 0) return true;
    --*steps_;
    for (const auto next : after_[here]) {
      if (stamp_[next] == now_) continue;
      stamp_[next] = now_;
      open_.push_back(next);
    }
  }
  return false;
}

std::vector<std::uint32_t> circle(const PairTurns& all, const std::vector<std::uint32_t>& count) {
  std::vector<std::vector<std::uint32_t>> after(all.channels);  // turns
  for (std::uint32_t t = 0; t < all.turns.size(); ++t)
    if (count[t] > 0) after[all.turns[t].first].push_back(t);
  enum : std::uint8_t { unseen, open, done };
  std::vector<std::uint8_t> state(all.channels);
  std::vector<std::size_t> at(all.channels);
  std::vector<std::uint32_t> path;  // turns taken
  for (std::uint32_t start = 0; start < all.channels; ++start) {
    auto here = start;
    if (state[here] != unseen) continue;
    state[here] = open;
    for (;;) {
      if (at[here] == after[here].size()) {
        state[here] = done;
        if (path.empty()) break;
        here = all.turns[path.back()].first;
        path.pop_back();
        continue;
      }
      const auto turn = after[here][at[here]++];
      const auto next = all.turns[turn].second;
      if (state[next] == done) continue;
      path.push_back(turn);
      if (state[next] == open) {
        const auto first =
            std::find_if(path.begin(), path.end(), [&](auto t) { return all.turns[t].first == next; });
        return {first, path.end()};
      }
      state[next] = open;
      here = next;
    }
  }
  return {};
}

}  // namespace marquetry::routing
