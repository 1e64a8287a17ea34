// Coordinates are those of centres, so that a mirror image is a change of sign. A turn that is not decided is
// a mixture, which leaves the program linear: width = sum of share * width.
#include "floorplan/exact_model.h"

#include <algorithm>
#include <cmath>

#include "floorplan/bound.h"

namespace marquetry::floorplan::exact {
namespace {

struct Linear {
  std::vector<Term> terms{};
  double constant{};
  Linear& add(const Linear& other, double factor) {
    for (const auto& t : other.terms) terms.push_back({t.column, factor * t.factor});
    constant += factor * other.constant;
    return *this;
  }
  Linear& add(std::size_t column, double factor) {
    terms.push_back({column, factor});
    return *this;
  }
};

// expression >= 0
Inequality not_negative(const Linear& expression) {
  Inequality row{{}, -expression.constant};
  for (const auto& t : expression.terms) {
    const auto same = std::ranges::find(row.terms, t.column, &Term::column);
    if (same == row.terms.end()) {
      row.terms.push_back(t);
    } else {
      same->factor += t.factor;
    }
  }
  std::erase_if(row.terms, [](const Term& t) { return t.factor == 0; });
  return row;
}

Point turned_offset(const Problem& problem, const Pin& pin, Rotation r) {  // doubled, from the centre
  if (is_centre(problem, pin)) return {};
  const Size size = problem.blocks[static_cast<std::size_t>(pin.block)].size;
  const Point at = geometry::turned(pin.at, size, r);
  const Size as_turned = geometry::turned(size, r);
  return {2 * at.x - as_turned.width, 2 * at.y - as_turned.height};
}

class Builder {
 public:
  Builder(const Problem& problem, const Symmetry& symmetry) : problem_{problem}, symmetry_{symmetry} {
    model_.blocks = problem.blocks.size();
    nets_ = reduced(problem);
    set_units();
    for (std::size_t c = 0; c < 2 * model_.blocks; ++c) column(0, reach_);
    for (std::size_t b = 0; b < model_.blocks; ++b) add_turns(b);
    add_gaps();
  }

  Model built(std::span<const Cut> cuts) {
    for (std::size_t b = 0; b < model_.blocks; ++b) confine(b);
    for (const auto& net : nets_) add_net(net);
    for (const auto& cut : cuts) add_cut(cut);
    break_symmetry();
    model_.program.always = model_.program.rows.size();
    add_decisions();
    return std::move(model_);
  }

 private:
  std::size_t column(double cost, double largest) {
    model_.program.cost.push_back(cost);
    model_.program.largest.push_back(largest);
    return model_.program.cost.size() - 1;
  }
  void hold(const Linear& expression) { model_.program.rows.push_back(not_negative(expression)); }

  double scaled(Nanometre doubled) const { return static_cast<double>(doubled) / 2 / model_.length; }

  void set_units() {
    double sum = 0, gaps = static_cast<double>(problem_.gap), weight = 0;
    for (const auto& b : problem_.blocks) sum += static_cast<double>(std::max(b.size.width, b.size.height));
    for (const auto& g : problem_.gaps) gaps = std::max(gaps, static_cast<double>(g.gap));
    model_.length = std::max(1.0, sum / static_cast<double>(std::max<std::size_t>(1, model_.blocks)));
    double far = sum + gaps * static_cast<double>(model_.blocks);
    Nanometre low = 0;
    for (const auto& net : nets_) {
      weight = std::max(weight, net.weight);
      for (const auto& pin : net.pins) {
        far =
            std::max({far, std::abs(static_cast<double>(pin.at.x)), std::abs(static_cast<double>(pin.at.y))});
        low = std::min({low, pin.at.x, pin.at.y});
      }
    }
    if (problem_.outline) {
      far = std::max(
          {far, static_cast<double>(problem_.outline->width), static_cast<double>(problem_.outline->height)});
    }
    reach_ = 4 * far / model_.length;
    lowest_ = static_cast<double>(low) / model_.length - reach_ / 4;
    model_.cost = std::max(weight * problem_.objective.wire, 1e-30) * model_.length;
  }

