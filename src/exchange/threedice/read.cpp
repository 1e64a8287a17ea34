#include "exchange/threedice/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/named_file.h"
#include "exchange/threedice/description.h"
#include "exchange/threedice/floorplan.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using namespace threedice;

constexpr double most_cells = 4096;  // along a side

class Run {
 public:
  Run(const fs::path& file, const Description& description, Diagnostics& diagnostics)
      : file_{file}, said_{description}, diagnostics_{diagnostics} {}

  ThreediceRun make() {
    auto& heat = out_.heat;
    heat.stack.name = file_.stem().generic_string();
    heat.stack.width = said_.length;
    heat.stack.height = said_.width;
    heat.settings.columns = cells(said_.length, said_.cell_length, "length");
    heat.settings.rows = cells(said_.width, said_.cell_width, "width");
    sinks();
    for (auto at = said_.piled.rbegin(); at != said_.piled.rend(); ++at) pile(*at);
    powers();
    if (said_.has_output)
      heat.notes.emplace_back("the output section is not read: all temperatures are reported");
    return std::move(out_);
  }

 private:
  std::size_t cells(double chip, double cell, std::string_view what) {
    const double count = chip / cell, whole = std::round(count);
    if (std::abs(count - whole) > 1e-6 || whole < 1)
      diagnostics_.error(said_.dimensions, fmt::format("the cell's {} does not divide the chip's", what),
                         "take a whole number of cells");
    else if (whole > most_cells)
      diagnostics_.error(said_.dimensions,
                         fmt::format("{:.0f} cells along the {}, where at most {:.0f} are computed", whole,
                                     what, most_cells));
    else
      return static_cast<std::size_t>(whole);
    return 1;
  }

  void sinks() {
    auto& stack = out_.heat.stack;
    if (said_.top) stack.top_transfer = said_.top->transfer, stack.ambient = said_.top->temperature;
    if (said_.bottom)
      stack.bottom_transfer = said_.bottom->transfer, stack.ambient = said_.bottom->temperature;
    if (said_.top && said_.bottom && said_.top->temperature != said_.bottom->temperature)
      diagnostics_.error(said_.bottom->where, "two heat sinks of two temperatures are not computed",
                         "give both the same temperature");
    if (said_.is_transient && said_.start > 0 && std::abs(said_.start - stack.ambient) > 1e-9)
      out_.heat.notes.push_back(fmt::format("a transient starts at the heat sink's {} K here, not at {} K",
                                            stack.ambient, said_.start));
  }

  void add(const Sheet& sheet, std::string name) {
    const auto found = said_.materials.find(sheet.material);
    if (found == said_.materials.end()) {
      std::vector<std::string_view> names;
      for (const auto& row : said_.materials) names.push_back(row.first);
      diagnostics_.error(sheet.where, fmt::format("no material '{}'", sheet.material),
                         suggest(sheet.material, names));
      return;
    }
    out_.heat.stack.layers.push_back({.name = std::move(name),
                                      .thickness = sheet.height,
                                      .material = found->second,
                                      .heats = sheet.is_source,
                                      .where = sheet.where});
  }

  void pile(const Piled& piled) {
    if (piled.sheet) {
      add(*piled.sheet, piled.name);
      return;
    }
    const auto kind = said_.kinds.find(piled.kind);
    if (kind == said_.kinds.end() || kind->second.is_die != piled.is_die) {
      std::vector<std::string_view> names;
      for (const auto& row : said_.kinds)
        if (row.second.is_die == piled.is_die) names.push_back(row.first);
      diagnostics_.error(piled.where, fmt::format("no {} '{}'", piled.is_die ? "die" : "layer", piled.kind),
                         suggest(piled.kind, names));
      return;
    }
    const auto& sheets = kind->second.sheets;
    for (auto sheet = sheets.rbegin(); sheet != sheets.rend(); ++sheet) {
      const auto number = sheets.rend() - sheet;
      const auto before = out_.heat.stack.layers.size();
      add(*sheet, !piled.is_die      ? piled.name
                  : sheet->is_source ? piled.name
                                     : fmt::format("{}.layer{}", piled.name, number));
      if (sheet->is_source && out_.heat.stack.layers.size() > before) elements(piled);
    }
  }

  void elements(const Piled& piled) {
    const auto path = file_below(file_.parent_path(), piled.floorplan, piled.where, diagnostics_);
    const auto elements = path ? read_elements(path->lexically_normal(), diagnostics_) : std::nullopt;
    if (!elements) return;
    auto& layer = out_.heat.stack.layers.back();
    const auto index = out_.heat.stack.layers.size() - 1;
    for (const auto& element : *elements) {
      double area = 0;
      for (const auto& piece : element.pieces) area += piece.length * piece.width;
      if (element.pieces.size() > 1)
        out_.unions.push_back({element.name, index, layer.blocks.size(), element.pieces.size()});
      for (std::size_t i = 0; i < element.pieces.size(); ++i) {
        const auto& piece = element.pieces[i];
        layer.blocks.push_back(
            {.name = element.pieces.size() > 1 ? fmt::format("{}.{}", element.name, i + 1) : element.name,
             .x = piece.x,
             .y = piece.y,
             .width = piece.length,
             .height = piece.width,
             .where = element.where});
        auto& slots = slots_.emplace_back(element.powers);
        for (double& power : slots) power *= piece.length * piece.width / area;
      }
      if (slots_.front().size() != element.powers.size())
        diagnostics_.error(element.where, fmt::format("{} power values, where other dies have {}",
                                                      element.powers.size(), slots_.front().size()));
    }
  }

  void powers() {
    if (slots_.empty()) {
      if (diagnostics_.ok()) diagnostics_.error({.file = file_.generic_string()}, "no die has power");
      return;
    }
    auto& heat = out_.heat;
    out_.is_transient = said_.is_transient;
    const auto count = slots_.front().size();
    std::size_t at = 0;
    thermal::Trace trace{.interval = said_.slot,
                         .powers = std::vector(count, std::vector<double>(slots_.size()))};
    for (auto& layer : heat.stack.layers)
      for (auto& block : layer.blocks) {
        const auto& slots = slots_[at];
        for (std::size_t k = 0; k < std::min(count, slots.size()); ++k) {
          trace.powers[k][at] = slots[k];
          block.power += slots[k] / static_cast<double>(count);
        }
        // 3D-ICE's steady state takes the first value.
        if (!said_.is_transient && !slots.empty()) block.power = slots[0];
        ++at;
      }
    if (!said_.is_transient) {
      if (count > 1)
        heat.notes.push_back(
            fmt::format("steady: the first of {} power values is taken, as by 3D-ICE", count));
      return;
    }
    heat.step = said_.step;
    heat.trace = std::move(trace);
  }

  const fs::path& file_;
  const Description& said_;
  Diagnostics& diagnostics_;
  ThreediceRun out_{};
  std::vector<std::vector<double>> slots_{};  // by block, layer after layer
};

}  // namespace

std::optional<ThreediceRun> load_threedice(const fs::path& file, Diagnostics& diagnostics) {
  const auto words = read_words(
      file, {.punctuation = ":;,()\"", .line_comment = "//", .open_comment = "/*", .close_comment = "*/"},
      diagnostics);
  if (!words) return std::nullopt;
  const auto before = diagnostics.errors();
  const auto description = read_description(*words, diagnostics);
  if (!description) return std::nullopt;
  auto run = Run{file, *description, diagnostics}.make();
  return diagnostics.errors() == before ? std::optional{std::move(run)} : std::nullopt;
}

}  // namespace marquetry::exchange
