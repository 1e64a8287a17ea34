// Finds what files name, in packages of a million bumps.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "assembly/places.h"

namespace marquetry::assembly {

// Of an assembly whose chiplets and instances no longer change while it is in use.
class NameIndex {
 public:
  explicit NameIndex(const Assembly& assembly) : assembly_{assembly} {
    for (std::size_t i = 0; i < assembly.instances.size(); ++i)
      instances_.emplace(assembly.instances[i].name, i);
  }
  std::optional<std::size_t> instance(std::string_view name) const {
    const auto found = instances_.find(name);
    return found == instances_.end() ? std::nullopt : std::optional{found->second};
  }
  // "inst.regions.reg"
  std::optional<RegionOf> region(std::string_view name) const {
    const auto at = name.find(between);
    if (at == std::string_view::npos) return std::nullopt;
    const auto of = instance(name.substr(0, at));
    if (!of) return std::nullopt;
    const auto& chiplet = chiplet_of(assembly_, assembly_.instances[*of]);
    const auto region = find_region(chiplet, name.substr(at + between.size()));
    return region ? std::optional{RegionOf{*of, *region}} : std::nullopt;
  }
  std::optional<BumpOf> bump(std::size_t instance, std::size_t region, std::string_view name) {
    const auto& bumps = region_of(assembly_, {instance, region}).bumps;
    auto& own = bumps_[assembly_.instances[instance].chiplet];
    own.resize(std::max(own.size(), region + 1));
    auto& names = own[region];
    if (names.empty())
      for (std::size_t b = 0; b < bumps.size(); ++b) names.emplace(bumps[b].name, b);
    const auto found = names.find(name);
    return found == names.end() ? std::nullopt : std::optional{BumpOf{instance, region, found->second}};
  }

  static constexpr std::string_view between = ".regions.";

 private:
  using Names = std::unordered_map<std::string_view, std::size_t>;
  const Assembly& assembly_;
  Names instances_{};
  std::unordered_map<std::size_t, std::vector<Names>> bumps_{};  // by chiplet, by region
};

}  // namespace marquetry::assembly
