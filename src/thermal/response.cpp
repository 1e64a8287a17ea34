// Green function of the uniform section: mode (m, n) of the cosines obeys a tridiagonal system over the
// layers, X = H_mn B; then G = 1/(W H) sum w_m w_n H_mn cos cos cos cos with w_0 = 1, else 2, and
// cos a cos b = (cos(a - b) + cos(a + b)) / 2. Vertically it is cut into the cells of the grid solver, so
// that both mean the same by the temperature of a layer.
#include "thermal/response.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "thermal/response_modes.h"

namespace marquetry::thermal {
namespace {

constexpr std::size_t entries = 129;        // of a table, along each side
constexpr std::size_t waves = 192;          // cosines along each side
constexpr std::size_t cells_of_modes = 32;  // a side: smooth answers need no more

// Conductance to the layer above, of an area: half of both layers and the contact between.
double between(const Uniform::Layer& a, const Uniform::Layer& b) {
  return 1 / (a.thickness / (2 * a.across) + b.thickness / (2 * b.across) + a.contact);
}
double to_ambient(const Uniform::Layer& layer, double transfer) {
  return transfer > 0 ? 1 / (layer.thickness / (2 * layer.across) + 1 / transfer) : 0;
}

// Answers to 1 W/m2 of a wave in layer `source`: by layer.
class Column {
 public:
  explicit Column(const Uniform& u) : uniform_{u}, diagonal_(u.layers.size()), up_(u.layers.size()) {
    const auto& l = u.layers;
    for (std::size_t i = 0; i + 1 < l.size(); ++i) up_[i] = between(l[i], l[i + 1]);
    fixed_.assign(l.size(), 0);
    fixed_.front() += to_ambient(l.front(), u.bottom);
    fixed_.back() += to_ambient(l.back(), u.top);
  }
  void answer(double wave_x, double wave_y, std::size_t source, std::vector<double>& x) {
    const auto& l = uniform_.layers;
    const std::size_t n = l.size();
    x.assign(n, 0);
    x[source] = 1;
    for (std::size_t i = 0; i < n; ++i) {
      diagonal_[i] = l[i].thickness * (l[i].along_x * wave_x * wave_x + l[i].along_y * wave_y * wave_y) +
                     fixed_[i] + (i > 0 ? up_[i - 1] : 0) + (i + 1 < n ? up_[i] : 0);
    }
    for (std::size_t i = 1; i < n; ++i) {
      const double factor = up_[i - 1] / diagonal_[i - 1];
      diagonal_[i] -= factor * up_[i - 1];
      x[i] += factor * x[i - 1];
    }
    x[n - 1] /= diagonal_[n - 1];
    for (std::size_t i = n - 1; i-- > 0;) x[i] = (x[i] + up_[i] * x[i + 1]) / diagonal_[i];
  }

