#include "simulate/plain_router.h"

namespace marquetry::test {

PlainRouter::PlainRouter(PlainNetwork& net, std::uint32_t number, int ins, int outs)
    : in_wire(static_cast<std::size_t>(ins)),
      out_wire(static_cast<std::size_t>(outs)),
      net_{net},
      number_{number},
      r_{net.network.router},
      p_{r_.at(number)},
      vcs_{static_cast<int>(r_.vcs)},
      speed_in_{static_cast<int>(r_.input_speedup)},
      speed_out_{static_cast<int>(r_.output_speedup)},
      buffer_(in_wire.size(), std::vector<Buffer>(r_.vcs)),
      slots_(out_wire.size(), Slots{r_}),
      vc_allocator_(r_.vc_allocator, r_.iterations, ins * vcs_, outs * vcs_),
      switch_allocator_(r_.sw_allocator, r_.iterations, ins * speed_in_, outs * speed_out_),
      leaving_(out_wire.size()) {
  for (int i = 0; i < ins * speed_in_; ++i) turn_.push_back(i % speed_in_);
}

std::vector<Way> PlainRouter::way_on(const Letter& letter, int in, int vc) const {
  const auto& graph = net_.network.graph;
  const auto& routing = net_.routing;
  if (routing.is_table()) {
    const std::uint32_t row =
        routing.key == routing::Key::router
            ? number_
            : net_.ports.in[std::size_t{number_} * net_.ports.ports + static_cast<std::size_t>(in)];
    const std::size_t i = std::size_t{row} * graph.terminals.size() + letter.route.destination;
    std::vector<Way> ways{routing.ways.begin() + routing.begin[i],
                          routing.ways.begin() + routing.begin[i + 1]};
    if (!routing.layer.empty()) {  // each layer has its share of the virtual channels, the last one the rest
      const std::size_t pair = letter.route.source * graph.terminals.size() + letter.route.destination;
      const std::uint32_t share = routing.vcs / routing.layers, layer = routing.layer[pair];
      for (Way& way : ways) {
        way.first_vc = layer * share;
        way.last_vc = layer + 1 == routing.layers ? routing.vcs - 1 : (layer + 1) * share - 1;
      }
    }
    return ways;
  }
  const std::uint32_t behind =
      net_.ports.in[std::size_t{number_} * net_.ports.ports + static_cast<std::size_t>(in)];
  const routing::Lots none{[](void*, std::uint32_t) { return std::uint32_t{0}; }, nullptr};
  routing::Packet packet = letter.route;
  routing::Ways ways;
  routing.next(graph, routing,
               {number_, static_cast<std::uint32_t>(in), static_cast<std::uint32_t>(vc),
                behind >= graph.channels.size()},
               none, packet, ways);
  return {ways.begin(), ways.end()};
}

void PlainRouter::read(Time now) {
  for (std::size_t i = 0; i < in_wire.size(); ++i) {
    if (in_wire[i] == nullptr) continue;
    auto& flits = in_wire[i]->flits;
    if (flits.empty() || flits.front().first != now) continue;
    read_[static_cast<int>(i)] = flits.front().second;
    flits.pop_front();
  }
  for (std::size_t o = 0; o < out_wire.size(); ++o) {
    if (out_wire[o] == nullptr) continue;
    auto& credits = out_wire[o]->credits;
    for (; !credits.empty() && credits.front().first == now; credits.pop_front())
      credits_.push_back({now + static_cast<Time>(p_.credit), {static_cast<int>(o), credits.front().second}});
  }
}

void PlainRouter::start(int in, int vc) {
  Buffer& b = buffer_[static_cast<std::size_t>(in)][static_cast<std::size_t>(vc)];
  if (p_.routing != 0) {
    b.at = At::routing;
    routing_.push_back({-1, in, vc, -1});
    return;
  }
  b.ways = b.flits.front().letter->ahead;
  b.at = At::allocating;
  if (p_.speculative) switch_.push_back({-1, in, vc, -1});
  vc_.push_back({-1, in, vc, -1});
}

void PlainRouter::queue_input(Time now) {
  for (auto& [in, flit] : read_) {
    Buffer& b = buffer_[static_cast<std::size_t>(in)][static_cast<std::size_t>(flit.vc)];
    b.flits.push_back(flit);
    if (b.at == At::idle)
      start(in, flit.vc);
    else if (b.at == At::active && b.flits.size() == 1)
      switch_.push_back({-1, in, flit.vc, -1});
  }
  read_.clear();
  for (; !credits_.empty() && credits_.front().first <= now; credits_.pop_front())
    slots_[static_cast<std::size_t>(credits_.front().second.first)].credit(credits_.front().second.second);
}

constexpr int failed = -2;

void PlainRouter::allocate_vcs(Time now) {
  vc_allocator_.asked.clear();
  vc_allocator_.matched.clear();
  if (vc_.empty()) return;
  for (Waiting& w : vc_) {
    if (w.due >= 0) continue;
    bool any = false;
    for (const Way& way : buffer_[static_cast<std::size_t>(w.in)][static_cast<std::size_t>(w.vc)].ways)
      for (auto v = static_cast<int>(way.first_vc); v <= static_cast<int>(way.last_vc); ++v)
        if (slots_[way.port].is_free(v)) {
          any = true;
          const std::pair key{w.in * vcs_ + w.vc, static_cast<int>(way.port) * vcs_ + v};
          const Ask ask{0, static_cast<int>(way.priority), 0};
          const auto [known, is_new] = vc_allocator_.asked.insert({key, ask});
          if (!is_new && known->second.in_priority < ask.in_priority) known->second = ask;
        }
    if (!any) w.result = failed;
  }
  vc_allocator_.run();
  for (Waiting& w : vc_) {
    if (w.due >= 0) continue;
    w.due = now + static_cast<Time>(p_.vc_alloc) - 1;
    const auto found = vc_allocator_.matched.find(w.in * vcs_ + w.vc);
    if (w.result != failed) w.result = found == vc_allocator_.matched.end() ? failed : found->second;
  }
  if (p_.vc_alloc > 1)
    for (Waiting& w : vc_)
      if (w.due <= now && w.result >= 0 &&
          !slots_[static_cast<std::size_t>(w.result / vcs_)].is_free(w.result % vcs_))
        w.result = failed;
}

void PlainRouter::ask_switch(int in, int vc, int out, int priority) {
  const int from = in * speed_in_ + vc % speed_in_, to = out * speed_out_ + in % speed_out_;
  const auto before = switch_allocator_.asked.find({from, to});
  if (before != switch_allocator_.asked.end()) {
    const int turn = turn_[static_cast<std::size_t>(from)];
    const Ask& other = before->second;
    const bool wins =
        priority > other.in_priority ||
        (priority == other.in_priority && (vc - turn + vcs_) % vcs_ < (other.label - turn + vcs_) % vcs_);
    if (!wins) return;
  }
  switch_allocator_.asked[{from, to}] = {vc, priority, priority};
}

void PlainRouter::allocate_switch(Time now) {
  switch_allocator_.asked.clear();
  switch_allocator_.matched.clear();
  if (switch_.empty()) return;
  for (Waiting& w : switch_) {
    if (w.due >= 0) continue;
    const Buffer& b = buffer_[static_cast<std::size_t>(w.in)][static_cast<std::size_t>(w.vc)];
    if (b.at == At::active) {
      if (slots_[static_cast<std::size_t>(b.port)].is_full(b.vc))
        w.result = failed;
      else
        ask_switch(w.in, w.vc, b.port, 0);
      continue;
    }
    for (const Way& way : b.ways) {
      bool is_open = false;
      for (auto v = static_cast<int>(way.first_vc); v <= static_cast<int>(way.last_vc); ++v)
        is_open = is_open || (slots_[way.port].is_free(v) && !slots_[way.port].is_full(v));
      if (is_open)
        ask_switch(w.in, w.vc, static_cast<int>(way.port), -1);
      else
        w.result = failed;
    }
  }
  switch_allocator_.run();
  for (Waiting& w : switch_) {
    if (w.due >= 0) continue;
    w.due = now + static_cast<Time>(p_.sw_alloc) - 1;
    if (w.result == failed) continue;
    const int from = w.in * speed_in_ + w.vc % speed_in_;
    const auto found = switch_allocator_.matched.find(from);
    w.result = failed;
    if (found == switch_allocator_.matched.end()) continue;
    if (switch_allocator_.asked[{from, found->second}].label != w.vc) continue;
    turn_[static_cast<std::size_t>(from)] = (w.vc + speed_in_) % vcs_;
    w.result = found->second;
  }
  if (!p_.speculative && p_.sw_alloc <= 1) return;
  for (Waiting& w : switch_) {
    if (w.due > now || w.result < 0) continue;
    const Buffer& b = buffer_[static_cast<std::size_t>(w.in)][static_cast<std::size_t>(w.vc)];
    const int out = w.result / speed_out_;
    int vc = b.vc;
    if (b.at == At::allocating) {
      const auto got = vc_allocator_.matched.find(w.in * vcs_ + w.vc);
      if (got == vc_allocator_.matched.end() || got->second / vcs_ != out) {
        w.result = failed;
        continue;
      }
      vc = got->second % vcs_;
    }
    if (slots_[static_cast<std::size_t>(out)].is_full(vc)) w.result = failed;
  }
}

void PlainRouter::send(const Waiting& w, Time now) {
  Buffer& b = buffer_[static_cast<std::size_t>(w.in)][static_cast<std::size_t>(w.vc)];
  PlainFlit flit = b.flits.front();
  b.flits.pop_front();
  flit.vc = b.vc;
  const auto out = static_cast<std::size_t>(b.port);
  slots_[out].leave(flit);
  const std::uint32_t channel = net_.ports.out[std::size_t{number_} * net_.ports.ports + out];
  if (flit.head && channel < net_.network.graph.channels.size()) {
    const topology::Channel& c = net_.network.graph.channels[channel];
    if (r_.at(c.to).routing == 0)
      flit.letter->ahead = net_.routers[c.to]->way_on(*flit.letter, static_cast<int>(c.in_port), flit.vc);
  }
  crossing_.push_back({-1, flit, b.port});
  Wire& back = *in_wire[static_cast<std::size_t>(w.in)];
  back.credits.push_back({now + back.latency + 1, w.vc});
  if (flit.tail) {
    b.at = At::idle;
    if (!b.flits.empty()) start(w.in, w.vc);
  } else if (!b.flits.empty()) {
    switch_.push_back({-1, w.in, w.vc, -1});
  }
}

void PlainRouter::update(Time now) {
  while (!routing_.empty() && routing_.front().due == now) {
    const Waiting w = routing_.front();
    routing_.pop_front();
    Buffer& b = buffer_[static_cast<std::size_t>(w.in)][static_cast<std::size_t>(w.vc)];
    b.ways = way_on(*b.flits.front().letter, w.in, w.vc);
    b.at = At::allocating;
    if (p_.speculative) switch_.push_back({-1, w.in, w.vc, -1});
    vc_.push_back({-1, w.in, w.vc, -1});
  }
  while (!vc_.empty() && vc_.front().due >= 0 && vc_.front().due <= now) {
    const Waiting w = vc_.front();
    vc_.pop_front();
    if (w.result < 0) {
      vc_.push_back({-1, w.in, w.vc, -1});
      continue;
    }
    Buffer& b = buffer_[static_cast<std::size_t>(w.in)][static_cast<std::size_t>(w.vc)];
    b.port = w.result / vcs_;
    b.vc = w.result % vcs_;
    b.at = At::active;
    slots_[static_cast<std::size_t>(b.port)].take(b.vc, w.in * vcs_ + w.vc);
    if (!p_.speculative) switch_.push_back({-1, w.in, w.vc, -1});
  }
  while (!switch_.empty() && switch_.front().due >= 0 && switch_.front().due <= now) {
    const Waiting w = switch_.front();
    switch_.pop_front();
    if (w.result < 0)
      switch_.push_back({-1, w.in, w.vc, -1});
    else
      send(w, now);
  }
}

void PlainRouter::cycle(Time now) {
  queue_input(now);
  for (Waiting& w : routing_)
    if (w.due < 0) w.due = now + static_cast<Time>(p_.routing) - 1;
  allocate_vcs(now);
  allocate_switch(now);
  for (auto& [due, flit, out] : crossing_)
    if (due < 0) due = now + static_cast<Time>(p_.st_prepare + p_.st_final) - 1;
  update(now);
  for (; !crossing_.empty() && std::get<0>(crossing_.front()) == now; crossing_.pop_front())
    leaving_[static_cast<std::size_t>(std::get<2>(crossing_.front()))].push_back(
        std::get<1>(crossing_.front()));
  for (std::size_t out = 0; out < leaving_.size(); ++out) {
    if (leaving_[out].empty()) continue;
    out_wire[out]->flits.push_back({now + out_wire[out]->latency + 1, leaving_[out].front()});
    leaving_[out].pop_front();
  }
}

}  // namespace marquetry::test
