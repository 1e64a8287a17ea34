// Allocators as plain as can be, for the plain network: requests in a map, rings walked step by step.
#pragma once

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "routing/router.h"

namespace marquetry::test {

// Requests as a matrix of priorities; ring order from a pointer.
struct Ask {
  int label{}, in_priority{}, out_priority{};
};
class PlainAllocator {
 public:
  PlainAllocator(routing::Allocator kind, std::uint32_t iterations, int ins, int outs)
      : kind_{kind},
        iterations_{iterations},
        ins_{ins},
        outs_{outs},
        in_from_(size(ins)),
        out_from_(size(outs)) {}
  std::map<std::pair<int, int>, Ask> asked{};
  std::map<int, int> matched{};  // in -> out

  void run() {
    matched.clear();
    if (kind_ == routing::Allocator::islip)
      for (std::uint32_t i = 0; i < iterations_; ++i) slip(i == 0);
    else
      separate();
  }

 private:
  static std::size_t size(int i) { return static_cast<std::size_t>(i); }
  bool is_out_taken(int out) const {
    return std::any_of(matched.begin(), matched.end(), [&](auto& m) { return m.second == out; });
  }
  void slip(bool first) {
    std::map<int, int> grant;  // out -> in
    for (int out = 0; out < outs_; ++out)
      for (int k = 0; k < ins_ && !is_out_taken(out) && !grant.contains(out); ++k) {
        const int in = (out_from_[size(out)] + k) % ins_;
        if (asked.contains({in, out}) && !matched.contains(in)) grant[out] = in;
      }
    for (int in = 0; in < ins_; ++in)
      for (int k = 0; k < outs_; ++k) {
        const int out = (in_from_[size(in)] + k) % outs_;
        if (!grant.contains(out) || grant[out] != in) continue;
        matched[in] = out;
        if (first) {
          out_from_[size(out)] = (in + 1) % ins_;
          in_from_[size(in)] = (out + 1) % outs_;
        }
        break;
      }
  }
  void separate() {
    std::map<int, std::map<int, int>> chosen;  // out -> in -> priority
    for (int in = 0; in < ins_; ++in) {
      int best = -1;
      for (int k = 0; k < outs_; ++k) {
        const int out = (in_from_[size(in)] + k) % outs_;
        const auto a = asked.find({in, out});
        if (a != asked.end() && (best < 0 || a->second.in_priority > asked[{in, best}].in_priority))
          best = out;
      }
      if (best >= 0) chosen[best][in] = asked[{in, best}].out_priority;
    }
    for (auto& [out, by] : chosen) {
      int best = -1;
      for (int k = 0; k < ins_; ++k) {
        const int in = (out_from_[size(out)] + k) % ins_;
        if (by.contains(in) && (best < 0 || by[in] > by[best])) best = in;
      }
      matched[best] = out;
      in_from_[size(best)] = (out + 1) % outs_;
      out_from_[size(out)] = (best + 1) % ins_;
    }
  }
  routing::Allocator kind_;
  std::uint32_t iterations_;
  int ins_, outs_;
  std::vector<int> in_from_, out_from_;
};

}  // namespace marquetry::test