 private:
  const Uniform& uniform_;
  std::vector<double> diagonal_, up_, fixed_;
};

std::vector<std::size_t> floors_of(const Uniform& u) {
  std::vector<std::size_t> floors;
  for (std::size_t i = 0; i < u.layers.size(); ++i) {
    if (u.layers[i].heats) floors.push_back(i);
  }
  return floors;
}

// By floor of the answer, by wave: for 1 W/m2 of that wave on floor `source`.
std::vector<std::vector<double>> answers(const Uniform& u, double width, double height, std::size_t source) {
  const auto floors = floors_of(u);
  Column column{u};
  std::vector<std::vector<double>> out(floors.size(), std::vector<double>(waves * waves));
  std::vector<double> answer;
  for (std::size_t m = 0; m < waves; ++m) {
    for (std::size_t n = 0; n < waves; ++n) {
      const double x = std::numbers::pi * static_cast<double>(m) / width,
                   y = std::numbers::pi * static_cast<double>(n) / height;
      column.answer(x, y, floors[source], answer);
      for (std::size_t f = 0; f < floors.size(); ++f) out[f][m * waves + n] = answer[floors[f]];
    }
  }
  return out;
}

// cos(pi m i / (entries - 1)) times the mean of a wave over a side: rows of entries.
std::vector<double> cosines(double side, double whole) {
  std::vector<double> out(entries * waves);
  for (std::size_t m = 0; m < waves; ++m) {
    const double angle = std::numbers::pi * static_cast<double>(m) * side / (2 * whole);
    const double mean = m == 0 ? 1 : 2 * std::sin(angle) / angle;
    for (std::size_t i = 0; i < entries; ++i) {
      const std::size_t turn = (m * i) % (2 * (entries - 1));
      out[i * waves + m] = mean * std::cos(std::numbers::pi * static_cast<double>(turn) / (entries - 1));
    }
  }
  return out;
}

// a (entries x waves) times b (waves x waves), or times the transposed b (entries x waves).
std::vector<double> product(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> out(entries * waves);
  for (std::size_t i = 0; i < entries; ++i) {
    for (std::size_t k = 0; k < waves; ++k) {
      const double factor = a[i * waves + k];
      for (std::size_t j = 0; j < waves; ++j) out[i * waves + j] += factor * b[k * waves + j];
    }
  }
  return out;
}
std::vector<double> crossed(const std::vector<double>& a, const std::vector<double>& b, double scale) {
  std::vector<double> out(entries * entries);
  for (std::size_t i = 0; i < entries; ++i) {
    for (std::size_t j = 0; j < entries; ++j) {
      std::array<double, 4> sum{};
      for (std::size_t k = 0; k < waves; k += 4) {
        for (std::size_t lane = 0; lane < 4; ++lane)
          sum[lane] += a[i * waves + k + lane] * b[j * waves + k + lane];
      }
      out[i * entries + j] = scale * ((sum[0] + sum[1]) + (sum[2] + sum[3]));
    }
  }
  return out;
}

}  // namespace

Uniform uniform(const layout::Section& section, double of_carrier) {
  Uniform out{.layers = {}, .top = section.top_transfer, .bottom = section.bottom_transfer};
  for (const auto& layer : section.layers) {
    const double share = layer.extent == layout::Extent::carrier ? of_carrier : 1;
    const auto mixed = [&](double own, double rest) { return share * own + (1 - share) * rest; };
    const auto &own = layer.material, &rest = layer.filler;
    out.layers.push_back({.thickness = layer.thickness,
                          .along_x = mixed(own.along_x, rest.along_x),
                          .along_y = mixed(own.along_y, rest.along_y),
                          .across = mixed(own.across, rest.across),
                          .contact = layer.contact,
                          .heats = layer.heats});
  }
  if (!section.package) return out;
  for (const auto& slab : {section.package->spreader, section.package->sink}) {
    const auto& m = slab.material;
    out.layers.push_back({.thickness = slab.thickness,
                          .along_x = m.along_x,
                          .along_y = m.along_y,
                          .across = m.across,
                          .contact = 0,
                          .heats = false});
  }
  const double side = section.package->sink.side;
  out.top = 1 / (section.package->convection * side * side);
  return out;
}

Response::Response(const layout::Section& given, double width, double height, double of_carrier,
                   std::span<const Foot> sizes)
    : width_{width}, height_{height} {
  layout::Section section = given;
  if (section.package) {  // no smaller than what stands under it
    auto& [spreader, sink, convection, capacity] = *section.package;
    spreader.side = std::max({spreader.side, width, height});
    sink.side = std::max(sink.side, spreader.side);
  }
  const auto smeared = uniform(section, of_carrier);
  floors_ = floors_of(smeared).size();
  std::vector<std::vector<std::vector<double>>> of_floor(floors_);
  for (Foot size : sizes) {
    size.x = size.y = 0;
    if (std::ranges::find(tables_, size, &Table::size) != tables_.end()) continue;
    auto& known = of_floor[size.floor];
    if (known.empty()) known = answers(smeared, width, height, size.floor);
    Table made{.size = size, .values = {}};
    const auto along = cosines(size.width, width_), across = cosines(size.height, height_);
    for (const auto& of_waves : known) {  // a quarter for each of four images
      made.values.push_back(crossed(product(along, of_waves), across, 1 / (4 * width_ * height_)));
    }
    tables_.push_back(std::move(made));
  }
  if (section.package) beyond_ = package_modes(section, smeared, width_, height_, degrees, cells_of_modes);
}

std::size_t Response::table(const Foot& size) const {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < tables_.size(); ++k) {
    const auto& t = tables_[k].size;
    const double apart = std::abs(std::log(t.width / size.width)) +
                         std::abs(std::log(t.height / size.height)) + (t.floor == size.floor ? 0 : 100);
    if (apart < least) least = apart, best = k;
  }
  return best;
}

