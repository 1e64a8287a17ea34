#include "wafer/disc_search.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>
#include <vector>

#include "wafer/disc_rows.h"

namespace marquetry::wafer {
namespace {

using disc::Cell, disc::Mark, disc::Row, disc::Undecided;

// Rows looked at before a search is given up: about a tenth of a second.
constexpr double most_work = 1e7;
constexpr std::size_t first_pieces = 4, most_depth = 12, most_marks = first_pieces + most_depth + 2;
constexpr std::size_t fewest_classes = 16, most_classes = 256;
// A piece with no more open classes than this is searched cell by cell, not halved.
constexpr std::size_t few_cells = 1;
constexpr double no_room = -1;

class Search {
 public:
  Search(const DiscGrid& grid, double finest);
  DiscPlacement operator()();

 private:
  double room_at(double outer) const {
    if (outer > limit_) return no_room;
    return std::max(std::sqrt(squared_ - outer * outer) * spans_ - own_, 0.0);
  }
  long half(double outer, std::size_t rows, double* rooms, int* changes) const;
  std::size_t mark(double height);
  void look_at(const Mark& mark);
  void search_class(const Mark& mark, std::size_t index, long ceiling);
  long ceiling(std::size_t first, std::size_t last) const;
  void search_piece(std::size_t first, std::size_t last, std::size_t depth);
  void search_cell(const Mark& first, const Mark& last, std::size_t index);
  void solve(const Cell& cell, std::size_t begin, std::size_t end, long dies);
  void decide(const Cell& cell, std::size_t begin, std::size_t end, long dies, double spread);
  void solve_at_once(const Cell& cell, std::size_t begin, std::size_t end, long dies);

  void found(long dies, double height, double offset) {
    best_.dies = dies;
    best_.y = height;
    best_.x = offset / 2 * grid_.pitch_x;
  }
  bool is_over() {
    if (done_ > most_work) best_.proved = false;
    return !best_.proved;
  }

