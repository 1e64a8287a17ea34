// A package as EDA tools see it: what kinds of dies there are, where each instance stands in x, y and z, what
// touches what, which bump carries which net. Every format of src/exchange that holds geometry is read into
// this and written from it. Plain data; lengths are whole database units, `precision` of them a micrometre,
// as in LEF, DEF, GDSII and 3Dblox, so that nothing is lost by rounding.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "geometry/geometry.h"

namespace marquetry::assembly {

using geometry::Point;
using geometry::Rect;
using geometry::Rotation;
using geometry::Size;
using Units = std::int64_t;  // database units

// 3Dblox's types of a chiplet.
enum class Kind : std::uint8_t { die, rdl, ip, substrate, hier };

// The side of a chiplet on which a region lies, circuits in front.
enum class Face : std::uint8_t { front, back, internal, internal_ext };

// One bump, at its centre, from the lower-left corner of the unturned outline, seen from above the unflipped
// chiplet. Without a port or net: empty.
struct Bump {
  std::string name{};
  std::size_t cell{};  // of Assembly::cells
  Point at{};
  std::string port{};
  std::string net{};
  friend bool operator==(const Bump&, const Bump&) = default;
};

// The shape of a bump.
struct BumpCell {
  std::string name{};
  Size size{};  // its box; 0: unknown
  friend bool operator==(const BumpCell&, const BumpCell&) = default;
};

// Where a chiplet can be joined to another.
struct Region {
  std::string name{};
  Face face{};
  std::array<Point, 4> corners{};  // in order round it; not only rectangles
  std::vector<Bump> bumps{};
  std::string bump_file{}, property_file{};  // as the source names them, beside it
  std::string layer{}, gds_layer{};
  friend bool operator==(const Region&, const Region&) = default;
};

// A signal that a chiplet shows to the outside.
enum class Direction : std::uint8_t { inout, input, output };
struct Port {
  std::string name{};
  Direction direction{};
  friend bool operator==(const Port&, const Port&) = default;
};

// left, bottom, right, top.
using Margins = std::array<Units, 4>;

// Files of others that belong to a chiplet or an instance: kind ("LEF_file") to paths, as the source has
// them.
using ExternalFiles = std::map<std::string, std::vector<std::string>>;

// One kind of die, interposer or substrate.
struct Chiplet {
  std::string name{};
  Kind kind{};
  Size size{};
  Units thickness{};
  Point offset{};  // of the design area within the outline
  Margins seal_ring{}, scribe_line{};
  double shrink{1};
  bool has_tsv{};
  std::vector<Region> regions{};
  std::vector<Port> ports{};  // beyond those that bumps name
  ExternalFiles files{};
  friend bool operator==(const Chiplet&, const Chiplet&) = default;
};

// How an instance is turned: first mirrored about the y axis (x becomes -x), then turned; `is_flipped`: its
// front looks down (3Dblox's MZ). Mirrored dies are another tape-out; formats have them all the same.
struct Orientation {
  Rotation rotation{};
  bool is_mirrored{};
  bool is_flipped{};
  friend bool operator==(const Orientation&, const Orientation&) = default;
};

struct Instance {
  std::string name{};
  std::size_t chiplet{};  // of Assembly::chiplets
  Point low{};            // lower-left corner of the outline as turned
  Units z{};              // of its lower face
  Orientation orientation{};
  ExternalFiles files{};
  friend bool operator==(const Instance&, const Instance&) = default;
};

// A region of an instance.
struct RegionOf {
  std::size_t instance{}, region{};
  friend bool operator==(const RegionOf&, const RegionOf&) = default;
};

// What joins two regions that face each other, or one region and the outside.
struct Connection {
  std::string name{};
  std::optional<RegionOf> top{}, bottom{};
  std::optional<Units> thickness{};  // the gap in z, exactly
  friend bool operator==(const Connection&, const Connection&) = default;
};

// A bump of an instance.
struct BumpOf {
  std::size_t instance{}, region{}, bump{};
  friend bool operator==(const BumpOf&, const BumpOf&) = default;
};

// Metal of a net: a polyline of that width on a layer of the carrier.
struct Segment {
  std::string layer{};
  Units width{};
  std::vector<Point> points{};
  friend bool operator==(const Segment&, const Segment&) = default;
};

enum class NetUse : std::uint8_t { signal, power, ground, clock };

struct Net {
  std::string name{};
  NetUse use{};
  std::vector<BumpOf> pins{};
  std::vector<std::string> ports{};  // of the package itself
  std::vector<Segment> metal{};      // empty: not routed
  friend bool operator==(const Net&, const Net&) = default;
};

// 3Dblox's path assertions: that there is a way, or (`is_negated`) none, from region to region.
struct PathStep {
  RegionOf at{};
  bool is_negated{};
  friend bool operator==(const PathStep&, const PathStep&) = default;
};
struct Path {
  std::string name{};
  std::vector<PathStep> steps{};
  friend bool operator==(const Path&, const Path&) = default;
};

struct Assembly {
  std::string name{};
  int precision{1000};    // database units in a micrometre
  std::string version{};  // of the source, as it stands there
  std::vector<BumpCell> cells{};
  std::vector<Chiplet> chiplets{};
  std::vector<Instance> instances{};
  std::vector<Connection> connections{};
  std::vector<Net> nets{};
  std::vector<Path> paths{};
  ExternalFiles files{};  // of the package itself
  friend bool operator==(const Assembly&, const Assembly&) = default;
};

}  // namespace marquetry::assembly
