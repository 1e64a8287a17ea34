#include "wafer/shots.h"

#include <algorithm>
#include <cmath>

#include "wafer/workspace.h"

namespace marquetry::wafer {
namespace {

// Whether a rectangle lies on the wafer, clear of the keep-out. All in metres.
class Disc {
 public:
  explicit Disc(const Site& site)
      : radius_{site.usable_radius.si()}, keep_out_{site.keep_out}, room_{4 * radius_ * rim_tolerance} {}

  bool holds(double left, double bottom, double width, double height) const {
    const double x = std::max(std::abs(left), std::abs(left + width));
    const double y = std::max(std::abs(bottom), std::abs(bottom + height));
    if (std::hypot(x, y) > radius_ + room_) return false;
    const double distance = keep_out_.distance.si();
    if (keep_out_.shape == KeepOut::Shape::flat) return bottom >= -distance - room_;
    if (keep_out_.shape == KeepOut::Shape::none) return true;
    const double near_x = std::clamp(0.0, left, left + width);
    const double near_y = std::clamp(-distance, bottom, bottom + height);
    return std::hypot(near_x, near_y + distance) >= keep_out_.radius.si() - room_;
  }

 private:
  double radius_;
  KeepOut keep_out_;
  double room_;
};

// Which places of the lattice hold a whole die; columns and rows counted from the lower left.
struct DieMap {
  long columns{}, rows{};
  std::vector<bool> whole{};

  bool at(long column, long row) const {
    return column >= 0 && row >= 0 && column < columns && row < rows &&
           whole[static_cast<std::size_t>(row * columns + column)];
  }
};

DieMap die_map(const Site& site, const Placement& placement) {
  double width = site.width.si(), height = site.height.si();
  if (placement.rotated) std::swap(width, height);
  const double pitch_x = width + site.scribe.si(), pitch_y = height + site.scribe.si();
  const double radius = site.usable_radius.si();
  const long left = static_cast<long>(std::ceil((radius + std::abs(placement.x.si())) / pitch_x));
  const long below = static_cast<long>(std::ceil((radius + std::abs(placement.y.si())) / pitch_y));
  DieMap map{2 * left + 1, 2 * below + 1, {}};
  map.whole.reserve(static_cast<std::size_t>(map.columns * map.rows));
  const Disc disc{site};
  for (long j = -below; j <= below; ++j) {
    for (long i = -left; i <= left; ++i) {
      map.whole.push_back(disc.holds(placement.x.si() - width / 2 + static_cast<double>(i) * pitch_x,
                                     placement.y.si() - height / 2 + static_cast<double>(j) * pitch_y, width,
                                     height));
    }
  }
  return map;
}

bool holds_die(const DieMap& map, long column, long row, long columns, long rows) {
  for (long j = row; j < row + rows; ++j) {
    for (long i = column; i < column + columns; ++i) {
      if (map.at(i, j)) return true;
    }
  }
  return false;
}

// Of the fields of columns x rows dies, over all their phases, the fewest that hold a die.
long fewest_shots(const DieMap& map, long columns, long rows) {
  long fewest = map.columns * map.rows;
  for (long down = 0; down < rows; ++down) {
    for (long across = 0; across < columns; ++across) {
      long shots = 0;
      for (long j = -down; j < map.rows; j += rows) {
        for (long i = -across; i < map.columns; i += columns) {
          shots += holds_die(map, i, j, columns, rows) ? 1 : 0;
        }
      }
      fewest = std::min(fewest, shots);
    }
  }
  return fewest;
}

long dies_along(Length<> field, double die, double scribe) {
  if (field.si() < die * (1 - rim_tolerance)) return 0;
  return static_cast<long>(std::floor((field.si() + scribe) / (die + scribe) * (1 + rim_tolerance)));
}

ShotMap mapped(const Site& site, const Field& field, const Placement& placement) {
  ShotMap out{.dies = placement.dies};
  double width = site.width.si(), height = site.height.si();
  if (placement.rotated) std::swap(width, height);
  if (!(width > 0 && height > 0)) return out;
  const auto map = die_map(site, placement);
  const double scribe = site.scribe.si();
  for (const bool turned : {false, true}) {
    if (turned && site.keep_out.shape != KeepOut::Shape::none) continue;
    const long columns = dies_along(turned ? field.height : field.width, width, scribe);
    const long rows = dies_along(turned ? field.width : field.height, height, scribe);
    if (columns == 0 || rows == 0 || placement.dies == 0) continue;
    const long shots = fewest_shots(map, columns, rows);
    if (out.shots == 0 || shots < out.shots) out = {placement.dies, columns, rows, shots, turned};
  }
  return out;
}

MixedPlacement mixed_at(const Site& fields, std::span<const FieldDie> content, double x, double y) {
  MixedPlacement out{
      .dies = std::vector<long>(content.size()), .x = Length<>::from_si(x), .y = Length<>::from_si(y)};
  const double pitch_x = (fields.width + fields.scribe).si(), pitch_y = (fields.height + fields.scribe).si();
  const double radius = fields.usable_radius.si();
  const Disc disc{fields};
  const long columns = static_cast<long>(std::ceil((radius + std::abs(x)) / pitch_x)) + 1;
  const long rows = static_cast<long>(std::ceil((radius + std::abs(y)) / pitch_y)) + 1;
  for (long j = -rows; j <= rows; ++j) {
    for (long i = -columns; i <= columns; ++i) {
      const double left = x + static_cast<double>(i) * pitch_x, bottom = y + static_cast<double>(j) * pitch_y;
      bool any = false;
      for (std::size_t d = 0; d < content.size(); ++d) {
        const auto& die = content[d];
        if (!disc.holds(left + die.x.si(), bottom + die.y.si(), die.width.si(), die.height.si())) continue;
        ++out.dies[d];
        out.value += die.value;
        any = true;
      }
      out.shots += any ? 1 : 0;
    }
  }
  return out;
}

}  // namespace

ShotMap shot_map(const Site& site, const Field& field) { return mapped(site, field, place_dies(site)); }

ShotMap shot_map(const Site& site, const Field& field, Workspace& workspace) {
  return mapped(site, field, place_dies(site, workspace));
}

MixedPlacement place_mixed(const Site& fields, std::span<const FieldDie> content) {
  constexpr int steps = 41;
  auto upright = fields;
  upright.rotation = Rotation::fixed;
  const double pitch_x = (fields.width + fields.scribe).si(), pitch_y = (fields.height + fields.scribe).si();
  if (!(pitch_x > 0 && pitch_y > 0 && fields.usable_radius.si() > 0)) {
    return {.dies = std::vector<long>(content.size())};
  }
  const auto whole = place_dies(upright);
  auto best =
      mixed_at(fields, content, (whole.x - 0.5 * fields.width).si(), (whole.y - 0.5 * fields.height).si());
  for (int i = 0; i < steps; ++i) {
    for (int j = 0; j < steps; ++j) {
      auto found = mixed_at(fields, content, pitch_x * i / steps, pitch_y * j / steps);
      if (found.value > best.value) best = std::move(found);
    }
  }
  return best;
}

}  // namespace marquetry::wafer
