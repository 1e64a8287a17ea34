#include "fit/simplex.h"

#include <algorithm>
#include <cmath>

namespace marquetry::test {
namespace {

struct Corner {
  std::vector<double> at{};  // logarithms
  double cost{};
};

class Simplex {
 public:
  Simplex(const std::function<double(const std::vector<double>&)>& cost, const std::vector<double>& start,
          double step)
      : cost_{cost} {
    corners_.push_back(corner(start));
    for (std::size_t i = 0; i < start.size(); ++i) {
      auto at = start;
      at[i] += step;
      corners_.push_back(corner(at));
    }
  }

  Corner shrink(int steps) {
    for (int i = 0; i < steps; ++i) {
      std::ranges::stable_sort(corners_, {}, &Corner::cost);
      move();
    }
    return *std::ranges::min_element(corners_, {}, &Corner::cost);
  }

 private:
  Corner corner(const std::vector<double>& at) const {
    std::vector<double> numbers;
    for (const double one : at) numbers.push_back(std::exp(one));
    return {at, cost_(numbers)};
  }

  // The worst corner seen from the middle of the others, `far` times as far away; beyond it where negative.
  Corner through(double far) const {
    const auto& worst = corners_.back().at;
    auto at = worst;
    for (std::size_t j = 0; j < at.size(); ++j) {
      double middle = 0;
      for (std::size_t i = 0; i + 1 < corners_.size(); ++i) middle += corners_[i].at[j];
      middle /= static_cast<double>(corners_.size() - 1);
      at[j] = middle + far * (worst[j] - middle);
    }
    return corner(at);
  }

  void move() {
    auto& worst = corners_.back();
    const auto mirrored = through(-1);
    if (mirrored.cost < corners_.front().cost) {
      const auto further = through(-2);
      worst = further.cost < mirrored.cost ? further : mirrored;
    } else if (mirrored.cost < corners_[corners_.size() - 2].cost) {
      worst = mirrored;
    } else if (const auto nearer = through(0.5); nearer.cost < worst.cost) {
      worst = nearer;
    } else {
      for (std::size_t i = 1; i < corners_.size(); ++i) {
        auto at = corners_[i].at;
        for (std::size_t j = 0; j < at.size(); ++j) at[j] = (at[j] + corners_.front().at[j]) / 2;
        corners_[i] = corner(at);
      }
    }
  }

  const std::function<double(const std::vector<double>&)>& cost_;
  std::vector<Corner> corners_{};
};

}  // namespace

std::vector<double> minimum(const std::function<double(const std::vector<double>&)>& cost,
                            const std::vector<double>& start) {
  std::vector<double> at;
  for (const double one : start) at.push_back(std::log(one));
  for (const double step : {0.3, -0.2, 0.1, -0.05, 0.5}) at = Simplex{cost, at, step}.shrink(300).at;
  for (double& one : at) one = std::exp(one);
  return at;
}

}  // namespace marquetry::test
