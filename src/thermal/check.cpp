#include "thermal/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace marquetry::thermal {
namespace {

// Files print coordinates in few digits: overlaps and overhangs up to this part of the footprint are that.
constexpr double rounding = 1e-6;
constexpr double mm = 1e-3;
constexpr int most_overlaps = 20;  // that are told one by one, of a layer

// What is less, in SI, is no part of a package, and doubles could not add up what it conducts.
constexpr double least_length = 1e-15, least_conductivity = 1e-9, least_transfer = 1e-12;

bool positive(double x) { return x >= least_length && std::isfinite(x); }

class Checker {
 public:
  Checker(const Stack& stack, Diagnostics& diagnostics, Gaps gaps)
      : stack_{stack}, diagnostics_{diagnostics}, gaps_{gaps} {}

  void all() {
    if (!positive(stack_.width) || !positive(stack_.height))
      error(whole(), fmt::format("the footprint is {:.6g} mm x {:.6g} mm: both must be above 0",
                                 stack_.width / mm, stack_.height / mm));
    if (!positive(stack_.ambient))
      error(whole(), fmt::format("the ambient is {:.6g} K: it must be above 0", stack_.ambient),
            "temperatures are in kelvin: 45 degC are 318.15");
    if (stack_.layers.empty()) error(whole(), "the stack has no layers", "give at least one that has power");
    for (const auto& layer : stack_.layers) check_layer(layer);
    if (stack_.package) check_package(*stack_.package);
    check_faces();
  }

 private:
  void error(const SourceSpot& where, std::string message, std::string hint = {}) {
    diagnostics_.error(where, std::move(message), std::move(hint));
  }

  SourceSpot whole() const {
    return {.file = stack_.layers.empty() ? stack_.name : stack_.layers.front().where.file};
  }

  void check_material(const Material& material, const SourceSpot& where, const std::string& what) {
    if (!(material.across >= least_conductivity) || !std::isfinite(material.across)) {
      error(where,
            fmt::format("{} has a conductivity of {:.6g} W/(m K): it must be above 0", what, material.across),
            "air has 0.026, underfill about 0.5; less than 1e-9 is taken for nothing");
    } else if (!(material.along_x >= 0) || !(material.along_y >= 0) || !std::isfinite(material.along_x) ||
               !std::isfinite(material.along_y)) {
      error(where, fmt::format("{} has a lateral conductivity of {:.6g} and {:.6g} W/(m K): below 0", what,
                               material.along_x, material.along_y));
    }
    if (!(material.capacity >= 0) || !std::isfinite(material.capacity))
      error(where,
            fmt::format("{} has a heat capacity of {:.6g} J/(m3 K): below 0", what, material.capacity));
  }

  void check_layer(const Layer& layer) {
    const auto name = fmt::format("layer '{}'", layer.name);
    if (!positive(layer.thickness))
      error(layer.where,
            fmt::format("{} is {:.6g} mm thick: it must be above 0", name, layer.thickness / mm));
    check_material(layer.material, layer.where, name);
    if (!(layer.contact >= 0))
      error(layer.where,
            fmt::format("{} has a contact resistance of {:.6g} K m2/W: below 0", name, layer.contact));
    const int before = diagnostics_.errors();
    for (const auto& block : layer.blocks) check_block(layer, block);
    if (diagnostics_.errors() > before || layer.blocks.empty()) return;
    if (!check_overlaps(layer)) check_cover(layer);
  }

  void check_block(const Layer& layer, const Block& block) {
    const auto name = fmt::format("layer '{}', block '{}'", layer.name, block.name);
    if (!positive(block.width) || !positive(block.height)) {
      error(block.where, fmt::format("{} is {:.6g} mm x {:.6g} mm: both must be above 0", name,
                                     block.width / mm, block.height / mm));
    } else if (!inside(block)) {
      error(block.where,
            fmt::format("{} reaches from ({:.6g}, {:.6g}) to ({:.6g}, {:.6g}) mm, beyond the footprint of "
                        "{:.6g} mm x {:.6g} mm",
                        name, block.x / mm, block.y / mm, (block.x + block.width) / mm,
                        (block.y + block.height) / mm, stack_.width / mm, stack_.height / mm),
            "move it, or make the footprint larger");
    }
    if (!(block.power >= 0) || !std::isfinite(block.power))
      error(block.where, fmt::format("{} has a power of {:.6g} W: it must be 0 or more", name, block.power));
    if (!(block.leakage.power >= 0))
      error(block.where, fmt::format("{} leaks {:.6g} W: it must be 0 or more", name, block.leakage.power));
    if ((block.power > 0 || block.leakage.power > 0) && !layer.heats)
      error(block.where,
            fmt::format("{} has {:.6g} W, but its layer has no power", name,
                        block.power > 0 ? block.power : block.leakage.power),
            "set the layer's power, or give the block 0 W");
    if (block.material) check_material(*block.material, block.where, name);
  }

  bool inside(const Block& block) const {
    const double x = rounding * stack_.width, y = rounding * stack_.height;
    return block.x >= -x && block.y >= -y && block.x + block.width <= stack_.width + x &&
           block.y + block.height <= stack_.height + y;
  }

