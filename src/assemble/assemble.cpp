#include "assemble/assemble.h"

#include <fmt/format.h>

#include <algorithm>

#include "assemble/chiplets.h"
#include "assemble/heights.h"
#include "assemble/nets.h"
#include "assembly/places.h"

namespace marquetry::assemble {
namespace {

using namespace assembly;
using geometry::Nanometre;

// What the library does not say: C4 bumps of an interposer as its conductor "c4" has them, and balls.
constexpr Nanometre usual_c4_pitch = 150'000, usual_ball_pitch = 1'000'000;

Nanometre pitch_of(double metres, Nanometre usual) {
  return metres > 0 ? static_cast<Nanometre>(std::llround(metres * 1e9)) : usual;
}

class Builder {
 public:
  Builder(const Library& library, const Design& design, const Choice& choice, const System<double>& system,
          const placement::PackageProblem& package, const layout::Layout& layout, const Heights& heights)
      : library_{library},
        design_{design},
        choice_{choice},
        packaging_{*find(library.packagings, chosen(design, choice, design.packaging))},
        system_{system},
        package_{package},
        problem_{package.problem},
        layout_{layout},
        heights_{heights},
        pads_{pads_of(system, package, layout)},
        chiplets_{pads_, out_.package} {
    outer_ = geometry::hull(layout.package, layout.carrier);
    shift_ = Point{} - outer_.low;
  }

  Made build() {
    auto& a = out_.package;
    a.name = plain_name(design_.name);
    a.precision = 1000;
    bump_cell_ = cell_of(a, "BUMP", std::max<Nanometre>(problem_.bumps.pitch, 1));
    add_base();
    for (const auto& bridge : layout_.bridges) add_bridge(bridge);
    for (std::size_t d = 0; d < problem_.dies.size(); ++d) add_die(d);
    add_lower_faces();
    join_dies();
    add_nets(faces_, pads_.nets, a);
    for (const auto& [make, count] : chiplets_.variants())
      out_.notes.push_back(fmt::format(
          "dies '{}' have their PHYs in {} arrangements: each is a chiplet of its own", make, count));
    out_.notes.emplace_back("bumps are drawn half as wide as their pitch; lid and interface are no chiplets");
    for (auto& note : pads_.notes) out_.notes.push_back(std::move(note));
    return std::move(out_);
  }

 private:
  Size size_of(const Rect& r) const { return {r.width(), r.height()}; }

  std::string own_name(std::string name) const {
    const auto taken = [&] {
      return find_chiplet(out_.package, name) || std::ranges::any_of(problem_.dies, [&](const auto& die) {
               return plain_name(die.name) == name;
             });
    };
    while (taken()) name += "_";
    return name;
  }

  std::size_t add_part(std::string name, Kind kind, const Rect& rect, Units z, Units thickness) {
    auto& a = out_.package;
    name = own_name(std::move(name));
    a.chiplets.push_back({.name = name,
                          .kind = kind,
                          .size = size_of(rect),
                          .thickness = thickness,
                          .has_tsv = kind != Kind::substrate});
    a.chiplets.back().regions = {whole_face("front", assembly::Face::front, size_of(rect)),
                                 whole_face("back", assembly::Face::back, size_of(rect))};
    a.instances.push_back({.name = name, .chiplet = a.chiplets.size() - 1, .low = rect.low + shift_, .z = z});
    return a.instances.size() - 1;
  }

  // What dies stand on: an interposer on the substrate, or the substrate itself.
  void add_base() {
    substrate_ = add_part("substrate", Kind::substrate, outer_, 0, heights_.substrate);
    base_ = substrate_;
    top_ = heights_.substrate;
    if (heights_.carrier == 0) return;
    top_ += heights_.below_carrier;
    const bool is_silicon = packaging_.family == "silicon-interposer";
    base_ =
        add_part(is_silicon ? "interposer" : "carrier", Kind::rdl, layout_.carrier, top_, heights_.carrier);
    top_ += heights_.carrier;
    out_.package.connections.push_back({.name = "carrier_on_substrate",
                                        .top = RegionOf{base_, 1},
                                        .bottom = RegionOf{substrate_, 0},
                                        .thickness = heights_.below_carrier});
  }

