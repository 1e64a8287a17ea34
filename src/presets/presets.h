// Presets: named sets of quirks. The default has none; a preset has all those of one peer, and then gives the
// peer's numbers. What a model does under a quirk stands in the model, under `quirks.has(quirk("id"))`.
#pragma once

#include <bitset>

#include "presets/act_quirks.h"
#include "presets/actuary_quirks.h"
#include "presets/catch_quirks.h"
#include "presets/ecochip_quirks.h"
#include "presets/rapidchiplet_quirks.h"
#include "presets/yap_quirks.h"

namespace marquetry {

namespace detail {
template <std::size_t... N>
constexpr auto joined(const std::array<QuirkRow, N>&... parts) {
  std::array<QuirkRow, (N + ...)> all{};
  std::size_t at = 0;
  const auto append = [&](const auto& part) {
    for (const auto& row : part) all[at++] = row;
  };
  (append(parts), ...);
  return all;
}
}  // namespace detail

inline constexpr auto quirk_rows =
    detail::joined(actuary_quirks, catch_quirks, ecochip_quirks, act_quirks, yap_quirks, rapidchiplet_quirks);

// The number of a quirk; a name that no row has does not compile.
consteval std::size_t quirk(std::string_view id) {
  for (std::size_t i = 0; i < quirk_rows.size(); ++i) {
    if (quirk_rows[i].id == id) return i;
  }
  throw "no row of quirk_rows has this id";
}

class Quirks {
 public:
  bool has(std::size_t number) const { return on_[number]; }
  bool any() const { return on_.any(); }
  Quirks with(std::size_t number) const { return changed(number, true); }
  Quirks without(std::size_t number) const { return changed(number, false); }
  bool operator==(const Quirks&) const = default;

 private:
  Quirks changed(std::size_t number, bool on) const {
    Quirks copy = *this;
    copy.on_[number] = on;
    return copy;
  }
  std::bitset<quirk_rows.size()> on_{};
};

// `peer` is the first word of its quirks' ids; empty: none. `headline` is the figure of a design of dies in
// which `compare` says what a fix is worth.
struct Preset {
  std::string_view name, summary, source, peer;
  std::string_view headline{"cost.unit_usd"};

  bool owns(const QuirkRow& row) const { return !peer.empty() && row.id.starts_with(peer); }
  Quirks quirks() const {
    Quirks set;
    for (std::size_t i = 0; i < quirk_rows.size(); ++i) {
      if (owns(quirk_rows[i])) set = set.with(i);
    }
    return set;
  }
};

// Adding a preset: its quirks in a file of their own, its row here. The report names the preset in use.
inline constexpr std::array presets{
    Preset{"default", "what we hold to be right; the documentation explains each model",
           "docs/analytic-model.md", ""},
    Preset{"actuary-2022", "Chiplet Actuary: cost of dies, package and NRE", "Feng & Ma, DAC 2022",
           "actuary-"},
    Preset{"catch-2025", "CATCH: cost of stacked dies with bonding and test", "nanocad-lab/CATCH, 2025",
           "catch-"},
    Preset{"ecochip-2024", "ECO-CHIP: carbon of chiplets and packages", "Sudarshan et al., HPCA 2024",
           "ecochip-", "carbon.embodied_kg"},
    Preset{"act-2022", "ACT: carbon by die area", "Gupta et al., ISCA 2022", "act-", "carbon.embodied_kg"},
    Preset{"yap-2025", "YAP: yield of hybrid bonding", "nanocad-lab/YAP, 2025", "yap-"},
    Preset{"rapidchiplet-2023", "RapidChiplet: area, power, cost, latency and throughput of placed chiplets",
           "Iff et al., arXiv 2311.06081", "rapidchiplet-"},
};

constexpr const Preset* find_preset(std::string_view name) {
  for (const auto& preset : presets) {
    if (preset.name == name) return &preset;
  }
  return nullptr;
}

}  // namespace marquetry
