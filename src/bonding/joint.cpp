#include "bonding/joint.h"

#include <bit>
#include <cstdint>

namespace marquetry::bonding {
namespace {

constexpr std::size_t entry_count = 512;  // 60 KiB; of two that share a place the later one stays

std::size_t place_of(const Face& face) {
  std::uint64_t hash = 0;
  for (const double x : face) {
    hash = (hash ^ std::bit_cast<std::uint64_t>(x)) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  }
  return static_cast<std::size_t>((hash * 0x9e3779b97f4a7c15u) >> 32) % entry_count;
}

}  // namespace

double joint_yield(const Joint& joint, const Face& face, const Quirks& quirks) {
  const DieSize die{Length<>::from_si(face[0]), Length<>::from_si(face[1])};
  auto process = joint.process;
  process.particles.density = PerArea<>::from_si(face[3]);
  auto layout = joint.layout;
  layout.pitch = Length<>::from_si(face[2]);
  return bond_yield(process, even_array(die, layout, quirks), die, quirks).total();
}

double Workspace::yield(const std::shared_ptr<const Joint>& joint, const Face& face, const Quirks& quirks) {
  if (entries_.empty()) entries_.resize(entry_count);
  auto& entry = entries_[place_of(face)];
  if (entry.joint != joint || entry.face != face || entry.quirks != quirks) {
    entry = {joint, face, quirks, joint_yield(*joint, face, quirks)};
  }
  return entry.yield;
}

}  // namespace marquetry::bonding
