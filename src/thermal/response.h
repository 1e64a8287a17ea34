// How hot dies make each other on a section, as fast as a search asks. The section is taken for laterally
// uniform, so that cosines diagonalise it and a product of cosines is two look-ups (source and image) in one
// even table, filtered once for every size of die. What spreader and sink take up beyond the footprint is
// smooth in both places: a matrix on Legendre polynomials, from the grid solver.
//
// An estimate: gaps between dies conduct as dies do. What that misses is measured by exact solves, and added
// by whoever asks.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "layout/section.h"

namespace marquetry::thermal {

// Metres on the footprint, from its lower-left corner. floor: of the layers that heat, counted from below.
struct Foot {
  double x{}, y{};  // the middle
  double width{}, height{};
  std::size_t floor{};
  friend bool operator==(const Foot&, const Foot&) = default;
};

// A section of one material a layer: what dies and carrier are of, mixed with the filler round the carrier.
struct Uniform {
  struct Layer {
    double thickness{}, along_x{}, along_y{}, across{};
    double contact{};  // K m2/W between it and the layer above
    bool heats{};
  };
  std::vector<Layer> layers{};  // with spreader and sink where there is a package
  double top{}, bottom{};       // W/(m2 K) to the ambient from the faces of the outer layers
};
// of_carrier: its share of the footprint.
Uniform uniform(const layout::Section& section, double of_carrier);

class Response {
 public:
  // sizes: of all dies, as turned; others are taken for the nearest of them.
  Response(const layout::Section& section, double width, double height, double of_carrier,
           std::span<const Foot> sizes);

  // The table of that size and floor.
  std::size_t table(const Foot& size) const;
  // K at a place of that floor for 1 W in `source`, as if spreader and sink ended with the footprint.
  double direct(const Foot& source, std::size_t table, std::size_t floor, double x, double y) const;
  // At nine places, three by three, the first of them first.
  using Three = std::array<double, 3>;
  std::array<double, 9> direct(const Foot& source, std::size_t table, std::size_t floor, const Three& x,
                               const Three& y) const;

  static constexpr std::size_t degrees = 7, modes = degrees * degrees;
  using Modes = std::array<double, modes>;
  // Means of the polynomials over a rectangle.
  Modes shape(const Foot& foot) const;
  // Of the sum of the shapes of all sources, each times its W: what the rest of the package adds, as a
  // polynomial.
  Modes beyond(const Modes& sources) const;
  // Its value where x and y have these values of the polynomials.
  using Line = std::array<double, degrees>;
  Line line_x(double x) const;
  Line line_y(double y) const;
  static double at(const Modes& polynomial, const Line& x, const Line& y);

  double width() const { return width_; }
  double height() const { return height_; }
  std::size_t floors() const { return floors_; }

 private:
  struct Table {
    Foot size{};
    std::vector<std::vector<double>> values{};  // by floor of the target
  };

  double width_{}, height_{};
  std::size_t floors_{};
  std::vector<Table> tables_{};
  std::vector<double> beyond_{};  // modes x modes; empty without a package
};

}  // namespace marquetry::thermal
