#include "thermal/response_modes.h"

#include <span>

#include "conduction/solver.h"
#include "thermal/assembly.h"

namespace marquetry::thermal {
namespace {

using conduction::Field;
using conduction::Grid;

// Of answers to 1 W/m2: some 1e-4 K m2/W and more.
constexpr double tolerance = 1e-9;

Stack smeared(const layout::Section& section, const Uniform& uniform, double width, double height) {
  Stack stack{.name = {},
              .width = width,
              .height = height,
              .layers = {},
              .package = section.package,
              .top_transfer = section.top_transfer,
              .bottom_transfer = section.bottom_transfer};
  for (std::size_t l = 0; l < section.layers.size(); ++l) {
    const auto& u = uniform.layers[l];
    Layer layer;
    layer.name = section.layers[l].name;
    layer.thickness = u.thickness;
    layer.material.along_x = u.along_x, layer.material.along_y = u.along_y, layer.material.across = u.across;
    layer.heats = u.heats;
    layer.contact = u.contact;
    stack.layers.push_back(std::move(layer));
  }
  return stack;
}

}  // namespace

std::vector<double> package_modes(const layout::Section& section, const Uniform& uniform, double width,
                                  double height, std::size_t degrees, std::size_t cells) {
  const auto assembled =
      assemble(smeared(section, uniform, width, height), {.columns = cells, .rows = cells});
  Grid alone = assembled.grid;
  alone.hubs.clear();
  alone.hub_links.clear();
  conduction::Solver whole{assembled.grid}, cut{alone};
  const auto& shape = assembled.grid.shape;
  std::size_t floor = 0;
  while (floor + 1 < uniform.layers.size() && !uniform.layers[floor].heats) ++floor;

  constexpr std::size_t most = 16;
  const auto of_cells = [&](double length) {
    std::vector<std::array<double, most>> means;
    for (std::size_t c = 0; c < cells; ++c) {
      const double step = length / static_cast<double>(cells);
      means.push_back(
          legendre_means<most>(static_cast<double>(c) * step, static_cast<double>(c + 1) * step, length));
    }
    return means;
  };
  const auto x = of_cells(width), y = of_cells(height);
  const double area = width * height / static_cast<double>(cells * cells);
  const std::size_t modes = degrees * degrees;
  const conduction::Request request{.tolerance = tolerance, .certify = false};

  // The projection of an answer: by column first.
  const auto project = [&](const Field& potential, double sign, std::span<double> to) {
    for (std::size_t r = 0; r < cells; ++r) {
      std::array<double, most> along{};
      for (std::size_t c = 0; c < cells; ++c) {
        const double t = sign * area * potential.cells[shape.cell(floor, r, c)];
        for (std::size_t p = 0; p < degrees; ++p) along[p] += t * x[c][p];
      }
      for (std::size_t p = 0; p < degrees; ++p)
        for (std::size_t q = 0; q < degrees; ++q) to[p * degrees + q] += along[p] * y[r][q];
    }
  };
  std::vector<double> matrix(modes * modes);
  for (std::size_t p = 0; p < degrees; ++p) {
    for (std::size_t q = 0; q < degrees; ++q) {
      Field source{std::vector<double>(shape.cells()), std::vector<double>(assembled.grid.hubs.size())};
      for (std::size_t r = 0; r < cells; ++r)
        for (std::size_t c = 0; c < cells; ++c)
          source.cells[shape.cell(floor, r, c)] = area * x[c][p] * y[r][q];
      const std::span<double> row{matrix.data() + (p * degrees + q) * modes, modes};
      Field potential;
      whole.solve(source, potential, request);
      project(potential, 1, row);
      source.hubs.clear();
      Field without;
      cut.solve(source, without, request);
      project(without, -1, row);
    }
  }
  for (std::size_t i = 0; i < modes; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const double both = (matrix[i * modes + j] + matrix[j * modes + i]) / 2;
      matrix[i * modes + j] = matrix[j * modes + i] = both;
    }
  }
  return matrix;
}

}  // namespace marquetry::thermal
