// The nodes: packets are born, wait, enter the network a flit a cycle, and are taken out of it (BookSim2,
// src/trafficmanager.cpp). A source makes its next packet only once the last one has gone, but its clock of
// births lags behind meanwhile, so that nothing is lost and the wait counts.
#pragma once

#include <cstdint>
#include <vector>

#include "simulate/draws.h"
#include "simulate/machine.h"

namespace marquetry::simulate {

// What has been counted since the last clearing.
struct Counts {
  std::uint64_t packets{}, latency{}, network_latency{}, routers{};  // sums over recorded packets
  std::uint64_t accepted{};                                          // flits that reached a node
};

enum class Phase : std::uint8_t { warming, running, draining, emptying };

class Terminals {
 public:
  Terminals(Machine& machine, std::uint32_t packet_flits, bool restricts_first_vc);

  Phase phase{Phase::warming};
  std::uint64_t drain_began{}, measuring_began{};
  Counts counts{};
  std::vector<std::uint32_t> histogram{};                 // of the latencies of measured packets
  std::vector<std::uint64_t> batch_sum{}, batch_count{};  // of measured packets, by the period of their birth
  std::uint64_t batch{1000};

  // One cycle, from arrivals to departures.
  void step(Draws& draws);

  std::uint64_t flits_in_flight() const { return in_flight_; }
  // Of all flits that are under way, those at their sources included.
  std::uint64_t ages() const { return in_flight_ * machine_.now - births_; }
  // Some packet of the measured window is under way, or not yet made.
  bool is_owed() const { return measured_ != 0 || drained_ != static_cast<std::uint32_t>(sources_.size()); }

  // Of messages instead a cycle is: what has arrived (flits are added to the count of their message once
  // their packet is complete), what starts now, the rest.
  struct Part {
    std::uint32_t message{}, flits{};
  };
  void receive(std::vector<Part>& arrived);
  void enqueue(std::uint32_t node, std::uint32_t destination, std::uint64_t flits, std::uint32_t message);
  void send();

 private:
  struct Source {
    std::uint64_t clock{};
    std::uint32_t packet{}, sent{};
    std::int32_t vc{-1}, last_vc{-1};
    bool is_drained{};
    std::size_t next{};  // in its queue of messages
  };
  struct Queued {
    std::uint32_t message{}, destination{};
    std::uint64_t flits{};
  };
  void generate(Draws& draws);
  void inject();
  void inject_from(std::uint32_t node);
  std::int32_t first_free_vc(std::uint32_t node) const;
  void retire(std::vector<Part>* arrived);
  void next_of_queue(std::uint32_t node);
  void record(const Packet& packet, std::uint32_t routers);
  void make_pending(std::uint32_t node, std::uint32_t packet);

  Machine& machine_;
  std::uint32_t packet_flits_;
  bool restricts_first_vc_;
  std::vector<Source> sources_{};
  std::vector<std::uint64_t> pending_{};  // nodes with a packet to send, a bit each
  std::vector<std::vector<Queued>> queued_{};
  std::uint64_t in_flight_{}, births_{}, measured_{};
  std::uint32_t drained_{};
};

}  // namespace marquetry::simulate
