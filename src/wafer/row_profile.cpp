#include "wafer/row_profile.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace marquetry::wafer {

void RowProfile::clear(std::size_t most_spans) {
  if (begins_.size() < most_spans) {
    begins_.resize(most_spans);
    ends_.resize(most_spans);
  }
  base_ = 0;
  begin_count_ = end_count_ = 0;
  const auto classes = std::clamp(std::bit_floor(most_spans), std::size_t{8}, most_classes);
  classes_ = static_cast<double>(classes);
  std::fill_n(changes_.begin(), classes + 2, 0);
}

void RowProfile::remove(double pitches) {
  // n + f pitches with 0 < f <= 1: an open span that ends on centres does not hold them.
  const double whole = std::ceil(pitches) - 1;
  const double rest = pitches - whole;
  if (whole < 0) return;
  base_ -= static_cast<long>(whole);
  if (std::fmod(whole, 2) == 0) {
    --base_;
    begin(rest);
  } else {
    end(1 - rest);
  }
}

long RowProfile::ceiling() const {
  int sum = 0, most = 0;
  const auto classes = static_cast<std::size_t>(classes_);
  for (std::size_t i = 0; i <= classes; ++i) {
    sum += changes_[i];
    most = std::max(most, sum);
  }
  return base_ + most;
}

RowProfile::Peak RowProfile::peak() {
  const auto begins = begins_.begin(), ends = ends_.begin();
  const auto last_begin = begins + static_cast<std::ptrdiff_t>(begin_count_);
  const auto last_end = ends + static_cast<std::ptrdiff_t>(end_count_);
  std::sort(begins, last_begin);
  std::sort(ends, last_end);
  // The count falls only behind an end: the best offset is an end, or the last offset of all.
  Peak best{base_ + static_cast<long>(begin_count_) - static_cast<long>(end_count_), 1};
  auto begun = begins;
  for (auto end = ends; end != last_end; ++end) {
    while (begun != last_begin && *begun <= *end) ++begun;
    const long dies = base_ + (begun - begins) - (end - ends);
    if (dies >= best.dies) best = {dies, *end};
  }
  best.offset /= 2;
  return best;
}

}  // namespace marquetry::wafer
