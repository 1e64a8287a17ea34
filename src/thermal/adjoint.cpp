#include "thermal/adjoint.h"

#include <algorithm>
#include <cmath>

#include "conduction/field.h"
#include "geometry/raster.h"
#include "thermal/cell_slopes.h"
#include "thermal/leakage.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;

constexpr double relative_step = 1e-4;  // of the differences of the package's few formulas
constexpr int most_rounds = 40;         // of the solves where conductivities fall with the temperature

// How much of each cell of an axis a stretch gains as it moves up by one unit of length. An edge on the
// border of two cells counts half to either; at the axis' ends, to the cell inside.
std::vector<geometry::Span> rates(double low, double length, std::size_t cells, double total) {
  const double count = static_cast<double>(cells);
  std::vector<geometry::Span> out;
  const auto edge = [&](double at, double rate) {
    const double nearest = std::round(at);
    if (at < -geometry::least_share || at > count + geometry::least_share) return;
    if (std::abs(at - nearest) > geometry::least_share) {
      out.push_back({static_cast<std::size_t>(at), rate});
      return;
    }
    const auto border = static_cast<std::size_t>(nearest);
    const bool inside = border > 0 && border < cells;
    if (border < cells) out.push_back({border, inside ? rate / 2 : rate});
    if (border > 0) out.push_back({border - 1, inside ? rate / 2 : rate});
  };
  edge((low + length) / total * count, count / total);
  edge(low / total * count, -count / total);
  return out;
}

// Weights of the hottest cells, which add up to 1: dJ/dT.
struct Peak {
  double figure{}, peak{};  // K of rise
  Field weights{};
};

Peak smooth_peak(const Field& rise, double bias) {
  Peak out;
  out.peak = *std::ranges::max_element(rise.cells);
  const double beta = std::log(static_cast<double>(rise.cells.size()) + 1) / bias;
  double sum = 0;
  out.weights = {std::vector<double>(rise.cells.size()), std::vector<double>(rise.hubs.size())};
  for (std::size_t i = 0; i < rise.cells.size(); ++i)
    sum += out.weights.cells[i] = std::exp(beta * (rise.cells[i] - out.peak));
  for (double& w : out.weights.cells) w /= sum;
  out.figure = out.peak + std::log(sum) / beta;
  return out;
}

