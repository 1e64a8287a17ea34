#include "exchange/tap25d/read.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "exchange/layout_case.h"
#include "exchange/tap25d/ini.h"
#include "layout_file/load.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using layout::Nanometre;

constexpr double mm = 1e6;
constexpr Nanometre pitch = 45'000;  // of microbumps. passive_interposer.py
constexpr std::size_t most_chiplets = 1000;
constexpr double most_wires = 1e9, longest_mm = 1e4, least_mm = 1e-3;

Nanometre nanometres(double millimetres) { return std::llround(millimetres * mm); }

class Config {
 public:
  Config(const Ini& ini, Diagnostics& diagnostics) : ini_{ini}, diagnostics_{diagnostics} {}

  std::optional<layout::Problem> problem() {
    const auto chiplets = one("chiplets.chiplet_count", 1, most_chiplets);
    const auto side = one("interposer.intp_size", least_mm, longest_mm);
    const bool has_grid = ini_.find("general.placer_granularity") != nullptr;
    const auto grid = has_grid ? one("general.placer_granularity", 0, longest_mm) : std::optional{1.0};
    if (!chiplets || !side || !grid) return std::nullopt;
    if (*chiplets != std::floor(*chiplets)) {
      diagnostics_.error(ini_.find("chiplets.chiplet_count")->where,
                         "'chiplet_count' must be a whole number");
      return std::nullopt;
    }
    count_ = static_cast<std::size_t>(*chiplets);
    const auto widths = list("chiplets.widths", least_mm, longest_mm),
               heights = list("chiplets.heights", least_mm, longest_mm),
               powers = list("chiplets.powers", 0, 1e6);
    read_wires();
    check_options();
    if (!diagnostics_.ok()) return std::nullopt;
    layout::Problem problem{.name = name(), .unit = mm};
    problem.carrier.fixed = layout::Size{nanometres(*side), nanometres(*side)};
    for (std::size_t i = 0; i < count_; ++i)
      problem.dies.push_back(die(i, {nanometres(widths[i]), nanometres(heights[i])}, powers[i]));
    problem.edge = layout::edge_outside_rings(nanometres(*grid) / 2, problem.dies);
    for (std::size_t i = 0; i < count_; ++i) {
      for (std::size_t j = i + 1; j < count_; ++j) {
        const double wires = wires_[i][j] + wires_[j][i];
        const auto label = problem.dies[i].name + "-" + problem.dies[j].name;
        if (wires > 0) problem.links.push_back({.name = label, .a = i, .b = j, .wires = wires});
      }
    }
    return problem;
  }

 private:
  std::string text(const std::string& key) const {
    const auto* value = ini_.find(key);
    return value == nullptr ? std::string{} : cells(*value, '\n').front().front().text;
  }

  // The last folder of the path to which its author wrote.
  std::string name() const {
    auto path = text("general.path");
    while (path.ends_with('/')) path.pop_back();
    const auto last = fs::path{path}.filename().generic_string();
    return last.empty() ? fs::path{ini_.file}.stem().generic_string() : last;
  }

  const IniValue* required(const std::string& key) {
    const auto* value = ini_.find(key);
    const auto dot = key.find('.');
    if (value == nullptr)
      diagnostics_.error({.file = ini_.file},
                         fmt::format("[{}] has no key '{}'", key.substr(0, dot), key.substr(dot + 1)));
    return value;
  }

  std::optional<double> number(const Cell& cell, double least, double most) {
    double value = 0;
    const auto* end = cell.text.data() + cell.text.size();
    const auto [stop, error] = std::from_chars(cell.text.data(), end, value);
    if (error != std::errc{} || stop != end || !std::isfinite(value)) {
      diagnostics_.error(cell.where, fmt::format("a number was expected, not '{}'", cell.text),
                         cell.text.empty() ? "a separator at the end, or two in a row, are too many" : "");
      return std::nullopt;
    }
    if (value >= least && value <= most) return value;
    diagnostics_.error(cell.where, fmt::format("{} must lie between {} and {}", cell.text, least, most));
    return std::nullopt;
  }

  std::optional<double> one(const std::string& key, double least, double most) {
    const auto* value = required(key);
    return value == nullptr ? std::nullopt : number(cells(*value, '\n').front().front(), least, most);
  }