  // From left to right; those that a vertical line cuts are apart from each other, in the order of their y,
  // so that a new one can only lie on its neighbours there.
  bool check_overlaps(const Layer& layer) {
    const auto& blocks = layer.blocks;
    const double slack_x = rounding * stack_.width / 2, slack_y = rounding * stack_.height / 2;
    const auto right = [&](std::size_t i) { return blocks[i].x + blocks[i].width - slack_x; };
    const auto low = [&](std::size_t i) { return blocks[i].y + slack_y; };
    const auto high = [&](std::size_t i) { return blocks[i].y + blocks[i].height - slack_y; };
    std::vector<std::size_t> by_left(blocks.size());
    std::iota(by_left.begin(), by_left.end(), std::size_t{0});
    auto by_right = by_left;
    std::ranges::stable_sort(by_left, {}, [&](std::size_t i) { return blocks[i].x; });
    std::ranges::stable_sort(by_right, {}, right);
    std::set<std::pair<double, std::size_t>> cut;
    std::size_t gone = 0;
    int found = 0;
    for (const auto i : by_left) {
      while (gone < by_right.size() && right(by_right[gone]) <= blocks[i].x + slack_x) {
        cut.erase({low(by_right[gone]), by_right[gone]});
        ++gone;
      }
      if (low(i) >= high(i)) continue;  // thinner than rounding
      auto at = cut.lower_bound({low(i), 0});
      if (at != cut.begin() && high(std::prev(at)->second) > low(i)) --at;
      const int before = found;
      for (; at != cut.end() && at->first < high(i); ++at)
        if (++found <= most_overlaps) report_overlap(layer, at->second, i);
      if (found == before) cut.emplace(low(i), i);
    }
    if (found > most_overlaps)
      error(layer.where,
            fmt::format("layer '{}': {} more overlaps like these", layer.name, found - most_overlaps));
    return found > 0;
  }

  void report_overlap(const Layer& layer, std::size_t one, std::size_t other) {
    const auto &a = layer.blocks[std::min(one, other)], &b = layer.blocks[std::max(one, other)];
    const double wide = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x);
    const double tall = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
    error(b.where,
          fmt::format("layer '{}': block '{}' overlaps block '{}' by {:.6g} mm x {:.6g} mm", layer.name,
                      b.name, a.name, wide / mm, tall / mm),
          "move or shrink one of them; what lies above another belongs to a layer of its own");
  }

  void check_cover(const Layer& layer) {
    if (gaps_ == Gaps::allowed) return;
    double covered = 0;
    for (const auto& block : layer.blocks) covered += block.width * block.height;
    const double share = covered / (stack_.width * stack_.height);
    if (share >= 1 - 10 * rounding) return;
    const auto message =
        fmt::format("layer '{}': its blocks cover {:.4g} % of the footprint", layer.name, 100 * share);
    if (gaps_ == Gaps::refused)
      error(layer.where, message + ": they must cover all of it", "fill the gaps with blocks of 0 W");
    else
      diagnostics_.warning(layer.where, message + "; the rest is of the layer's own material, without power");
  }

  void check_slab(const Slab& slab, const std::string& name) {
    if (!positive(slab.thickness) || !positive(slab.side))
      error(whole(), fmt::format("the {} is {:.6g} mm thick with sides of {:.6g} mm: both must be above 0",
                                 name, slab.thickness / mm, slab.side / mm));
    check_material(slab.material, whole(), "the " + name);
  }

  void check_package(const Spreading& package) {
    check_slab(package.spreader, "spreader");
    check_slab(package.sink, "sink");
    const double chip = std::max(stack_.width, stack_.height), side = package.spreader.side;
    if (positive(side) && side < chip * (1 - rounding))
      error(whole(),
            fmt::format("the spreader's sides are {:.6g} mm, but the footprint is {:.6g} mm x {:.6g} mm",
                        side / mm, stack_.width / mm, stack_.height / mm),
            fmt::format("make the spreader at least {:.6g} mm", chip / mm));
    if (positive(side) && positive(package.sink.side) && package.sink.side < side * (1 - rounding))
      error(whole(),
            fmt::format("the sink's sides are {:.6g} mm, smaller than the spreader's {:.6g} mm",
                        package.sink.side / mm, side / mm),
            fmt::format("make the sink at least {:.6g} mm", side / mm));
    if (!(package.convection >= 0) || !std::isfinite(package.convection))
      error(whole(), fmt::format("the convection's resistance is {:.6g} K/W: it must be 0 or more",
                                 package.convection));
    if (!(package.capacity >= 0))
      error(whole(), fmt::format("the convection's capacity is {:.6g} J/K: below 0", package.capacity));
  }

  void check_faces() {
    for (const double transfer : {stack_.top_transfer, stack_.bottom_transfer})
      if (!(transfer >= 0) || !std::isfinite(transfer))
        error(whole(), fmt::format("a heat transfer of {:.6g} W/(m2 K): it must be 0 or more", transfer));
    if (!stack_.package && !(stack_.top_transfer >= least_transfer) &&
        !(stack_.bottom_transfer >= least_transfer))
      error(whole(), "no heat leaves the stack: it has neither a sink nor a heat transfer at top or bottom",
            "without a way to the ambient there is no steady temperature");
    if (stack_.package && stack_.top_transfer > 0)
      diagnostics_.warning(whole(), "the heat transfer at the top is not used: spreader and sink lie there");
  }

  const Stack& stack_;
  Diagnostics& diagnostics_;
  Gaps gaps_{};
};

}  // namespace

void check(const Stack& stack, Diagnostics& diagnostics, Gaps gaps) {
  Checker{stack, diagnostics, gaps}.all();
}

}  // namespace marquetry::thermal
