#include "simulate/allocators.h"

#include <algorithm>
#include <bit>

namespace marquetry::simulate {
namespace {

constexpr std::uint64_t bit(std::uint32_t i) { return std::uint64_t{1} << i; }

// The first one at or after the pointer, round the ring; there is one.
std::uint32_t first_from(std::uint64_t bits, std::uint32_t pointer) {
  const std::uint64_t later = bits & (~std::uint64_t{0} << pointer);
  return static_cast<std::uint32_t>(std::countr_zero(later != 0 ? later : bits));
}

}  // namespace

Matcher::Matcher(std::size_t ins, std::size_t outs) : fits_words_{ins <= 64 && outs <= 64}, stride_{outs} {
  if (fits_words_) {
    rows_.resize(ins);
    granted_to_.resize(ins);
    columns_.resize(outs);
    chosen_by_.resize(outs);
    request_at_.resize(ins * outs);
  }
  of_in_.assign(ins, Best{nothing, 0, 0});
  of_out_.assign(outs, Best{nothing, 0, 0});
  in_taken_.resize(ins);
  out_taken_.resize(outs);
}

void Matcher::islip_by_bits(std::uint32_t iterations, std::uint64_t ins, std::uint64_t outs,
                            Pointers pointers) {
  for (std::uint32_t i = 0; i < iterations; ++i) {
    std::uint64_t granted = 0;
    for (std::uint64_t left = outs; left != 0; left &= left - 1) {
      const auto out = static_cast<std::uint32_t>(std::countr_zero(left));
      const std::uint64_t asking = columns_[out] & ins;
      if (asking == 0) continue;
      const std::uint32_t in = first_from(asking, pointers.out[out]);
      granted_to_[in] |= bit(out);
      granted |= bit(in);
    }
    if (granted == 0) return;
    for (; granted != 0; granted &= granted - 1) {
      const auto in = static_cast<std::uint32_t>(std::countr_zero(granted));
      const std::uint32_t out = first_from(granted_to_[in], pointers.in[in]);
      granted_to_[in] = 0;
      granted_.push_back(request_at_[in * stride_ + out]);
      ins &= ~bit(in);
      outs &= ~bit(out);
      if (i > 0) continue;
      pointers.out[out] = next_on_ring(in, pointers.ins);
      pointers.in[in] = next_on_ring(out, pointers.outs);
    }
  }
}

void Matcher::separable_by_bits(std::uint64_t ins, Pointers pointers) {
  std::uint64_t chosen = 0;
  for (; ins != 0; ins &= ins - 1) {
    const auto in = static_cast<std::uint32_t>(std::countr_zero(ins));
    const std::uint32_t out = first_from(rows_[in], pointers.in[in]);
    chosen_by_[out] |= bit(in);
    chosen |= bit(out);
  }
  for (; chosen != 0; chosen &= chosen - 1) {
    const auto out = static_cast<std::uint32_t>(std::countr_zero(chosen));
    const std::uint32_t in = first_from(chosen_by_[out], pointers.out[out]);
    chosen_by_[out] = 0;
    granted_.push_back(request_at_[in * stride_ + out]);
    pointers.out[out] = next_on_ring(in, pointers.ins);
    pointers.in[in] = next_on_ring(out, pointers.outs);
  }
}

void Matcher::by_bits(routing::Allocator kind, std::uint32_t iterations, std::span<const Request> requests,
                      Pointers pointers) {
  std::uint64_t ins = 0, outs = 0;
  for (std::uint32_t k = 0; k < requests.size(); ++k) {
    const Request& r = requests[k];
    rows_[r.in] |= bit(r.out);
    columns_[r.out] |= bit(r.in);
    request_at_[r.in * stride_ + r.out] = k;
    ins |= bit(r.in);
    outs |= bit(r.out);
  }
  if (kind == routing::Allocator::islip)
    islip_by_bits(iterations, ins, outs, pointers);
  else
    separable_by_bits(ins, pointers);
  for (const Request& r : requests) rows_[r.in] = columns_[r.out] = 0;
}

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
  const bool is_islip = kind == routing::Allocator::islip;  // which does not look at priorities
  const auto alike = [&](const Request& r) {
    return r.in_priority == requests[0].in_priority && r.out_priority == requests[0].out_priority;
  };
  if (fits_words_ && (is_islip || std::ranges::all_of(requests, alike))) {
    by_bits(kind, iterations, requests, pointers);
    return granted_;
  }
  if (!is_islip) {
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
