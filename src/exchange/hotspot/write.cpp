#include "exchange/hotspot/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "exchange/hotspot/cover.h"
#include "exchange/hotspot/lines.h"

namespace marquetry::exchange {
namespace {

namespace fs = std::filesystem;
using thermal::Layer;

constexpr double contact_sheet = 1e-6;  // m: a contact resistance is a sheet so thin
// Where there is neither spreader nor sink: so thin and bad that nothing flows sideways in them.
constexpr double plate = 1e-7, plate_conductivity = 10;

// HotSpot parts words at blanks, and takes what begins like a number for one.
std::string word(std::string_view name, std::string_view fallback) {
  std::string out;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    out += std::isgraph(u) != 0 && c != '#' ? c : '_';
  }
  if (out.empty()) out = fallback;
  const auto small = lower_case(out);
  if (std::isalpha(static_cast<unsigned char>(out[0])) == 0 || small.starts_with("inf") ||
      small.starts_with("nan"))
    out = "m_" + out;
  return out;
}

class Writer {
 public:
  Writer(const thermal::HeatCase& heat, const fs::path& file, Diagnostics& diagnostics)
      : heat_{heat}, stack_{heat.stack}, file_{file}, diagnostics_{diagnostics} {
    if (file_.extension() != ".config") file_ += ".config";
  }

  std::vector<fs::path> write() {
    if (std::ranges::none_of(stack_.layers, &Layer::heats)) {
      diagnostics_.error({.file = stack_.name}, "no layer has power, which HotSpot wants");
      return {};
    }
    warn();
    layers();
    trace();
    const auto materials = material_text();
    if (put(file_, config()) && put(beside(".lcf"), lcf_) && put(beside(".materials"), materials) &&
        put(beside(".ptrace"), ptrace_))
      for (const auto& [path, text] : floorplans_)
        if (!put(path, text)) break;
    return diagnostics_.ok() ? written_ : std::vector<fs::path>{};
  }

 private:
  void warn(std::string what) { diagnostics_.warning({.file = file_.generic_string()}, std::move(what)); }
  void warn() {
    bool leaks = false, falls = false, differs = false;
    const auto look = [&](const layout::Material& m) {
      falls = falls || m.exponent != 0;
      differs = differs || m.along_x != m.along_y || (m.along_x != m.across && m.along_x != 0);
    };
    for (const auto& layer : stack_.layers) {
      look(layer.material);
      for (const auto& block : layer.blocks) {
        leaks = leaks || block.leakage.power > 0;
        if (block.material) look(*block.material);
      }
    }
    if (leaks) warn("HotSpot's files have no leakage by temperature: it is left out");
    if (falls) warn("HotSpot's files have no conductivity by temperature: that at 300 K is written");
    if (differs)
      warn("HotSpot's materials conduct alike in all directions: that across the layers is written");
    if (stack_.bottom_transfer > 0) warn("HotSpot's files do not say what leaves the bottom face: left out");
    if (!stack_.package)
      warn("HotSpot always has a spreader and a sink: thin ones of the footprint's size are written");
  }

  fs::path beside(std::string_view ending) const {
    auto path = file_;
    path.replace_extension(ending);
    return path;
  }
  bool put(const fs::path& path, const std::string& text) {
    if (!write_file(path, text, diagnostics_)) return false;
    written_.push_back(path);
    return true;
  }

  // A name for what conducts so; materials that are the same share it.
  std::string material(const layout::Material& m) {
    const auto values = std::pair{m.across, m.capacity};
    if (const auto known = materials_.find(values); known != materials_.end()) return known->second;
    auto name = word(m.name, "solid");
    for (int n = 2; !material_names_.insert(lower_case(name)).second; ++n)
      name = fmt::format("{}_{}", word(m.name, "solid"), n);
    materials_.emplace(values, name);
    return name;
  }
  std::string material_text() const {
    std::string out = "# name, type, conductivity W/(m K), heat capacity J/(m3 K)\n";
    for (const auto& [values, name] : materials_)
      out += fmt::format("\n{}\nsolid\n{}\n{}\n", name, exact(values.first), exact(values.second));
    return out;
  }

  void layers() {
    lcf_ = "# number, sideways flow, power, material, thickness in m, floorplan\n";
    for (std::size_t i = 0; i < stack_.layers.size(); ++i) {
      const auto& layer = stack_.layers[i];
      row(layer, layer.name);
      if (layer.contact <= 0) continue;
      const double across = contact_sheet / layer.contact;
      row({.name = layer.name + " contact",
           .thickness = contact_sheet,
           .material = {.name = "contact", .across = across, .capacity = 1}},
          layer.name + ": contact");
    }
  }

