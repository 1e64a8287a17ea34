#include "wafer/placement.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "wafer/disc_search.h"
#include "wafer/workspace.h"

namespace marquetry::wafer {
namespace {

using Shape = KeepOut::Shape;

// Rows of dies about the centre, in coherent SI. `v` is the height of the centre of row 0, over 0 ... pitch /
// 2; the keep-out lies beyond the upper or the lower rim, which covers the other half of all heights.
struct Rows {
  double width, height, pitch_x, pitch_y, radius;
  Shape shape{};
  double distance{}, keep_out_radius{};
  bool above{};
};

Rows rows_of(const Site& site) {
  const double room = site.usable_radius.si() * rim_tolerance;
  const bool flat = site.keep_out.shape == Shape::flat;
  return {site.width.si(), site.height.si(), site.width.si() + site.scribe.si(),
          site.height.si() + site.scribe.si(), site.usable_radius.si() * (1 + rim_tolerance),
          site.keep_out.shape,
          // Room for the search's last step, as at the rim.
          site.keep_out.distance.si() + (flat ? room : 0.0), site.keep_out.radius.si() - room};
}

Rows turned(Rows rows) {
  std::swap(rows.width, rows.height);
  std::swap(rows.pitch_x, rows.pitch_y);
  return rows;
}

// Fills the profile with the rows at the heights first ... last, each as long as it is anywhere between: rows
// above the centre are longest at `first`, rows below at `last`.
void fill(const Rows& r, double first, double last, RowProfile& profile) {
  profile.clear(2 * static_cast<std::size_t>(2 * r.radius / r.pitch_y) + 4);
  const double squared = r.radius * r.radius;
  const double spans = 2 / r.pitch_x, own = r.width / r.pitch_x;
  const double half_width_squared = r.width * r.width / 4;
  const double half = r.height / 2;
  // A row whose outer edge lies at `outer`; whether those beyond may hold a die. `near` is its edge towards
  // the keep-out, at its farthest from it.
  const auto add = [&](double outer, double near) {
    const double chord = squared - outer * outer;
    if (chord < half_width_squared) return false;
    const double room = std::max(std::sqrt(chord) * spans - own, 0.0);
    if (r.shape == Shape::flat && near > r.distance) return true;
    const double gap = std::max(r.distance - near, 0.0);
    if (r.shape == Shape::notch && gap < r.keep_out_radius) {
      const double blocked = std::sqrt(r.keep_out_radius * r.keep_out_radius - gap * gap) * spans + own;
      if (blocked > room) return true;
      profile.remove(blocked);
    }
    profile.add(room);
    return true;
  };
  for (double k = 0;; ++k) {
    const double centre = k * r.pitch_y;
    if (!add(first + centre + half, r.above ? first + centre + half : half - last - centre)) break;
  }
  for (double k = 1;; ++k) {
    const double centre = k * r.pitch_y;
    if (!add(centre - last + half, r.above ? first - centre + half : centre - last + half)) break;
  }
}

struct Found {
  long dies{-1};
  double across{}, height{};  // of the centre of a die
  bool above{}, turned{};
};

// Rows looked at before a search is given up: about a tenth of a second.
constexpr double most_work = 1e7;

class Search {
 public:
  Search(RowProfile& profile, Found& best) : profile_{profile}, best_{best} {}

  // Whether the best is proved for these rows.
  bool operator()(const Rows& rows, bool is_turned) {
    const double end = rows.pitch_y / 2;
    const double finest = rows.radius * rim_tolerance;
    const double work = 4 * rows.radius / rows.pitch_y + 4;
    double done = 0;
    pieces_.clear();
    for (int i = 0; i < first_pieces; ++i) {
      pieces_.push_back({end * i / first_pieces, end * (i + 1) / first_pieces});
      look_at(rows, pieces_.back().first, is_turned);
    }
    look_at(rows, end, is_turned);
    // Wide pieces first: a good find drops narrow ones unseen.
    for (std::size_t next = 0; next < pieces_.size(); ++next) {
      const auto [first, last] = pieces_[next];
      fill(rows, first, last, profile_);
      done += work;
      if (profile_.ceiling() <= best_.dies || profile_.peak().dies <= best_.dies) continue;
      if (done > most_work) return false;
      // So near to each other all heights of the exact radius are covered by one of the larger.
      const double middle = 0.5 * (first + last);
      look_at(rows, middle, is_turned);
      if (last - first <= finest) continue;
      pieces_.push_back({first, middle});
      pieces_.push_back({middle, last});
    }
    return true;
  }

 private:
  void look_at(const Rows& rows, double height, bool is_turned) {
    fill(rows, height, height, profile_);
    if (profile_.ceiling() <= best_.dies) return;
    const auto peak = profile_.peak();
    if (peak.dies <= best_.dies) return;
    best_ = {peak.dies, peak.offset * rows.pitch_x, height, rows.above, is_turned};
  }

  struct Piece {
    double first, last;
  };
  static constexpr int first_pieces = 4;

  RowProfile& profile_;
  Found& best_;
  std::vector<Piece> pieces_{};
};

// Both halves of all heights.
bool search(Rows rows, bool is_turned, RowProfile& profile, Found& best) {
  Search run{profile, best};
  const bool proved = run(rows, is_turned);
  rows.above = true;
  return run(rows, is_turned) && proved;
}

Placement place_anew(const Site& site, RowProfile& profile) {
  Placement out;
  if (!(site.width.si() > 0 && site.height.si() > 0 && site.scribe.si() >= 0 &&
        site.usable_radius.si() > 0)) {
    return out;
  }
  const auto rows = rows_of(site);
  Found best{.dies = 0};
  if (rows.shape == Shape::none) {
    // Fewer rows are sooner done, and a wafer has no up.
    const bool is_turned = rows.width > rows.height;
    const auto lying = is_turned ? turned(rows) : rows;
    const auto found = search_disc({lying.width, lying.height, lying.pitch_x, lying.pitch_y, lying.radius},
                                   site.usable_radius.si() * rim_tolerance);
    out.proved = found.proved;
    best = {found.dies, found.x, found.y, false, is_turned};
  } else {
    out.proved = search(rows, false, profile, best);
    if (site.rotation == Rotation::allowed) {
      out.proved = search(turned(rows), true, profile, best) && out.proved;
      out.rotated = best.turned;
    }
  }
  out.dies = best.dies;
  const double height = best.above ? -best.height : best.height;
  const bool swapped = rows.shape == Shape::none && best.turned;
  out.x = Length<>::from_si(swapped ? height : best.across);
  out.y = Length<>::from_si(swapped ? best.across : height);
  return out;
}

}  // namespace

Placement place_dies(const Site& site, Workspace& workspace) {
  auto& entry = workspace.entry(site);
  if (entry.filled && entry.site == site) return entry.placement;
  entry = {site, place_anew(site, workspace.rows), true};
  return entry.placement;
}

Placement place_dies(const Site& site) {
  RowProfile rows;
  return place_anew(site, rows);
}

}  // namespace marquetry::wafer
