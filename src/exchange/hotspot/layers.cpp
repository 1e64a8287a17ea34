#include <fmt/format.h>

#include <cmath>
#include <map>

#include "exchange/hotspot/floorplan.h"

#include "base/text.h"

namespace marquetry::exchange::hotspot {
namespace {

// HotSpot's DELTA, to which the sizes of floorplans agree.
constexpr double same_size = 1e-6;

class Reading {
 public:
  Reading(const std::filesystem::path& path, const Lines& file, const Materials& materials,
          Diagnostics& diagnostics)
      : path_{path}, file_{file}, materials_{materials}, diagnostics_{diagnostics} {}

  std::vector<LayerRow> layers() {
    while (at_ < file_.lines.size())
      if (!layer()) break;
    std::vector<LayerRow> out;
    for (auto& [number, row] : rows_) {
      if (number != out.size()) {
        diagnostics_.error(row.where, fmt::format("layer {} is missing", out.size()),
                           "layers are numbered from 0, which is the bottom one");
        break;
      }
      out.push_back(std::move(row));
    }
    return out;
  }

 private:
  // False at the end of the file, after a complaint.
  const Token* next(std::string_view what) {
    if (at_ < file_.lines.size()) return &file_.lines[at_++][0];
    diagnostics_.error(file_.words.end(), fmt::format("the file ends before {} of a layer", what),
                       "number, sideways flow, power, heat capacity and resistivity (or a material), "
                       "thickness and floorplan stand in lines of their own");
    return nullptr;
  }

  bool flag(std::string_view what, bool& out) {
    const auto* token = next(what);
    if (token == nullptr) return false;
    const char c = token->text[0];
    out = c == 'Y' || c == 'y';
    if (!out && c != 'N' && c != 'n') {
      diagnostics_.error(file_.spot(*token), fmt::format("{} must be Y or N, not '{}'", what, token->text));
      return false;
    }
    return true;
  }

  // Goes on behind wrong numbers; false where it is not known what the next line means.
  bool layer() {
    const auto* number = next("the number");
    const auto value = value_of(file_, *number, "the layer's number", {0, 999, false}, diagnostics_);
    if (!value) return false;
    if (*value != std::floor(*value)) {
      diagnostics_.error(file_.spot(*number), fmt::format("'{}' is no layer's number", number->text));
      return false;
    }
    LayerRow row{.where = file_.spot(*number)};
    if (!flag("sideways flow", row.conducts_sideways) || !flag("power", row.heats)) return false;
    const auto* matter = next("the heat capacity");
    if (matter == nullptr) return false;
    if (is_number(matter->text)) {
      const auto* resistivity = next("the resistivity");
      if (resistivity == nullptr) return false;
      const auto c = value_of(file_, *matter, "the heat capacity", capacities, diagnostics_);
      const auto r = value_of(file_, *resistivity, "the resistivity", resistivities, diagnostics_);
      row.matter = {1 / r.value_or(1), c.value_or(1)};
    } else {
      material(*matter, row);
    }
    const auto* thickness = next("the thickness");
    if (thickness == nullptr) return false;
    row.thickness = value_of(file_, *thickness, "the thickness", lengths, diagnostics_).value_or(1);
    const auto* plan = next("the floorplan");
    if (plan == nullptr) return false;
    floorplan(*plan, row);
    if (!rows_.try_emplace(static_cast<std::size_t>(*value), std::move(row)).second)
      diagnostics_.error(file_.spot(*number),
                         fmt::format("layer {} stands here a second time", number->text));
    return true;
  }

  void material(const Token& name, LayerRow& row) {
    row.material = std::string{name.text};
    const auto found = materials_.find(lower_case(name.text));
    if (found != materials_.end()) {
      row.matter = found->second;
      return;
    }
    row.matter = {1, 1};
    std::vector<std::string_view> names;
    for (const auto& known : materials_) names.push_back(known.first);
    diagnostics_.error(file_.spot(name), fmt::format("no material '{}'", name.text),
                       materials_.empty() ? "name a file of materials: --materials FILE, or -materials_file"
                                          : suggest(name.text, names));
  }

  void floorplan(const Token& name, LayerRow& row) {
    if (name.text.ends_with(".csv")) {
      diagnostics_.error(file_.spot(name),
                         fmt::format("'{}' is a network of microchannels, which are not "
                                     "computed",
                                     name.text),
                         "take a layer of a solid instead");
      return;
    }
    const auto path = beside(path_, name.text, file_.spot(name), diagnostics_);
    if (!path) return;
    auto [at, is_new] = plans_.try_emplace(*path);
    if (is_new) at->second = read_floorplan(*path, diagnostics_);
    if (!at->second) return;
    row.floorplan = *at->second;
    if (!size_) size_ = {row.floorplan.width, row.floorplan.height};
    if (std::abs(row.floorplan.width - size_->first) < same_size &&
        std::abs(row.floorplan.height - size_->second) < same_size)
      return;
    diagnostics_.error(file_.spot(name),
                       fmt::format("floorplan '{}' measures {} x {} mm, the first one {} x {} mm", name.text,
                                   row.floorplan.width * 1e3, row.floorplan.height * 1e3, size_->first * 1e3,
                                   size_->second * 1e3),
                       "all layers cover the same rectangle: fill it with units of no power");
  }

  const std::filesystem::path& path_;
  const Lines& file_;
  const Materials& materials_;
  Diagnostics& diagnostics_;
  std::size_t at_{};
  std::map<std::size_t, LayerRow> rows_{};
  std::map<std::filesystem::path, std::optional<Floorplan>> plans_{};
  std::optional<std::pair<double, double>> size_{};
};

}  // namespace

std::optional<std::vector<LayerRow>> read_layers(const std::filesystem::path& path,
                                                 const Materials& materials, Diagnostics& diagnostics) {
  const auto file = read_lines(path, diagnostics);
  if (!file) return std::nullopt;
  const auto before = diagnostics.errors();
  auto rows = Reading{path, *file, materials, diagnostics}.layers();
  if (rows.empty() && diagnostics.errors() == before)
    diagnostics.error({.file = file->words.file}, "has no layer");
  return diagnostics.errors() == before ? std::optional{std::move(rows)} : std::nullopt;
}

}  // namespace marquetry::exchange::hotspot