  DiscGrid grid_;
  double finest_, spans_, own_, squared_, limit_;
  std::size_t above_{}, below_{}, classes_{};
  bool is_hopeless_{};
  double done_{};
  DiscPlacement best_{};
  std::array<Mark, most_marks> marks_;
  std::size_t used_{};
  // Memory of the marks; the arrays suffice for most, and are not cleared, which would take a tenth of the
  // time.
  std::array<double, 1000> near_rooms_;
  std::array<int, 1400> near_changes_;
  std::vector<double> far_rooms_{};
  std::vector<int> far_changes_{};
  std::vector<Undecided> undecided_{};
  std::vector<double> begins_{}, ends_{};
};

Search::Search(const DiscGrid& grid, double finest)
    : grid_{grid},
      finest_{finest},
      spans_{2 / grid.pitch_x},
      own_{grid.width / grid.pitch_x},
      squared_{grid.radius * grid.radius},
      limit_{std::sqrt(std::max(squared_ - grid.width * grid.width / 4, 0.0))} {
  const double room = limit_ - grid.height / 2;
  if (!(room >= 0)) return;
  // Over half a pitch of heights each half gains or loses one row at most, its last.
  above_ = static_cast<std::size_t>(room / grid.pitch_y) + 1;
  below_ = static_cast<std::size_t>(room / grid.pitch_y + 0.5);
  const auto rows = above_ + below_;
  classes_ = std::clamp(std::bit_floor(rows), fewest_classes, most_classes);
  const auto steps = classes_ + 2;
  double* rooms = near_rooms_.data();
  int* changes = near_changes_.data();
  // So many rows that no search would end get memory for one mark.
  is_hopeless_ = static_cast<double>(rows * most_marks) > most_work;
  const auto marks = is_hopeless_ ? 1 : most_marks;
  if (rows * marks > near_rooms_.size() || 2 * steps * marks > near_changes_.size()) {
    far_rooms_.resize(rows * marks);
    far_changes_.resize(2 * steps * marks);
    rooms = far_rooms_.data();
    changes = far_changes_.data();
  }
  for (std::size_t i = 0; i < marks; ++i) {
    marks_[i] = {0, rooms, changes, changes + steps, 0, 0};
    rooms += rows;
    changes += 2 * steps;
  }
  undecided_.reserve(2 * rows + 64);
}

// Rows from this outer edge on: their rooms, and how their count changes with the offset. Returns the count
// of full rows.
long Search::half(double outer, std::size_t rows, double* rooms, int* changes) const {
  std::fill_n(changes, classes_ + 2, 0);
  if (rows == 0) return 0;
  const double classes = static_cast<double>(classes_);
  for (std::size_t i = 0; i + 1 < rows; ++i) {
    const double edge = outer + static_cast<double>(static_cast<int>(i)) * grid_.pitch_y;
    rooms[i] = std::sqrt(squared_ - edge * edge) * spans_ - own_;
  }
  rooms[rows - 1] = room_at(outer + static_cast<double>(rows - 1) * grid_.pitch_y);
  const auto held = rooms[rows - 1] < 0 ? rows - 1 : rows;
  long base = 0;
  for (std::size_t i = 0; i < held; ++i) {
    const Row row{rooms[i]};
    base += row.whole + 1 - row.odd;
    changes[static_cast<int>(row.at * classes) + 1 - row.odd] += 2 * row.odd - 1;
  }
  return base;
}

std::size_t Search::mark(double height) {
  auto& mark = marks_[used_];
  const double half_height = grid_.height / 2;
  mark.height = height;
  mark.base_above = half(half_height + height, above_, mark.rooms, mark.above);
  mark.base_below = half(half_height + grid_.pitch_y - height, below_, mark.rooms + above_, mark.below);
  done_ += static_cast<double>(above_ + below_ + classes_);
  look_at(mark);
  return used_++;
}

void Search::look_at(const Mark& mark) {
  const long base = mark.base_above + mark.base_below;
  long dies = base, most = 0;
  std::size_t likely = 0;
  for (std::size_t i = 0; i <= classes_; ++i) {
    dies += mark.above[i] + mark.below[i];
    if (dies > most) most = dies, likely = i;
  }
  if (most <= best_.dies) return;
  search_class(mark, likely, most);
  dies = base;
  for (std::size_t i = 0; i <= classes_; ++i) {
    dies += mark.above[i] + mark.below[i];
    if (dies > best_.dies && i != likely) search_class(mark, i, dies);
  }
}

// The best offset of a class: an end, or the last offset of the class.
void Search::search_class(const Mark& mark, std::size_t index, long ceiling) {
  const auto rows = above_ + below_;
  const double classes = static_cast<double>(classes_);
  const auto row_class = static_cast<int>(index);
  begins_.clear();
  ends_.clear();
  done_ += static_cast<double>(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const double room = mark.rooms[i];
    if (room < 0) continue;
    const Row row{room};
    if (static_cast<int>(row.at * classes) == row_class) (row.odd != 0 ? begins_ : ends_).push_back(row.at);
  }
  std::sort(begins_.begin(), begins_.end());
  std::sort(ends_.begin(), ends_.end());
  const auto none = ceiling - static_cast<long>(begins_.size());
  auto begun = begins_.begin();
  for (auto end = ends_.begin();; ++end) {
    const bool is_last = end == ends_.end();
    if (is_last) {
      begun = begins_.end();
    } else {
      while (begun != begins_.end() && *begun <= *end) ++begun;
    }
    const long dies = none + (begun - begins_.begin()) - (end - ends_.begin());
    if (dies > best_.dies) {
      // Behind the last end, where all has begun.
      const double after = begins_.empty() ? static_cast<double>(index) / classes : begins_.back();
      found(dies, mark.height, is_last ? after : *end);
    }
    if (is_last) break;
  }
}

// No height between two marks gives more.
long Search::ceiling(std::size_t first, std::size_t last) const {
  const auto &low = marks_[first], &high = marks_[last];
  long change = 0, most = 0;
  for (std::size_t i = 0; i <= classes_; ++i) {
    change += low.above[i] + high.below[i];
    most = std::max(most, change);
  }
  return low.base_above + high.base_below + most;
}

void Search::search_piece(std::size_t first, std::size_t last, std::size_t depth) {
  const auto &low = marks_[first], &high = marks_[last];
  const long base = low.base_above + high.base_below;
  long dies = base;
  std::size_t open = 0;
  for (std::size_t i = 0; i <= classes_; ++i) {
    dies += low.above[i] + high.below[i];
    open += dies > best_.dies ? 1 : 0;
  }
  if (open == 0 || is_over()) return;
  if (open > few_cells + depth && depth < most_depth) {
    const auto middle = mark(0.5 * (low.height + high.height));
    // The more promising half first: what it finds closes the other.
    const long near = ceiling(first, middle), far = ceiling(middle, last);
    if (near >= far && near > best_.dies) search_piece(first, middle, depth + 1);
    if (far > best_.dies) search_piece(middle, last, depth + 1);
    if (near < far && near > best_.dies) search_piece(first, middle, depth + 1);
    --used_;
    return;
  }
  dies = base;
  for (std::size_t i = 0; i <= classes_; ++i) {
    dies += low.above[i] + high.below[i];
    if (dies > best_.dies) search_cell(low, high, i);
  }
}

// A class of offsets between two marks: the rows are told apart that hold all they may wherever in the cell.
void Search::search_cell(const Mark& first, const Mark& last, std::size_t index) {
  if (is_over()) return;
  const double classes = static_cast<double>(classes_);
  const Cell cell{first.height, last.height, static_cast<double>(index) / classes,
                  std::min(static_cast<double>(index + 1) / classes, 1.0)};
  // Room beside that for its dies in pitches that a row needs, even and odd, to hold them at all offsets.
  const std::array<double, 2> beside{-cell.least, cell.most - 1};
  long total = 0;
  double spread = 0;
  undecided_.clear();
  done_ += static_cast<double>(above_ + below_);
  const auto add = [&](const double* longest, const double* shortest, std::size_t rows, double edge,
                       double sign) {
    for (std::size_t i = 0; i < rows; ++i) {
      if (longest[i] < 0) break;
      const Row row{longest[i]};
      const int fits =
          (row.odd & (row.at <= cell.most ? 1 : 0)) | ((1 - row.odd) & (row.at >= cell.least ? 1 : 0));
      const int dies = row.whole + fits;
      total += dies;
      if (shortest[i] >= dies + beside[static_cast<std::size_t>(dies & 1)] || dies == 0) continue;
      spread = std::max(spread, longest[i] - shortest[i]);
      undecided_.push_back({edge + static_cast<double>(static_cast<int>(i)) * grid_.pitch_y, sign, dies});
    }
  };
  const double half = grid_.height / 2;
  add(first.rooms, last.rooms, above_, half, 1);
  add(last.rooms + above_, first.rooms + above_, below_, half + grid_.pitch_y, -1);
  decide(cell, 0, undecided_.size(), total, spread);
}

// The undecided rows begin ... end of the stack, of which all could hold what they may: `dies`.
void Search::solve(const Cell& cell, std::size_t begin, std::size_t end, long dies) {
  // Those of them that remain undecided are laid on top.
  undecided_.resize(end);
  double spread = 0;
  done_ += static_cast<double>(end - begin);
  for (std::size_t i = begin; i < end; ++i) {
    auto row = undecided_[i];
    const double low = room_at(row.edge + row.sign * cell.low);
    const double high = room_at(row.edge + row.sign * cell.high);
    const double longest = std::max(low, high), shortest = std::min(low, high);
    while (row.dies > 0 && longest < row.need() + (row.is_odd() ? cell.least : -cell.most)) {
      --row.dies;
      --dies;
    }
    if (row.dies == 0 || shortest >= row.need() + (row.is_odd() ? cell.most : -cell.least)) continue;
    spread = std::max(spread, longest - shortest);
    undecided_.push_back(row);
  }
  decide(cell, end, undecided_.size(), dies, spread);
}

// `spread`: the most by which the room of one of these rows differs within the cell.
void Search::decide(const Cell& cell, std::size_t begin, std::size_t end, long dies, double spread) {
  if (dies <= best_.dies || is_over()) return;
  if (begin == end) return found(dies, 0.5 * (cell.low + cell.high), 0.5 * (cell.least + cell.most));
  if (dies == best_.dies + 1) return solve_at_once(cell, begin, end, dies);
  if (cell.high - cell.low <= finest_ && cell.most - cell.least <= 1e-12) {
    // So near to each other all heights of the exact radius are covered by one of the larger.
    mark(0.5 * (cell.low + cell.high));
    --used_;
    return;
  }
  auto near = cell, far = cell;
  if (cell.most - cell.least > spread || cell.high - cell.low <= finest_) {
    near.most = far.least = 0.5 * (cell.least + cell.most);
  } else {
    near.high = far.low = 0.5 * (cell.low + cell.high);
  }
  solve(near, begin, end, dies);
  solve(far, begin, end, dies);
}

// Whether there is a height and an offset at which all of these rows hold their dies. The offsets left at a
// height are a concave function of it, the least of concave ones: tangents bound it.
void Search::solve_at_once(const Cell& cell, std::size_t begin, std::size_t end, long dies) {
  struct Point {
    double height, width, slope, offset;
  };
  const double limit_slope = -limit_ * spans_ * spans_ / own_;
  const auto point_at = [&](double height) {
    double least = cell.least, most = cell.most, least_slope = 0, most_slope = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const auto& row = undecided_[i];
      const double outer = row.edge + row.sign * height;
      double room = 0, slope = limit_slope;
      if (outer < limit_) {
        const double chord = std::sqrt(squared_ - outer * outer);
        room = chord * spans_ - own_;
        slope = -outer / chord * spans_;
      } else {
        room = (outer - limit_) * limit_slope;  // a tangent, for no die
      }
      slope *= row.sign;
      const double rest = room - row.need();
      if (row.is_odd()) {
        if (rest < most) most = rest, most_slope = slope;
      } else {
        if (-rest > least) least = -rest, least_slope = -slope;
      }
    }
    return Point{height, most - least, most_slope - least_slope, most};
  };
  auto low = point_at(cell.low), high = point_at(cell.high);
  if (low.width >= 0) return found(dies, low.height, low.offset);
  if (high.width >= 0) return found(dies, high.height, high.offset);
  while (low.slope > 0 && high.slope < 0 && high.height - low.height > finest_) {
    done_ += static_cast<double>(end - begin);
    // Where the tangents meet.
    const double height = (high.width - low.width + low.slope * low.height - high.slope * high.height) /
                          (low.slope - high.slope);
    if (low.width + low.slope * (height - low.height) < 0) return;
    if (!(height > low.height && height < high.height)) return;
    const auto next = point_at(height);
    if (next.width >= 0) return found(dies, next.height, next.offset);
    (next.slope > 0 ? low : high) = next;
  }
}

DiscPlacement Search::operator()() {
  if (above_ == 0) return best_;
  if (is_hopeless_) {
    mark(0);
    best_.proved = false;
    return best_;
  }
  const double end = grid_.pitch_y / 2;
  for (std::size_t i = 0; i <= first_pieces; ++i) {
    mark(end * static_cast<double>(i) / static_cast<double>(first_pieces));
  }
  std::array<std::pair<long, std::size_t>, first_pieces> pieces{};
  for (std::size_t i = 0; i < first_pieces; ++i) pieces[i] = {-ceiling(i, i + 1), i};
  std::sort(pieces.begin(), pieces.end());
  for (const auto& [ceiling, i] : pieces) {
    if (-ceiling > best_.dies) search_piece(i, i + 1, 0);
  }
  return best_;
}

}  // namespace

DiscPlacement search_disc(const DiscGrid& grid, double finest) { return Search{grid, finest}(); }

}  // namespace marquetry::wafer