  void row(const Layer& layer, const std::string& words) {
    const auto path = beside(fmt::format(".{}.flp", number_));
    const bool sideways = layer.material.along_x > 0 || layer.material.along_y > 0;
    lcf_ += fmt::format("\n# {}\n{}\n{}\n{}\n{}\n{}\n{}\n", word(words, "layer"), number_++,
                        sideways ? 'Y' : 'N', layer.heats ? 'Y' : 'N', material(layer.material),
                        exact(layer.thickness), path.filename().generic_string());
    std::string text =
        "# name, width, height, left, bottom in m, heat capacity J/(m3 K), resistivity m K/W\n";
    std::set<std::string> names;
    const auto unit = [&](const std::string& wanted, double w, double h, double x, double y) {
      auto name = wanted;
      for (int n = 2; !names.insert(lower_case(name)).second; ++n) name = fmt::format("{}_{}", wanted, n);
      text += fmt::format("{}\t{}\t{}\t{}\t{}", name, exact(w), exact(h), exact(x), exact(y));
      if (layer.heats) columns_.push_back(name);
    };
    for (const auto& b : layer.blocks) {
      unit(word(b.name, "unit"), b.width, b.height, b.x, b.y);
      if (b.material)
        text += fmt::format("\t{}\t{}", exact(b.material->capacity), exact(1 / b.material->across));
      text += '\n';
    }
    std::size_t gap = 0;
    for (const auto& r : hotspot::uncovered(layer, stack_.width, stack_.height)) {
      unit(fmt::format("{}_rest{}", word(layer.name, "layer"), gap++), r.width, r.height, r.x, r.y);
      text += '\n';
    }
    if (layer.heats) gaps_.push_back(gap);
    floorplans_.emplace_back(path, std::move(text));
  }

  void trace() {
    for (const auto& name : columns_) ptrace_ += (ptrace_.empty() ? "" : "\t") + name;
    ptrace_ += '\n';
    std::vector<double> mean;
    for (const auto& layer : stack_.layers)
      for (const auto& block : layer.blocks) mean.push_back(block.power);
    if (!heat_.trace) step(mean);
    if (heat_.trace)
      for (const auto& powers : heat_.trace->powers) step(powers);
  }
  void step(const std::vector<double>& powers) {
    std::size_t at = 0, heating = 0;
    std::string line;
    for (const auto& layer : stack_.layers) {
      for (std::size_t i = 0; i < layer.blocks.size(); ++i, ++at)
        if (layer.heats) line += (line.empty() ? "" : "\t") + exact(powers[at]);
      if (!layer.heats) continue;
      for (std::size_t i = 0; i < gaps_[heating]; ++i) line += line.empty() ? "0" : "\t0";
      ++heating;
    }
    ptrace_ += line + '\n';
  }

  std::string config() const {
    const double side = std::max(stack_.width, stack_.height);
    const layout::Material weak{.across = plate_conductivity, .capacity = 1};
    const double through = 2 * plate / plate_conductivity;
    const layout::Spreading thin{
        .spreader = {side, plate, weak},
        .sink = {side, plate, weak},
        .convection = stack_.top_transfer > 0
                          ? std::max(through, 1 / stack_.top_transfer - through) / (side * side)
                          : 1e6};
    const auto& package = stack_.package ? *stack_.package : thin;
    const auto name = [&](std::string_view ending) { return beside(ending).filename().generic_string(); };
    std::string out = fmt::format(
        "# hotspot -c {} -p {} -grid_layer_file {} -materials_file {} -model_type grid -detailed_3D on\n",
        name(".config"), name(".ptrace"), name(".lcf"), name(".materials"));
    const auto text = [&](std::string_view key, std::string_view value) {
      out += fmt::format("-{}\t{}\n", key, value);
    };
    const auto number = [&](std::string_view key, double value) { text(key, exact(value)); };
    text("model_type", "grid");
    text("grid_layer_file", name(".lcf"));
    text("materials_file", name(".materials"));
    text("p", name(".ptrace"));
    text("detailed_3D", heat_.settings.detailed ? "on" : "off");
    text("grid_rows", std::to_string(heat_.settings.rows));
    text("grid_cols", std::to_string(heat_.settings.columns));
    text("grid_map_mode", "avg");
    number("ambient", stack_.ambient);
    number("init_temp", stack_.ambient);
    number("sampling_intvl", heat_.trace ? heat_.trace->interval : 0.01);
    number("s_spreader", package.spreader.side);
    number("t_spreader", package.spreader.thickness);
    number("k_spreader", package.spreader.material.across);
    number("p_spreader", package.spreader.material.capacity);
    number("s_sink", package.sink.side);
    number("t_sink", package.sink.thickness);
    number("k_sink", package.sink.material.across);
    number("p_sink", package.sink.material.capacity);
    number("r_convec", package.convection);
    number("c_convec", package.capacity);
    return out;
  }

  const thermal::HeatCase& heat_;
  const thermal::Stack& stack_;
  fs::path file_;
  Diagnostics& diagnostics_;
  std::size_t number_{};
  std::string lcf_{}, ptrace_{};
  std::map<std::pair<double, double>, std::string> materials_{};
  std::set<std::string> material_names_{};
  std::vector<std::string> columns_{};
  std::vector<std::size_t> gaps_{};  // by layer that heats
  std::vector<std::pair<fs::path, std::string>> floorplans_{};
  std::vector<fs::path> written_{};
};

}  // namespace

std::vector<fs::path> write_hotspot(const thermal::HeatCase& heat, const fs::path& file,
                                    Diagnostics& diagnostics) {
  return Writer{heat, file, diagnostics}.write();
}

}  // namespace marquetry::exchange
