#include "simulate/diagnosis.h"

#include <algorithm>
#include <cstdio>

namespace marquetry::simulate {
namespace {

constexpr std::uint32_t none = no_port;

// Looks ahead from input virtual channels; ports of nodes never hold anybody up.
class Waiting {
 public:
  explicit Waiting(const Machine& m)
      : m_{m}, f_{m.fabric}, stuck_(m.input.size()), holder_(m.credits.size(), none) {
    for (std::uint32_t g = 0; g < stuck_.size(); ++g) {
      stuck_[g] = m_.input[g].count != 0;
      if (m_.input[g].stage == Stage::active) holder_[m_.input[g].out] = g;
    }
    for (bool changes = true; changes;) {
      changes = false;
      for (std::uint32_t g = 0; g < stuck_.size(); ++g)
        if (stuck_[g] && can_move(g)) {
          stuck_[g] = 0;
          changes = true;
        }
    }
  }

  std::vector<routing::VirtualChannel> circle() const {
    const auto begin = std::ranges::find(stuck_, std::uint8_t{1});
    if (begin == stuck_.end()) return {};
    std::vector<std::uint32_t> order(stuck_.size(), none), path;
    auto g = static_cast<std::uint32_t>(begin - stuck_.begin());
    for (; g != none && order[g] == none; g = ahead(g)) {
      order[g] = static_cast<std::uint32_t>(path.size());
      path.push_back(g);
    }
    std::vector<routing::VirtualChannel> out;
    if (g == none) return out;
    for (std::uint32_t i = order[g]; i < path.size(); ++i)
      out.push_back({f_.in[path[i] / f_.vcs].row, path[i] % f_.vcs});
    return out;
  }

 private:
  // The input virtual channel behind an output one; none: a node's.
  std::uint32_t behind(std::uint32_t out_vc) const {
    const std::uint32_t in = f_.out[out_vc / f_.vcs].to_in;
    return in == none ? none : in * f_.vcs + out_vc % f_.vcs;
  }
  bool is_stuck_full(std::uint32_t out_vc) const {
    const std::uint32_t next = behind(out_vc);
    return m_.credits[out_vc] == 0 && next != none && stuck_[next] && m_.input[next].count == f_.buffer;
  }
  // It will not be given free: whoever holds it cannot send, or its credits cannot all come back.
  bool is_held_for_ever(std::uint32_t out_vc) const {
    const std::uint32_t port = out_vc / f_.vcs, next = behind(out_vc);
    const std::uint64_t bit = std::uint64_t{1} << (out_vc % f_.vcs);
    if ((m_.free_vcs[port] & bit) != 0) return false;
    if ((m_.tail_sent[port] & bit) != 0) return next != none && stuck_[next];
    const std::uint32_t by = holder_[out_vc];
    return by != none && m_.input[by].count != 0 && is_stuck_full(out_vc);
  }
  std::uint32_t out_base(std::uint32_t g) const { return f_.out_base[f_.in[g / f_.vcs].router]; }

  template <class F>
  bool any_wanted(std::uint32_t g, F f) const {
    const InputVc& vc = m_.input[g];
    const std::uint32_t packet =
        m_.flits[std::size_t{g} * m_.ring_size + (vc.front & (m_.ring_size - 1))] >> 2;
    for (std::uint32_t i = 0; i < vc.ways; ++i) {
      const Hop& hop = i == 0 ? m_.heads[packet].hop
                              : m_.more_ways[std::size_t{packet} * (m_.ways.way.size() - 1) + i - 1];
      for (std::uint32_t v = hop.first; v <= hop.last; ++v)
        if (f((out_base(g) + hop.port) * f_.vcs + v)) return true;
    }
    return false;
  }
  bool can_move(std::uint32_t g) const {
    const InputVc& vc = m_.input[g];
    if (vc.stage == Stage::active) return !is_stuck_full(vc.out);
    if (vc.stage != Stage::vc_alloc) return true;
    return any_wanted(g, [&](std::uint32_t out_vc) { return !is_held_for_ever(out_vc); });
  }
  std::uint32_t ahead(std::uint32_t g) const {
    if (m_.input[g].stage == Stage::active) return behind(m_.input[g].out);
    std::uint32_t next = none;
    any_wanted(g, [&](std::uint32_t out_vc) {
      next = behind(out_vc);
      return true;
    });
    return next;
  }

  const Machine& m_;
  const Fabric& f_;
  std::vector<std::uint8_t> stuck_;
  std::vector<std::uint32_t> holder_;  // of an output virtual channel: the input one that has it
};

double width_of(const topology::Graph& graph, std::uint32_t i) {
  return i < graph.channels.size() ? graph.channels[i].width : 1;
}

std::string rounded(double x) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", x);
  return text;
}

std::string channel_name(const topology::Graph& graph, std::uint32_t i) {
  if (i >= graph.channels.size())
    return "into node " + std::to_string(i - static_cast<std::uint32_t>(graph.channels.size()));
  return topology::router_name(graph, graph.channels[i].from) + " -> " +
         topology::router_name(graph, graph.channels[i].to);
}

}  // namespace

std::vector<routing::VirtualChannel> circle_of_waiting(const Machine& machine) {
  return Waiting{machine}.circle();
}

std::string circle_text(const topology::Graph& graph, const std::vector<routing::VirtualChannel>& circle) {
  std::string text;
  for (const routing::VirtualChannel& v : circle)
    text += (text.empty() ? "" : ", ") + channel_name(graph, v.channel) + " vc " + std::to_string(v.vc);
  return text;
}

std::vector<std::uint32_t> fullest(const Machine& machine, const std::vector<double>& channel_use,
                                   const std::vector<double>& node_use) {
  const topology::Graph& graph = machine.fabric.network->graph;
  std::vector<double> use = channel_use;
  use.insert(use.end(), node_use.begin(), node_use.end());
  for (std::uint32_t i = 0; i < use.size(); ++i) use[i] /= width_of(graph, i);
  const double most = *std::ranges::max_element(use);
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < use.size(); ++i)
    if (use[i] >= 0.95 * most) out.push_back(i);
  std::ranges::stable_sort(out, [&](std::uint32_t a, std::uint32_t b) { return use[a] > use[b]; });
  return out;
}

std::string full_text(const topology::Graph& graph, const std::vector<std::uint32_t>& full,
                      const std::vector<double>& channel_use, const std::vector<double>& node_use) {
  constexpr std::size_t shown = 4;
  std::string text;
  for (std::size_t i = 0; i < full.size() && i < shown; ++i) {
    const std::uint32_t c = full[i];
    const double use = c < channel_use.size() ? channel_use[c] : node_use[c - channel_use.size()];
    text += (text.empty() ? "" : ", ") + channel_name(graph, c) + " at " + rounded(use) + " of " +
            rounded(width_of(graph, c)) + " flits a cycle";
  }
  if (full.size() > shown) text += " and " + std::to_string(full.size() - shown) + " more";
  return text;
}

}  // namespace marquetry::simulate