  void add_turns(std::size_t b) {
    const auto& block = problem_.blocks[b];
    std::vector<std::vector<Point>> seen;
    auto& turns = model_.turns.emplace_back();
    for (const auto r : geometry::rotations) {
      const bool allowed =
          block.fixed ? r == block.fixed->rotation : ((block.rotations >> static_cast<int>(r)) & 1) != 0;
      if (!allowed) continue;
      const Size size = geometry::turned(block.size, r);
      std::vector<Point> signature{{size.width, size.height}};
      for (const auto& net : nets_) {
        for (const auto& pin : net.pins) {
          if (pin.block == static_cast<std::int32_t>(b)) signature.push_back(turned_offset(problem_, pin, r));
        }
      }
      if (std::ranges::find(seen, signature) != seen.end()) continue;
      seen.push_back(signature);
      turns.push_back({r, scaled(2 * size.width), scaled(2 * size.height)});
    }
    model_.fraction.push_back(model_.program.cost.size());
    for (std::size_t t = 1; t < turns.size(); ++t) column(0, 1);
  }

  void add_gaps() {
    const std::size_t n = model_.blocks;
    model_.gap.assign(n * n, 0);
    model_.pull.assign(n * n, 0);
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        if (a != b) model_.gap[a * n + b] = static_cast<double>(gap_between(problem_, a, b)) / model_.length;
      }
    }
  }

  // value of each turn, mixed by the shares
  template <class F>
  Linear mixed(std::size_t b, F value) const {
    const auto& turns = model_.turns[b];
    Linear sum{{}, value(turns[0])};
    for (std::size_t t = 1; t < turns.size(); ++t) {
      if (const double more = value(turns[t]) - sum.constant; more != 0)
        sum.add(model_.fraction[b] + t - 1, more);
    }
    return sum;
  }
  Linear extent(std::size_t b, std::size_t axis) const {
    return mixed(b, [&](const Turn& t) { return axis == 0 ? t.width : t.height; });
  }
  Linear centre(std::size_t b, std::size_t axis) const { return Linear{{{axis * model_.blocks + b, 1}}, 0}; }
  Linear share(std::size_t b, std::size_t turn) const {
    return mixed(b, [&](const Turn& t) { return &t == &model_.turns[b][turn] ? 1.0 : 0.0; });
  }
  Linear place(const Pin& pin, std::size_t axis) const {
    if (pin.block < 0)
      return Linear{{}, static_cast<double>(axis == 0 ? pin.at.x : pin.at.y) / model_.length};
    const auto b = static_cast<std::size_t>(pin.block);
    Linear at = centre(b, axis);
    return at.add(mixed(b,
                        [&](const Turn& t) {
                          const Point p = turned_offset(problem_, pin, t.rotation);
                          return scaled(axis == 0 ? p.x : p.y);
                        }),
                  1);
  }

  void confine(std::size_t b) {
    const auto& block = problem_.blocks[b];
    if (model_.turns[b].size() > 1) {  // the first turn's share is not below 0
      hold(share(b, 0));
    }
    for (std::size_t axis = 0; axis < 2; ++axis) {
      Linear low = centre(b, axis);
      low.add(extent(b, axis), -0.5);
      if (problem_.outline || !symmetry_.mirrored) hold(low);
      if (problem_.outline) {
        const auto side = axis == 0 ? problem_.outline->width : problem_.outline->height;
        Linear high{{}, static_cast<double>(side) / model_.length};
        hold(high.add(centre(b, axis), -1).add(extent(b, axis), -0.5));
      }
      if (!block.fixed) continue;
      const auto at = axis == 0 ? block.fixed->low.x : block.fixed->low.y;
      low.constant -= static_cast<double>(at) / model_.length;
      hold(low);
      hold(Linear{}.add(low, -1));
    }
  }

  void add_net(const Net& net) {
    const double weight = net.weight * problem_.objective.wire * model_.length / model_.cost;
    std::vector<std::size_t> blocks;
    for (const auto& pin : net.pins) {
      if (pin.block >= 0) blocks.push_back(static_cast<std::size_t>(pin.block));
    }
    Span span{blocks, {}, weight, blocks.size() == net.pins.size()};
    for (std::size_t axis = 0; axis < 2; ++axis) {
      span.columns[axis] = column(weight, 2 * reach_);
      if (net.pins.size() == 2) {
        for (const double sign : {1.0, -1.0}) {
          Linear more{{{span.columns[axis], 1}}, 0};
          hold(more.add(place(net.pins[0], axis), sign).add(place(net.pins[1], axis), -sign));
        }
        continue;
      }
      const std::size_t low = column(0, 2 * reach_);  // how far above the lowest point there is
      for (const auto& pin : net.pins) {
        Linear above = place(pin, axis);
        above.constant -= lowest_;
        hold(above.add(low, -1));
        hold(Linear{{{span.columns[axis], 1}}, 0}.add(above, -1));
      }
    }
    for (const std::size_t a : blocks) {
      for (const std::size_t b : blocks) {
        if (a != b) model_.pull[a * model_.blocks + b] += weight / static_cast<double>(blocks.size() - 1);
      }
    }
    if (const double least = least_half_perimeter(problem_, net.pins) / model_.length; least > 0) {
      hold(Linear{{{span.columns[0], 1}, {span.columns[1], 1}}, -least});
    }
    spans_.push_back(span);
  }

