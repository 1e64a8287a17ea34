// The network as queues: what of it does not depend on the load is made once, waits are then a matter of
// microseconds a load. Equations and sources: docs/throughput.md.
#pragma once

#include "contention/contention.h"
#include "contention/streams.h"

namespace marquetry::contention {

class Model {
 public:
  Model(const topology::Graph& graph, const routing::Router& router, std::uint32_t packet_flits,
        const Streams& streams);

  // Cycles from birth to arrival without load: mean over the traffic and all lots.
  double base() const { return base_; }
  // What waiting adds to it, at an offered load: cycles, mean over the traffic.
  double wait(double load);

 private:
  struct Flow {  // a stream, with its input and output as the router counts them
    std::uint32_t in{}, out{};
    double rate{};
  };
  struct Input {
    std::uint32_t first{}, last{};  // flows
    double rate{};
    double round_trip{};  // cycles until a slot of its buffer can be used again
    bool is_node{};
    std::vector<std::pair<double, double>> share{};  // of a virtual channel, and how many have it
  };
  struct Output {
    double width{1};
  };
  struct Site {  // a router
    std::uint32_t first_input{}, last_input{}, first_output{}, last_output{}, first_flow{}, last_flow{};
    double allocation{}, routing{};
  };

  void grant(const Site& site, double load);
  double waits(const Site& site, double load);
  double input_wait(const Site& site, const Input& input, double load);

  double packet_{}, buffer_{}, conflict_{}, sent_{}, base_{};
  bool holds_until_empty_{};
  std::vector<Site> sites_{};
  std::vector<Input> inputs_{};
  std::vector<Output> outputs_{};
  std::vector<Flow> flows_{};
  std::vector<double> yield_{};  // of two flows of an input: how much of a conflict is the former's loss
  std::vector<std::uint32_t> first_yield_{};  // by flow
  std::vector<double> granted_{}, next_{};  // by flow, flits a cycle: grants, of which some are not accepted
  std::vector<double> grants_{}, output_wait_{};  // by output
};

}  // namespace marquetry::contention