  // It lies in a cavity, flush with the upper face.
  void add_bridge(const layout::Bridge& bridge) {
    auto& a = out_.package;
    const auto base_height = height(a, a.instances[base_]);
    const Units thickness =
        std::min(heights_.bridge > 0 ? heights_.bridge : base_height.high - base_height.low,
                 base_height.high - base_height.low);
    const auto k = bridges_.size();
    bridges_.push_back(
        {add_part(fmt::format("bridge_{}", k), Kind::die, bridge.rect, top_ - thickness, thickness)});
    const Rect within = geometry::moved(bridge.rect, shift_ - a.instances[base_].low);
    auto& base = a.chiplets[a.instances[base_].chiplet];
    base.regions.push_back({.name = fmt::format("cavity_{}", k),
                            .face = assembly::Face::internal_ext,
                            .corners = {within.low, Point{within.high.x, within.low.y}, within.high,
                                        Point{within.low.x, within.high.y}}});
    a.connections.push_back({.name = fmt::format("bridge_{}_in_cavity", k),
                             .top = RegionOf{bridges_[k].instance, 1},
                             .bottom = RegionOf{base_, base.regions.size() - 1}});
  }

  std::size_t level(std::size_t d) const {
    std::size_t out = 0;
    for (auto on = problem_.dies[d].on; on; on = problem_.dies[*on].on) ++out;
    return out;
  }
  Units at_level(const std::vector<Units>& heights, std::size_t d) const {
    return heights[std::min(level(d), heights.size() - 1)];
  }
  Units lower_face(std::size_t d) const {
    const auto gap = at_level(heights_.below_die, d);
    const auto on = problem_.dies[d].on;
    return on ? lower_face(*on) + at_level(heights_.die, *on) + gap : top_ + gap;
  }
  // A die with nothing on it reaches as high as the highest pile.
  Units thickness(std::size_t d) const {
    const auto& part = package_.parts[d];
    const bool carries = std::ranges::any_of(problem_.dies, [&](const auto& other) { return other.on == d; });
    if (carries) return at_level(heights_.die, d);
    if (part.is_memory) {
      const auto* row = find(library_.memories, chosen(design_, choice_, design_.memories[part.type].memory));
      const auto own = row == nullptr ? 0 : memory_height(library_, *row);
      if (own > 0) return own;
    }
    return std::max(top_ + heights_.below_die.front() + heights_.pile - lower_face(d),
                    at_level(heights_.die, d));
  }

  std::size_t joint_cell(std::size_t d) {
    const auto& part = package_.parts[d];
    const auto* joint =
        part.is_memory
            ? (system_.memories[part.type].stacking ? &*system_.memories[part.type].stacking : nullptr)
            : &system_.dies[part.type].stacking;
    return joint == nullptr ? bump_cell_
                            : cell_of(out_.package, "JOINT", pitch_of(joint->bump_pitch / unit::m, 1));
  }

  void add_die(std::size_t d) {
    const auto& part = package_.parts[d];
    const auto& id = part.is_memory ? system_.memories[part.type].id : system_.dies[part.type].id;
    std::size_t back_cell = bump_cell_;
    for (std::size_t other = 0; other < problem_.dies.size(); ++other)
      if (problem_.dies[other].on == d) back_cell = joint_cell(other);
    const Point low = layout_.dies[d].low;
    auto nets = chiplets_.add({.make = plain_name(id),
                               .name = plain_name(problem_.dies[d].name),
                               .die = d,
                               .size = layout_.sizes[d],
                               .low = low,
                               .thickness = thickness(d),
                               .z = lower_face(d),
                               .orientation = orientation_of(layout_, d),
                               .front_cell = problem_.dies[d].on ? joint_cell(d) : bump_cell_,
                               .back_cell = back_cell,
                               .has_tsv = !pads_.dies[d].back.empty()});
    auto& instance = out_.package.instances.back();
    instance.low = low + shift_;
    dies_.push_back(out_.package.instances.size() - 1);
    faces_.push_back({dies_[d], 0, std::move(nets.front)});
    if (!nets.back.empty()) faces_.push_back({dies_[d], 1, std::move(nets.back)});
    if (!problem_.dies[d].on) mirror_front(d);
    pads_.dies[d] = {};
  }

  // The bumps of a die on what lies below it: a bridge, or the base.
  void mirror_front(std::size_t d) {
    for (const auto& pad : pads_.dies[d].front) {
      auto* below = &base_face_;
      for (std::size_t k = 0; k < bridges_.size(); ++k)
        if (geometry::contains(layout_.bridges[k].rect, {pad.at, pad.at})) below = &bridges_[k].face;
      below->push_back({pad.at, pad.net});
    }
  }