class Adjoint {
 public:
  Adjoint(const Stack& stack, const Settings& settings, const Field& rise, const GradientRequest& request)
      : stack_{stack},
        rise_{rise},
        request_{request},
        assembled_{assemble(stack, settings, rise)},
        leaks_{leaks(stack, assembled_)},
        layers_{grid_layers(stack)},
        plane_{assembled_.grid.shape.plane()},
        falls_{conductivities_fall(stack, settings)} {
    for (const double t : rise.cells) temperatures_.push_back(stack.ambient + t);
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      materials_.push_back(mixed(layers_[l], covers(l), plane_, of_layer(l, temperatures_)));
    }
  }

  Gradient run() && {
    const Peak peak = smooth_peak(rise_, request_.bias);
    out_.figure = stack_.ambient + peak.figure;
    out_.peak = stack_.ambient + peak.peak;
    solve(peak.weights);
    for (std::size_t l = 0, b = 0; l < layers_.size(); ++l) {
      out_.layers.push_back({.thickness = slopes_.thickness[l], .contact = slopes_.contact[l]});
      std::vector<double> own(plane_, 1.0);  // part of the cell that is the layer's own
      for (std::size_t k = 0; k < layers_[l].blocks.size(); ++k, ++b) {
        out_.blocks.push_back(block(l, k));
        if (layers_[l].blocks[k].material)
          for (const auto& share : covers(l)[k].shares) own[share.cell] -= share.of_cell;
      }
      auto& to = out_.layers.back().material;
      for (std::size_t c = 0; c < plane_; ++c) add(to, l, c, own[c], layers_[l].material);
    }
    out_.top_transfer = slopes_.top_transfer;
    out_.bottom_transfer = slopes_.bottom_transfer;
    out_.convection = slopes_.convection;
    if (stack_.package) package();
    out_.ambient = 1;
    for (const auto& leak : leaks_) out_.ambient += y_.cells[leak.cell] * leak.slope * leaked_in(leak);
    if (falls_)
      for (const double s : from_conductivities()) out_.ambient += s;
    return std::move(out_);
  }

 private:
  std::span<const Cover> covers(std::size_t l) const {
    return l < assembled_.covers.size() ? std::span<const Cover>{assembled_.covers[l]}
                                        : std::span<const Cover>{};
  }
  std::span<const double> of_layer(std::size_t l, std::span<const double> cells) const {
    return cells.subspan(l * plane_, plane_);
  }
  double leaked_in(const Leak& leak) const {
    return leak.power * std::exp(leak.slope * rise_.cells[leak.cell]);
  }

  // (A - L') y = dJ/dT; where conductivities fall, their part of the transposed matrix stands on the right
  // side and is repeated until it rests.
  void solve(const Field& weights) {
    Field diagonal = conduction::zeros(assembled_.grid);
    for (const auto& leak : leaks_) diagonal.cells[leak.cell] -= leak.slope * leaked_in(leak);
    conduction::Solver solver{assembled_.grid, diagonal};
    double before = 0;
    for (int round = 0; round < most_rounds; ++round) {
      Field right = weights;
      if (round > 0) {
        const auto more = from_conductivities();
        for (std::size_t i = 0; i < more.size(); ++i) right.cells[i] += more[i];
      }
      const Field last = y_;
      out_.outcome = solver.solve(right, y_, request_.solve);
      ++out_.solves;
      if (out_.outcome.state != conduction::State::solved) break;
      slopes_ = cell_slopes(stack_, assembled_, layers_, materials_, rise_, y_);
      if (!falls_) break;
      double change = 0;
      for (std::size_t i = 0; round > 0 && i < y_.cells.size(); ++i)
        change = std::max(change, std::abs(y_.cells[i] - last.cells[i]));
      const double shrink = before > 0 ? std::min(change / before, 0.9) : 0.5;
      if (round > 0 && change * shrink / (1 - shrink) <= request_.solve.tolerance) break;
      before = change;
    }
  }

  // By cell: dJ/dk dk/dT.
  std::vector<double> from_conductivities() const {
    std::vector<double> out(rise_.cells.size());
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      std::vector<double> own(plane_, 1.0);
      const auto of = [&](std::size_t c, double share, const Material& m) {
        const std::size_t i = l * plane_ + c;
        const double slope = -m.exponent / temperatures_[i] * falling(m, temperatures_[i]);
        out[i] +=
            share * slope * (slopes_.x[i] * m.along_x + slopes_.y[i] * m.along_y + slopes_.z[i] * m.across);
      };
      for (std::size_t k = 0; k < layers_[l].blocks.size(); ++k) {
        const auto& material = layers_[l].blocks[k].material;
        if (!material) continue;
        for (const auto& [cell, share] : covers(l)[k].shares) {
          own[cell] -= share;
          of(cell, share, *material);
        }
      }
      if (layers_[l].material.exponent != 0)
        for (std::size_t c = 0; c < plane_; ++c) of(c, own[c], layers_[l].material);
    }
    return out;
  }

  void add(MaterialSlopes& to, std::size_t l, std::size_t c, double share, const Material& m) const {
    const std::size_t i = l * plane_ + c;
    const double part = share * falling(m, temperatures_[i]);
    to.along_x += part * slopes_.x[i];
    to.along_y += part * slopes_.y[i];
    to.across += part * slopes_.z[i];
  }

  BlockSlopes block(std::size_t l, std::size_t k) const {
    const auto& its = layers_[l].blocks[k];
    const auto& shares = covers(l)[k].shares;
    BlockSlopes out;
    double whole = 0, by_share = 0, by_leak = 0, leaks_by_share = 0;
    const auto leaked_at = [&](std::size_t i) {
      return std::exp(its.leakage.slope * (temperatures_[i] - its.leakage.reference));
    };
    for (const auto& [cell, share] : shares) {
      const std::size_t i = l * plane_ + cell;
      whole += share;
      by_share += share * y_.cells[i];
      leaks_by_share += share * y_.cells[i] * leaked_at(i);
      if (its.material) add(out.material, l, cell, share, *its.material);
    }
    if (!(whole > 0)) return out;
    const bool heats = layers_[l].heats;
    out.power = heats ? by_share / whole : 0;
    by_leak = heats ? leaks_by_share / whole : 0;
    out.leakage = by_leak;
    // dJ over a change of the part that it has of one cell.
    const auto by_part = [&](std::size_t cell) {
      const std::size_t i = l * plane_ + cell;
      double sum = 0;
      if (heats)
        sum += (its.power * (y_.cells[i] - out.power) +
                its.leakage.power * (y_.cells[i] * leaked_at(i) - by_leak)) /
               whole;
      if (its.material) {
        const auto& own = layers_[l].material;
        const double f = falling(*its.material, temperatures_[i]), g = falling(own, temperatures_[i]);
        sum += slopes_.x[i] * (f * its.material->along_x - g * own.along_x) +
               slopes_.y[i] * (f * its.material->along_y - g * own.along_y) +
               slopes_.z[i] * (f * its.material->across - g * own.across);
      }
      return sum;
    };
    const auto& shape = assembled_.grid.shape;
    const auto columns = geometry::spans(its.x, its.width, shape.columns, stack_.width);
    const auto rows = geometry::spans(its.y, its.height, shape.rows, stack_.height);
    for (const auto& [column, rate] : rates(its.x, its.width, shape.columns, stack_.width))
      for (const auto& [row, part] : rows) out.x += rate * part * by_part(row * shape.columns + column);
    for (const auto& [row, rate] : rates(its.y, its.height, shape.rows, stack_.height))
      for (const auto& [column, part] : columns) out.y += rate * part * by_part(row * shape.columns + column);
    return out;
  }

  // What the package's nodes add to the slopes of spreader, sink and convection.
  void package() {
    const auto differ = [&](auto&& pick) {
      Stack stack = stack_;
      double& value = pick(*stack.package);
      const double at = value, step = relative_step * at;
      if (!(step > 0)) return 0.0;
      value = at + step;
      const double up = node_figure(stack, assembled_, rise_, y_);
      value = at - step;
      return (up - node_figure(stack, assembled_, rise_, y_)) / (2 * step);
    };
    const auto slab = [&](LayerSlopes& to, Slab Spreading::*which) {
      to.thickness += differ([&](Spreading& p) -> double& { return (p.*which).thickness; });
      to.material.along_x += differ([&](Spreading& p) -> double& { return (p.*which).material.along_x; });
      to.material.along_y += differ([&](Spreading& p) -> double& { return (p.*which).material.along_y; });
      to.material.across += differ([&](Spreading& p) -> double& { return (p.*which).material.across; });
    };
    slab(out_.layers[layers_.size() - 2], &Spreading::spreader);
    slab(out_.layers[layers_.size() - 1], &Spreading::sink);
    out_.convection += differ([](Spreading& p) -> double& { return p.convection; });
  }

  const Stack& stack_;
  const Field& rise_;
  const GradientRequest& request_;
  Assembled assembled_;
  std::vector<Leak> leaks_;
  std::vector<Layer> layers_;
  std::size_t plane_{};
  std::vector<double> temperatures_{};
  std::vector<CellMaterials> materials_{};
  bool falls_{};
  Field y_{};
  CellSlopes slopes_{};
  Gradient out_{};
};

}  // namespace

Gradient gradient(const Stack& stack, const Settings& settings, const Field& rise,
                  const GradientRequest& request) {
  return Adjoint{stack, settings, rise, request}.run();
}

}  // namespace marquetry::thermal
