#include "exchange/hotspot/config.h"
#include "base/named_file.h"
#include "base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace marquetry::exchange::hotspot {
namespace {

namespace fs = std::filesystem;

struct Number {
  std::string_view key{};
  double Config::*field{};
  Bounds bounds{};
};
constexpr Bounds resistances{0, 1e6, true}, heat{0, 1e12, false}, seconds{0, 1e9, true};
constexpr std::array numbers{
    Number{"t_chip", &Config::chip_thickness, lengths},
    Number{"t_interface", &Config::interface_thickness, lengths},
    Number{"r_convec", &Config::convection, resistances},
    Number{"c_convec", &Config::convection_capacity, heat},
    Number{"s_sink", &Config::sink_side, lengths},
    Number{"t_sink", &Config::sink_thickness, lengths},
    Number{"s_spreader", &Config::spreader_side, lengths},
    Number{"t_spreader", &Config::spreader_thickness, lengths},
    Number{"ambient", &Config::ambient, kelvins},
    Number{"init_temp", &Config::start, kelvins},
    Number{"sampling_intvl", &Config::interval, seconds},
};

struct Solid {
  std::string_view name{};
  Matter Config::*field{};
};
constexpr std::array solids{Solid{"chip", &Config::chip}, Solid{"interface", &Config::interface},
                            Solid{"spreader", &Config::spreader}, Solid{"sink", &Config::sink}};

// Where such a switch is on, HotSpot would compute something else.
struct Refused {
  std::string_view key{}, why{}, hint{};
};
constexpr std::array refused{
    Refused{"model_secondary", "the secondary path through the package's substrate and board is not computed",
            "set it to 0; a path through the board can be given in a case in JSON"},
    Refused{"use_microchannels", "microchannels are not computed", "set it to 0"},
    Refused{"use_microfluidic_cooling", "microchannels are not computed", "set it to 0"},
    Refused{"package_model_used", "the sink's convection is not computed from its fins and fan",
            "set it to 0 and give the resistance that HotSpot prints as r_convec"},
    Refused{"leakage_used", "HotSpot's built-in leakage is not computed",
            "set it to 0; leakage can be given in a case in JSON"},
};

// Read by HotSpot, without an influence on the temperatures here, or read below.
constexpr auto others = std::to_array<std::string_view>({"thermal_threshold",
                                                         "r_convec_sec",
                                                         "c_convec_sec",
                                                         "n_metal",
                                                         "t_metal",
                                                         "t_c4",
                                                         "s_c4",
                                                         "n_c4",
                                                         "s_sub",
                                                         "t_sub",
                                                         "s_solder",
                                                         "t_solder",
                                                         "s_pcb",
                                                         "t_pcb",
                                                         "init_file",
                                                         "steady_file",
                                                         "grid_transient_file",
                                                         "base_proc_freq",
                                                         "dtm_used",
                                                         "model_type",
                                                         "leakage_mode",
                                                         "package_config_file",
                                                         "block_omit_lateral",
                                                         "grid_rows",
                                                         "grid_cols",
                                                         "grid_layer_file",
                                                         "grid_steady_file",
                                                         "grid_map_mode",
                                                         "detailed_3d",
                                                         "materials_file",
                                                         "f",
                                                         "p",
                                                         "o",
                                                         "c",
                                                         "d",
                                                         "pumping_pressure",
                                                         "pump_internal_res",
                                                         "inlet_temperature",
                                                         "coolant_material",
                                                         "coolant_capac",
                                                         "coolant_res",
                                                         "coolant_visc",
                                                         "wall_material",
                                                         "wall_capac",
                                                         "wall_res",
                                                         "htc",
                                                         "wrap_l2",
                                                         "l2_label",
                                                         "model_rim",
                                                         "rim_thickness",
                                                         "compact_ratio",
                                                         "n_orients",
                                                         "p0",
                                                         "davg",
                                                         "kmoves",
                                                         "rcool",
                                                         "rreject",
                                                         "nmax",
                                                         "lambdaa",
                                                         "lambdat",
                                                         "lambdaw",
                                                         "detailed_3d_used"});

std::vector<std::string_view> known_keys() {
  std::vector<std::string_view> out{others.begin(), others.end()};
  for (const auto& n : numbers) out.push_back(n.key);
  for (const auto& r : refused) out.push_back(r.key);
  for (const auto key :
       {"k_chip", "p_chip", "material_chip", "k_interface", "p_interface", "material_interface", "k_spreader",
        "p_spreader", "material_spreader", "k_sink", "p_sink", "material_sink"})
    out.push_back(key);
  return out;
}

class Reading {
 public:
  Reading(const Lines& file, Config& config, Diagnostics& diagnostics)
      : file_{file}, config_{config}, diagnostics_{diagnostics} {}

