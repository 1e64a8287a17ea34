#include "wafer/workspace.h"

#include <bit>
#include <cstdint>
#include <utility>

namespace marquetry::wafer {
namespace {

constexpr std::size_t fewest_entries = 16, most_entries = 4096;

// Multiply and fold: the sides of dies differ in any of their bits.
std::uint64_t mixed(std::uint64_t hash, double value) {
  hash = (hash ^ std::bit_cast<std::uint64_t>(value)) * 0x9e3779b97f4a7c15u;
  return hash ^ (hash >> 32);
}

std::uint64_t hash_of(const Site& site) {
  auto hash = mixed(0, site.width.si());
  hash = mixed(hash, site.height.si());
  hash = mixed(hash, site.scribe.si());
  hash = mixed(hash, site.usable_radius.si());
  if (site.keep_out.shape != KeepOut::Shape::none) {
    hash = mixed(hash, site.keep_out.distance.si());
    hash = mixed(hash, site.keep_out.radius.si());
  }
  return hash;
}

}  // namespace

// The upper bits are the mixed ones.
std::size_t Workspace::place(const Site& site) const {
  return static_cast<std::size_t>((hash_of(site) * 0x9e3779b97f4a7c15u) >> 32) & (entries_.size() - 1);
}

Workspace::Entry& Workspace::entry(const Site& site) {
  if (entries_.empty()) entries_.resize(fewest_entries);
  while (true) {
    auto& found = entries_[place(site)];
    if (!found.filled || found.site == site || entries_.size() == most_entries) return found;
    std::vector<Entry> before(2 * entries_.size());
    std::swap(before, entries_);
    for (const auto& entry : before) {
      if (entry.filled) entries_[place(entry.site)] = entry;
    }
  }
}

}  // namespace marquetry::wafer
