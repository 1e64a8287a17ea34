// Rows of dies side by side on one grid: how many they hold together, for every common offset along the rows.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

namespace marquetry::wafer {

// A row is symmetric about the wafer's axis, so its count is even in the offset, and offsets of 0 ... 1/2
// pitch tell all. A row of n + f pitches (n whole, f < 1) holds n dies' centres, and one more where these n +
// 1 can be centred to within f/2: with n even up to the offset f/2, with n odd from (1 - f)/2 on. Closed:
// centres on the ends of the span count.
class RowProfile {
 public:
  void clear(std::size_t most_spans);
  // Centres may lie on the closed span of this many pitches about the axis ...
  void add(double pitches) {
    const auto whole = static_cast<int>(pitches);
    const double rest = pitches - whole;
    base_ += whole;
    if ((whole & 1) != 0) {
      begin(1 - rest);
    } else {
      ++base_;
      end(rest);
    }
  }
  // ... but not on the open one.
  void remove(double pitches);

  // No offset gives more. Cheap: offsets in classes, each as if all of its ends lay behind its beginnings.
  long ceiling() const;
  struct Peak {
    long dies{};
    double offset{};  // in pitches
  };
  Peak peak();

 private:
  static constexpr std::size_t most_classes = 256;
  // Offsets are kept doubled: 0 ... 1.
  void begin(double at) {
    begins_[begin_count_++] = at;
    ++changes_[static_cast<std::size_t>(at * classes_)];
  }
  void end(double at) {
    ends_[end_count_++] = at;
    --changes_[static_cast<std::size_t>(at * classes_) + 1];
  }

  long base_{};
  std::size_t begin_count_{}, end_count_{};
  std::vector<double> begins_{}, ends_{};
  double classes_{};  // of offsets: about as many as spans
  std::array<int, most_classes + 2> changes_{};
};

}  // namespace marquetry::wafer