  void entries() {
    const auto known = known_keys();
    for (const auto line : file_.lines) {
      const auto& key = line[0];
      if (!key.text.starts_with('-') || key.text.size() < 2 || is_number(key.text)) {
        diagnostics_.error(file_.spot(key), fmt::format("'{}' is no key", key.text),
                           "each line reads '-key value'; comments begin with #");
      } else if (line.size() < 2) {
        diagnostics_.error(file_.spot(key), fmt::format("'{}' has no value", key.text));
      } else {
        add(key, line[1], known);
      }
    }
  }

  void values(const Materials& materials) {
    for (const auto& row : numbers)
      if (const auto* token = find(row.key))
        if (const auto value = value_of(file_, *token, row.key, row.bounds, diagnostics_))
          config_.*row.field = *value;
    for (const auto& solid : solids) matter(solid, materials);
    cells("grid_rows", config_.rows);
    cells("grid_cols", config_.columns);
    if (const auto* token = find("detailed_3d")) {
      config_.detailed = token->text == "on";
      if (token->text != "on" && token->text != "off")
        diagnostics_.error(file_.spot(*token), "detailed_3D must be on or off");
    }
    switches();
    if (config_.sink_side < config_.spreader_side)
      diagnostics_.error(spot("s_sink", "s_spreader"),
                         fmt::format("the sink ({} m) is smaller than the spreader ({} m)", config_.sink_side,
                                     config_.spreader_side),
                         "make s_sink at least as large as s_spreader");
  }

 private:
  void add(const Token& key, const Token& value, const std::vector<std::string_view>& known) {
    const auto name = lower_case(key.text.substr(1));
    if (std::ranges::find(known, name) == known.end())
      diagnostics_.warning(file_.spot(key), fmt::format("HotSpot has no key '{}': it is left out", key.text),
                           did_you_mean(name, known));
    const auto [at, is_new] =
        config_.entries.try_emplace(name, Entry{std::string{value.text}, file_.spot(value), file_.spot(key)});
    if (is_new)
      tokens_.emplace(name, value);
    else
      diagnostics_.warning(file_.spot(key), fmt::format("'{}' stands in line {} too: that one is taken",
                                                        key.text, at->second.where.line));
  }
  const Token* find(std::string_view key) const {
    const auto at = tokens_.find(key);
    return at == tokens_.end() ? nullptr : &at->second;
  }
  SourceSpot spot(std::string_view key, std::string_view other) const {
    const auto* token = find(key);
    if (token == nullptr) token = find(other);
    return token == nullptr ? SourceSpot{.file = file_.words.file} : file_.spot(*token);
  }

  void matter(const Solid& solid, const Materials& materials) {
    auto& out = config_.*solid.field;
    const auto number = [&](std::string_view letter, double& value, Bounds bounds) {
      const auto key = fmt::format("{}_{}", letter, solid.name);
      if (const auto* token = find(key))
        if (const auto read = value_of(file_, *token, key, bounds, diagnostics_)) value = *read;
    };
    number("k", out.conductivity, conductivities);
    number("p", out.capacity, capacities);
    const auto* name = find(fmt::format("material_{}", solid.name));
    if (name == nullptr) return;
    const auto found = materials.find(lower_case(name->text));
    if (found != materials.end()) {
      out = found->second;
      return;
    }
    std::vector<std::string_view> names;
    for (const auto& row : materials) names.push_back(row.first);
    diagnostics_.error(file_.spot(*name), fmt::format("no material '{}'", name->text),
                       materials.empty() ? "name a file of materials: --materials FILE, or -materials_file"
                                         : suggest(name->text, names));
  }

  void cells(std::string_view key, std::size_t& out) {
    const auto* token = find(key);
    if (token == nullptr) return;
    const auto value = value_of(file_, *token, key, {1, 2048, false}, diagnostics_);
    if (!value) return;
    out = static_cast<std::size_t>(*value);
    if (static_cast<double>(out) != *value)
      diagnostics_.error(file_.spot(*token),
                         fmt::format("{} must be a whole number, not {}", key, token->text));
  }

