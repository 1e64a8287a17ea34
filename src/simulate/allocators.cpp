#include "simulate/allocators.h"

namespace marquetry::simulate {

Matcher::Matcher(std::size_t ins, std::size_t outs)
    : of_in_(ins, Best{nothing, 0, 0}),
      of_out_(outs, Best{nothing, 0, 0}),
      in_taken_(ins),
      out_taken_(outs) {}

// Each free output grants the first request at or after its pointer, each input accepts the first such grant.
void Matcher::islip_iteration(std::span<const Request> requests, Pointers pointers, bool moves_pointers) {
  outs_.clear();
  ins_.clear();
  for (std::uint32_t k = 0; k < requests.size(); ++k) {
    const Request& r = requests[k];
    if (in_taken_[r.in] || out_taken_[r.out]) continue;
    const std::uint32_t distance = steps(pointers.out[r.out], r.in, pointers.ins);
    Best& best = of_out_[r.out];
    if (best.request == nothing) outs_.push_back(r.out);
    if (best.request == nothing || distance < best.distance) best = {k, distance, 0};
  }
  for (const std::uint16_t out : outs_) {
    const std::uint32_t k = of_out_[out].request;
    of_out_[out].request = nothing;
    const std::uint16_t in = requests[k].in;
    const std::uint32_t distance = steps(pointers.in[in], out, pointers.outs);
    Best& best = of_in_[in];
    if (best.request == nothing) ins_.push_back(in);
    if (best.request == nothing || distance < best.distance) best = {k, distance, 0};
  }
  for (const std::uint16_t in : ins_) {
    const std::uint32_t k = of_in_[in].request;
    of_in_[in].request = nothing;
    const std::uint16_t out = requests[k].out;
    in_taken_[in] = out_taken_[out] = 1;
    granted_.push_back(k);
    if (moves_pointers) {
      pointers.out[out] = next_on_ring(in, pointers.ins);
      pointers.in[in] = next_on_ring(out, pointers.outs);
    }
  }
}

// Each input chooses one request, each output one of the inputs that chose it.
void Matcher::separable(std::span<const Request> requests, Pointers pointers) {
  outs_.clear();
  ins_.clear();
  const auto better = [](const Best& best, std::int32_t priority, std::uint32_t distance) {
    return best.request == nothing || priority > best.priority ||
           (priority == best.priority && distance < best.distance);
  };
  for (std::uint32_t k = 0; k < requests.size(); ++k) {
    const Request& r = requests[k];
    const std::uint32_t distance = steps(pointers.in[r.in], r.out, pointers.outs);
    Best& best = of_in_[r.in];
    if (best.request == nothing) ins_.push_back(r.in);
    if (better(best, r.in_priority, distance)) best = {k, distance, r.in_priority};
  }
  for (const std::uint16_t in : ins_) {
    const std::uint32_t k = of_in_[in].request;
    of_in_[in].request = nothing;
    const Request& r = requests[k];
    const std::uint32_t distance = steps(pointers.out[r.out], in, pointers.ins);
    Best& best = of_out_[r.out];
    if (best.request == nothing) outs_.push_back(r.out);
    if (better(best, r.out_priority, distance)) best = {k, distance, r.out_priority};
  }
  for (const std::uint16_t out : outs_) {
    const std::uint32_t k = of_out_[out].request;
    of_out_[out].request = nothing;
    granted_.push_back(k);
    pointers.out[out] = next_on_ring(requests[k].in, pointers.ins);
    pointers.in[requests[k].in] = next_on_ring(out, pointers.outs);
  }
}

std::span<const std::uint32_t> Matcher::match(routing::Allocator kind, std::uint32_t iterations,
                                              std::span<const Request> requests, Pointers pointers) {
  granted_.clear();
  if (kind == routing::Allocator::separable_input_first) {
    separable(requests, pointers);
    return granted_;
  }
  for (std::uint32_t i = 0; i < iterations; ++i) {
    const std::size_t before = granted_.size();
    islip_iteration(requests, pointers, i == 0);
    if (granted_.size() == before) break;
  }
  for (const std::uint32_t k : granted_) in_taken_[requests[k].in] = out_taken_[requests[k].out] = 0;
  return granted_;
}

}  // namespace marquetry::simulate