  // As many numbers as there are chiplets.
  std::vector<double> list(const std::string& key, double least, double most) {
    std::vector<double> out(count_);
    const auto* value = required(key);
    if (value == nullptr) return out;
    const auto row = cells(*value, '\0').front();
    if (row.size() != count_) {
      diagnostics_.error(row.front().where, fmt::format("'{}' has {} values, but chiplet_count is {}",
                                                        key.substr(key.find('.') + 1), row.size(), count_));
      return out;
    }
    for (std::size_t i = 0; i < count_; ++i) out[i] = number(row[i], least, most).value_or(least);
    return out;
  }

  // From row to column, wires of one direction.
  void read_wires() {
    wires_.assign(count_, std::vector<double>(count_));
    const auto* value = required("chiplets.connections");
    if (value == nullptr) return;
    const auto rows = cells(*value, ';');
    if (rows.size() != count_) {
      diagnostics_.error(
          rows.front().front().where,
          fmt::format("'connections' has {} rows, but chiplet_count is {}", rows.size(), count_),
          "rows end with ';', but for the last one");
      return;
    }
    for (std::size_t i = 0; i < count_; ++i) {
      if (rows[i].size() != count_) {
        diagnostics_.error(rows[i].front().where,
                           fmt::format("row {} of 'connections' has {} values, but chiplet_count is {}",
                                       i + 1, rows[i].size(), count_));
        continue;
      }
      for (std::size_t j = 0; j < count_; ++j) {
        wires_[i][j] = number(rows[i][j], 0, most_wires).value_or(0);
        if (i == j && wires_[i][j] != 0)
          diagnostics_.error(rows[i][j].where, fmt::format("chiplet {} has wires to itself", i));
      }
    }
  }

  void check_options() {
    if (const auto type = text("interposer.intp_type"); !type.empty() && type != "passive")
      diagnostics_.error(ini_.find("interposer.intp_type")->where,
                         fmt::format("an interposer of type '{}' is not known", type), "known: passive");
    if (text("interposer.link_type") == "ppl") {
      bumps_a_wire_ = 2;
      diagnostics_.warning(ini_.find("interposer.link_type")->where,
                           "wires through gas stations on other chiplets are taken as direct ones; each "
                           "still takes two bumps");
    }
    if (text("general.initial_placement") == "given")
      diagnostics_.warning(ini_.find("general.initial_placement")->where,
                           "the given placement is but a start, and is not taken over");
  }

  // The ring has the fewest rows of bumps that hold all wires; clumps lie in its middle, each with the bumps
  // along its side. routing.py; in whole numbers, since the pitch is no binary fraction of a millimetre.
  layout::Die die(std::size_t i, layout::Size size, double power) const {
    double wires = 0;
    for (std::size_t j = 0; j < count_; ++j) wires += wires_[i][j] + wires_[j][i];
    const auto bumps = static_cast<Nanometre>(std::ceil(wires)) * bumps_a_wire_;
    Nanometre rows = 1;
    while (2 * (size.width + size.height) * rows + 4 * rows * rows * pitch < bumps * pitch) ++rows;
    const auto ring = rows * pitch;
    const auto clump = [&](Nanometre side) {
      return layout::Clump{static_cast<double>(rows * ((side + ring) / pitch)), ring / 2};
    };
    const auto end = clump(size.width), flank = clump(size.height);
    return {.name = fmt::format("chiplet{}", i),
            .size = size,
            .rotations = 0b0011,  // opposite clumps are alike
            .ring = ring,
            .clumps = std::array{end, flank, end, flank},
            .power = power,
            .kind = i};
  }

  const Ini& ini_;
  Diagnostics& diagnostics_;
  std::size_t count_{};
  Nanometre bumps_a_wire_{1};
  std::vector<std::vector<double>> wires_{};
};

}  // namespace

std::optional<std::string> read_tap25d(std::span<const fs::path> files, Diagnostics& diagnostics) {
  if (files.size() != 1) {
    diagnostics.error({.file = "marquetry import"}, "a system of TAP-2.5D is one .cfg file: give it alone");
    return std::nullopt;
  }
  const auto ini = read_ini(files[0], diagnostics);
  if (!ini) return std::nullopt;
  const auto problem = Config{*ini, diagnostics}.problem();
  if (!problem) return std::nullopt;
  return layout_file::to_toml(*problem,
                              fmt::format("From '{}' of TAP-2.5D; half of its grid is kept free at the edge.",
                                          files[0].filename().generic_string()));
}

}  // namespace marquetry::exchange