  void add_bumps(std::size_t instance, std::size_t region, std::vector<Place> places, std::size_t cell) {
    auto& a = out_.package;
    std::ranges::sort(places, [](const Place& p, const Place& q) {
      return p.at.y != q.at.y ? p.at.y < q.at.y : p.at.x < q.at.x;
    });
    LaidFace face{.instance = instance, .region = region};
    auto& bumps = a.chiplets[a.instances[instance].chiplet].regions[region].bumps;
    const Point low = a.instances[instance].low - shift_;
    bumps.reserve(places.size());
    face.nets.reserve(places.size());
    for (std::size_t b = 0; b < places.size(); ++b) {
      bumps.push_back({fmt::format("b{}", b), cell, places[b].at - low, pads_.nets[places[b].net].name, {}});
      face.nets.push_back(places[b].net);
    }
    faces_.push_back(std::move(face));
  }

  void add_lower_faces() {
    auto& a = out_.package;
    add_bumps(base_, 0, std::move(base_face_), bump_cell_);
    for (auto& bridge : bridges_) add_bumps(bridge.instance, 0, std::move(bridge.face), bump_cell_);
    if (base_ != substrate_) {
      const auto* conductor = find(library_.conductors, packaging_.carrier_joint);
      const auto pitch = pitch_of(conductor == nullptr ? 0 : conductor->pitch.typ, usual_c4_pitch);
      const auto cell = cell_of(a, "C4", pitch);
      auto bumps = grid_below(layout_.carrier, pitch, "bumps below the carrier", pads_, out_.notes);
      add_bumps(base_, 1, bumps, cell);
      add_bumps(substrate_, 0, std::move(bumps), cell);
    }
    const auto pitch = pitch_of(packaging_.ball_pitch.typ, usual_ball_pitch);
    add_bumps(substrate_, 1, grid_below(outer_, pitch, "balls", pads_, out_.notes),
              cell_of(a, "BALL", pitch));
    a.connections.push_back({.name = "balls", .top = RegionOf{substrate_, 1}});
  }

  void join_dies() {
    auto& a = out_.package;
    const auto join = [&](std::size_t upper, std::size_t lower, std::size_t lower_region, Units gap) {
      a.connections.push_back(
          {.name = fmt::format("{}_on_{}", a.instances[upper].name, a.instances[lower].name),
           .top = RegionOf{upper, 0},
           .bottom = RegionOf{lower, lower_region},
           .thickness = gap});
    };
    for (std::size_t d = 0; d < problem_.dies.size(); ++d) {
      const auto gap = at_level(heights_.below_die, d);
      if (const auto on = problem_.dies[d].on) {
        const auto& below = chiplet_of(a, a.instances[dies_[*on]]);
        if (const auto back = find_region(below, "back")) join(dies_[d], dies_[*on], *back, gap);
        continue;
      }
      join(dies_[d], base_, 0, gap);
      for (std::size_t k = 0; k < bridges_.size(); ++k)
        if (geometry::overlap(layout::outline(layout_, d), layout_.bridges[k].rect))
          join(dies_[d], bridges_[k].instance, 0, gap);
    }
  }

  const Library& library_;
  const Design& design_;
  const Choice& choice_;
  const Packaging& packaging_;
  const System<double>& system_;
  const placement::PackageProblem& package_;
  const layout::Problem& problem_;
  const layout::Layout& layout_;
  const Heights& heights_;
  Pads pads_;
  Made out_{};
  Chiplets chiplets_;
  Rect outer_{};
  Point shift_{};
  Units top_{};  // of what dies stand on
  std::size_t substrate_{}, base_{}, bump_cell_{};
  struct BridgePart {
    std::size_t instance{};
    std::vector<Place> face{};
  };
  std::vector<BridgePart> bridges_{};
  std::vector<Place> base_face_{};
  std::vector<std::size_t> dies_{};  // instances
  std::vector<LaidFace> faces_{};
};

}  // namespace

std::optional<Made> assembly_of(const Prepared& prepared, const Choice& choice, const System<double>& system,
                                const placement::PackageProblem& package, const layout::Layout& layout,
                                Diagnostics& diagnostics) {
  const auto known = heights(*prepared.library, package);
  if (!known) {
    diagnostics.error({.file = prepared.design->file},
                      "the library has no section for this packaging: how high its parts are is not known",
                      "add a row of [sections], or name one: section = \"...\"");
    return std::nullopt;
  }
  return Builder{*prepared.library, *prepared.design, choice, system, package, layout, *known}.build();
}

}  // namespace marquetry::assemble