  void switches() {
    for (const auto& row : refused) {
      const auto* token = find(row.key);
      if (token == nullptr || token->text == "0") continue;
      diagnostics_.error(file_.spot(*token), fmt::format("{} is {}: {}", row.key, token->text, row.why),
                         std::string{row.hint});
    }
    if (const auto* token = find("model_type"); token != nullptr && lower_case(token->text) != "grid")
      diagnostics_.warning(
          file_.spot(*token),
          fmt::format("model_type is {}: HotSpot's grid model is computed instead", token->text));
    if (const auto* token = find("grid_map_mode"); token != nullptr && lower_case(token->text) != "avg")
      diagnostics_.warning(
          file_.spot(*token),
          fmt::format("grid_map_mode is {}: blocks have the mean of their cells, as by avg", token->text));
  }

  const Lines& file_;
  Config& config_;
  Diagnostics& diagnostics_;
  std::map<std::string, Token, std::less<>> tokens_{};
};

}  // namespace

const Entry* Config::find(std::string_view key) const {
  const auto at = entries.find(key);
  return at == entries.end() ? nullptr : &at->second;
}

std::optional<fs::path> Config::file(std::string_view key, Diagnostics& diagnostics) const {
  const auto* entry = find(key);
  if (entry == nullptr || entry->value == "(null)") return std::nullopt;
  return beside(entry->where.file, entry->value, entry->where, diagnostics);
}

std::optional<fs::path> beside(const fs::path& owner, std::string_view named, const SourceSpot& where,
                               Diagnostics& diagnostics) {
  const auto near = file_below(owner.parent_path(), named, where, diagnostics);
  std::error_code error;
  if (!near || fs::exists(*near, error) || !fs::exists(named, error)) return near;
  return fs::path{named};
}

Materials usual_materials() {
  return {{"silicon", {130, 1630300}}, {"aluminum", {237, 2.422e6}}, {"copper", {400, 3.55e6}}};
}

bool read_materials(const fs::path& path, Materials& out, Diagnostics& diagnostics) {
  const auto file = read_lines(path, diagnostics);
  if (!file) return false;
  const auto before = diagnostics.errors();
  const auto& lines = file->lines;
  for (std::size_t i = 0; i < lines.size();) {
    const auto& name = lines[i][0];
    const auto rest = lines.size() - i;
    const bool is_fluid = rest > 1 && lines[i + 1][0].text == "fluid";
    if (rest > 1 && !is_fluid && lines[i + 1][0].text != "solid") {
      diagnostics.error(file->spot(lines[i + 1][0]), fmt::format("'{}' must be solid or fluid, not '{}'",
                                                                 name.text, lines[i + 1][0].text));
      break;
    }
    const std::size_t wants = is_fluid ? 5 : 4;
    if (rest < wants) {
      diagnostics.error(file->spot(name), fmt::format("material '{}' is cut off", name.text),
                        "name, type, conductivity and heat capacity stand in lines of their own");
      break;
    }
    const auto k = value_of(*file, lines[i + 2][0], "the conductivity", conductivities, diagnostics);
    const auto c = value_of(*file, lines[i + 3][0], "the heat capacity", capacities, diagnostics);
    if (k && c && !out.try_emplace(lower_case(name.text), Matter{*k, *c}).second)
      diagnostics.error(file->spot(name), fmt::format("material '{}' stands here a second time", name.text));
    i += wants;
  }
  return diagnostics.errors() == before;
}

std::optional<Config> read_config(const fs::path& path, Materials& materials, Diagnostics& diagnostics) {
  const auto file = read_lines(path, diagnostics);
  if (!file) return std::nullopt;
  const auto before = diagnostics.errors();
  Config config;
  Reading reading{*file, config, diagnostics};
  reading.entries();
  if (materials.empty()) {
    auto beside_it = path;
    beside_it.replace_extension(".materials");
    std::error_code error;
    if (const auto named = config.file("materials_file", diagnostics)) {
      read_materials(*named, materials, diagnostics);
    } else if (fs::is_regular_file(beside_it, error)) {
      read_materials(beside_it, materials, diagnostics);
    } else {
      materials = usual_materials();
      config.has_usual_materials = true;
    }
  }
  reading.values(materials);
  return diagnostics.errors() == before ? std::optional{std::move(config)} : std::nullopt;
}

}  // namespace marquetry::exchange::hotspot