namespace {

// Where a table is looked up along one side: the entry below, and how far to the next.
struct Tick {
  std::size_t entry{};
  double part{};
};
Tick tick(double distance, double per_metre) {
  constexpr double last = entries - 1;
  double at = distance * per_metre;
  if (at > last) at = 2 * last - at;  // even about the far edge
  at = std::clamp(at, 0.0, last - 1e-9);
  const auto entry = static_cast<std::size_t>(at);
  return {entry, at - static_cast<double>(entry)};
}
// Of the source and of its image.
std::pair<Tick, Tick> ticks(double target, double source, double per_metre) {
  return {tick(std::abs(target - source), per_metre), tick(target + source, per_metre)};
}

double look(const double* values, const Tick& u, const Tick& v) {
  const double* p = values + u.entry * entries + v.entry;
  return (1 - u.part) * ((1 - v.part) * p[0] + v.part * p[1]) +
         u.part * ((1 - v.part) * p[entries] + v.part * p[entries + 1]);
}
double look(const double* values, const std::pair<Tick, Tick>& u, const std::pair<Tick, Tick>& v) {
  return (look(values, u.first, v.first) + look(values, u.second, v.first)) +
         (look(values, u.first, v.second) + look(values, u.second, v.second));
}

}  // namespace

double Response::direct(const Foot& source, std::size_t table, std::size_t floor, double x, double y) const {
  return look(tables_[table].values[floor].data(), ticks(x, source.x, (entries - 1) / width_),
              ticks(y, source.y, (entries - 1) / height_));
}

std::array<double, 9> Response::direct(const Foot& source, std::size_t table, std::size_t floor,
                                       const Three& x, const Three& y) const {
  std::array<std::pair<Tick, Tick>, 3> u, v;
  for (std::size_t k = 0; k < 3; ++k) {
    u[k] = ticks(x[k], source.x, (entries - 1) / width_);
    v[k] = ticks(y[k], source.y, (entries - 1) / height_);
  }
  const double* values = tables_[table].values[floor].data();
  std::array<double, 9> out;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) out[3 * i + j] = look(values, u[i], v[j]);
  return out;
}

Response::Modes Response::shape(const Foot& foot) const {
  const auto x = legendre_means<degrees>(foot.x - foot.width / 2, foot.x + foot.width / 2, width_);
  const auto y = legendre_means<degrees>(foot.y - foot.height / 2, foot.y + foot.height / 2, height_);
  Modes out;
  for (std::size_t p = 0; p < degrees; ++p)
    for (std::size_t q = 0; q < degrees; ++q) out[p * degrees + q] = x[p] * y[q];
  return out;
}

Response::Modes Response::beyond(const Modes& sources) const {
  Modes out{};
  if (beyond_.empty()) return out;
  for (std::size_t i = 0; i < modes; ++i)  // the matrix is symmetric
    for (std::size_t j = 0; j < modes; ++j) out[j] += sources[i] * beyond_[i * modes + j];
  return out;
}

Response::Line Response::line_x(double x) const { return legendre<degrees>(x, width_); }
Response::Line Response::line_y(double y) const { return legendre<degrees>(y, height_); }

double Response::at(const Modes& polynomial, const Line& x, const Line& y) {
  double sum = 0;
  for (std::size_t p = 0; p < degrees; ++p) {
    double along = 0;
    for (std::size_t q = 0; q < degrees; ++q) along += polynomial[p * degrees + q] * y[q];
    sum += x[p] * along;
  }
  return sum;
}

}  // namespace marquetry::thermal
