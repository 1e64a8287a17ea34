#include <fmt/format.h>

#include <map>

#include "exchange/hotspot/floorplan.h"

#include "base/text.h"

namespace marquetry::exchange::hotspot {
namespace {

constexpr std::size_t most_numbers = 20'000'000, shown = 5;

// Where each column belongs: a place among the units of all layers that heat.
class Columns {
 public:
  Columns(const Lines& file, const std::vector<const Floorplan*>& layers, Diagnostics& diagnostics)
      : file_{file}, layers_{layers}, diagnostics_{diagnostics} {
    for (const auto* layer : layers) {
      first_.push_back(units_);
      auto& names = places_.emplace_back();
      for (std::size_t i = 0; i < layer->units.size(); ++i)
        names.try_emplace(lower_case(layer->units[i].name), units_ + i);
      units_ += layer->units.size();
    }
  }
  std::size_t units() const { return units_; }

  std::vector<std::size_t> of(std::span<const Token> head) {
    std::vector<std::size_t> out;
    std::vector<bool> taken(units_);
    for (std::size_t column = 0; column < head.size(); ++column) {
      const auto name = lower_case(head[column].text);
      std::optional<std::size_t> place;
      bool known = false;
      const auto take = [&](std::size_t layer) {
        const auto at = places_[layer].find(name);
        if (at == places_[layer].end()) return;
        known = true;
        if (!place && !taken[at->second]) place = at->second;
      };
      // HotSpot's own order first.
      for (std::size_t layer = layers_.size(); layer-- > 0;)
        if (first_[layer] <= column) {
          take(layer);
          break;
        }
      for (std::size_t layer = 0; layer < layers_.size() && !place; ++layer) take(layer);
      if (place) {
        taken[*place] = true;
        out.push_back(*place);
      } else if (known) {
        diagnostics_.error(file_.spot(head[column]),
                           fmt::format("column '{}' stands here a second time", head[column].text));
      } else {
        unknown(head[column]);
      }
    }
    missing(taken, file_.spot(head[0]));
    return out;
  }

 private:
  void unknown(const Token& name) {
    std::vector<std::string_view> names;
    for (const auto* layer : layers_)
      for (const auto& unit : layer->units) names.push_back(unit.name);
    diagnostics_.error(file_.spot(name), fmt::format("no layer with power has a unit '{}'", name.text),
                       suggest(name.text, names));
  }
  void missing(const std::vector<bool>& taken, SourceSpot where) {
    std::string names;
    std::size_t count = 0;
    for (std::size_t layer = 0; layer < layers_.size(); ++layer)
      for (std::size_t i = 0; i < layers_[layer]->units.size(); ++i) {
        if (taken[first_[layer] + i]) continue;
        if (count++ < shown) names += (count > 1 ? ", '" : "'") + layers_[layer]->units[i].name + "'";
      }
    if (count == 0) return;
    if (count > shown) names += fmt::format(" and {} more", count - shown);
    diagnostics_.error(std::move(where), fmt::format("there is no column for {}", names),
                       "each unit of a layer with power has a column, be it of zeros");
  }

  const Lines& file_;
  const std::vector<const Floorplan*>& layers_;
  Diagnostics& diagnostics_;
  std::vector<std::map<std::string, std::size_t>> places_{};
  std::vector<std::size_t> first_{};
  std::size_t units_{};
};

}  // namespace

std::optional<std::vector<std::vector<double>>> read_trace(const std::filesystem::path& path,
                                                           const std::vector<const Floorplan*>& layers,
                                                           Diagnostics& diagnostics) {
  const auto file = read_lines(path, diagnostics);
  if (!file) return std::nullopt;
  const auto before = diagnostics.errors();
  const auto& lines = file->lines;
  if (lines.size() < 2) {
    diagnostics.error({.file = file->words.file}, "has no power in it",
                      "the first line names the units, each further one has a number of watts for each");
    return std::nullopt;
  }
  Columns columns{*file, layers, diagnostics};
  if ((lines.size() - 1) * columns.units() > most_numbers) {
    diagnostics.error({.file = file->words.file}, "has more than 20 million numbers", "cut it into parts");
    return std::nullopt;
  }
  const auto places = columns.of(lines[0]);
  std::vector<std::vector<double>> out;
  for (const auto line : std::span{lines}.subspan(1)) {
    if (line.size() != lines[0].size()) {
      diagnostics.error(file->spot(line.size() > lines[0].size() ? line[lines[0].size()] : line.back()),
                        fmt::format("{} numbers under {} names", line.size(), lines[0].size()));
      continue;
    }
    auto& step = out.emplace_back(columns.units());
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto value =
          value_of(*file, line[i], fmt::format("the power of '{}'", lines[0][i].text), watts, diagnostics);
      if (value && i < places.size()) step[places[i]] = *value;
    }
    if (diagnostics.errors() > before + 20) break;
  }
  return diagnostics.errors() == before ? std::optional{std::move(out)} : std::nullopt;
}

}  // namespace marquetry::exchange::hotspot