  void add_cut(const Cut& cut) {
    Linear sum{{}, -cut.least / model_.cost};
    for (const auto& span : spans_) {
      const auto within = [&](std::size_t b) { return std::ranges::find(cut.blocks, b) != cut.blocks.end(); };
      if (!span.of_blocks_alone || !std::ranges::all_of(span.blocks, within)) continue;
      for (const std::size_t c : span.columns) sum.add(c, span.weight);
    }
    hold(sum);
  }

  void break_symmetry() {
    for (const auto& [a, b] : symmetry_.ordered) hold(centre(b, 0).add(centre(a, 0), -1));
    model_.mirror_y = symmetry_.mirrored;
    model_.mirror_x = symmetry_.mirrored && !symmetry_.exchanges();
    const auto& orbits = symmetry_.orbits;
    if (symmetry_.mirrored && symmetry_.exchanges() && orbits.size() > 1) {
      // The mean of one orbit is not right of that of another: no exchange moves either.
      Linear between;
      for (const std::size_t b : orbits[1])
        between.add(centre(b, 0), 1 / static_cast<double>(orbits[1].size()));
      for (const std::size_t b : orbits[0])
        between.add(centre(b, 0), -1 / static_cast<double>(orbits[0].size()));
      hold(between);
    }
    if (!symmetry_.transposed) return;
    for (const auto& orbit : orbits) {
      if (model_.turns[orbit[0]].size() != 2) continue;
      Linear upright{{}, static_cast<double>(orbit.size() / 2)};  // not more of an orbit are turned than not
      for (const std::size_t b : orbit) upright.add(share(b, 1), -1);
      hold(upright);
      return;
    }
  }

  void add_decisions() {
    const std::size_t n = model_.blocks;
    model_.relations = model_.program.rows.size();
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) {
        for (std::size_t axis = 0; axis < 2; ++axis) {
          Linear apart{{}, -model_.gap[a * n + b]};
          if (a != b) {
            apart.add(centre(b, axis), 1).add(centre(a, axis), -1);
            apart.add(extent(a, axis), -0.5).add(extent(b, axis), -0.5);
          }
          hold(apart);
        }
      }
    }
    model_.turnings = model_.program.rows.size();
    for (std::size_t b = 0; b < n; ++b) {
      for (std::size_t t = 0; t < 4; ++t) {
        const Linear part = t < model_.turns[b].size() ? share(b, t) : Linear{};
        hold(Linear{}.add(part, -1));
        Linear only = part;
        only.constant -= 1;
        hold(only);
      }
    }
  }

  struct Span {
    std::vector<std::size_t> blocks{};
    std::array<std::size_t, 2> columns{};
    double weight{};
    bool of_blocks_alone{};
  };

  const Problem& problem_;
  const Symmetry& symmetry_;
  Model model_{};
  std::vector<Net> nets_{};
  std::vector<Span> spans_{};
  double reach_{}, lowest_{};
};

}  // namespace

double Model::share(std::size_t b, std::size_t turn, std::span<const double> at) const {
  if (turn > 0) return at[fraction[b] + turn - 1];
  double first = 1;
  for (std::size_t t = 1; t < turns[b].size(); ++t) first -= at[fraction[b] + t - 1];
  return first;
}

double Model::extent(std::size_t b, std::size_t axis, std::span<const double> at) const {
  double sum = 0;
  for (std::size_t t = 0; t < turns[b].size(); ++t) {
    sum += share(b, t, at) * (axis == 0 ? turns[b][t].width : turns[b][t].height);
  }
  return sum;
}

Model model_of(const Problem& problem, const Symmetry& symmetry, std::span<const Cut> cuts) {
  return Builder{problem, symmetry}.built(cuts);
}

}  // namespace marquetry::floorplan::exact
