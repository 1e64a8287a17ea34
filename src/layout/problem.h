// What has to be placed on a package, and the rules that hold there. Plain data: readers of files and designs
// make it, placers solve it, the legality checker holds a layout against it. Lengths are whole nanometres;
// the origin is the lower-left corner of the interposer (or of whatever carries the dies). Sides and points
// of a die are those of the unturned die.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "geometry/geometry.h"
#include "layout/section.h"

namespace marquetry::layout {

using geometry::Nanometre;
using geometry::Placement;
using geometry::Point;
using geometry::Rect;
using geometry::Rotation;
using geometry::Side;
using geometry::Size;

inline constexpr std::uint8_t any_rotation = 0b1111;

// The bumps at the middle of one side, as TAP-2.5D counts them: how many wires end there, and how far outside
// the edge.
struct Clump {
  double capacity{};
  Nanometre outside{};
};

// A die whose sides are open: its area is given, width / height lies between the two aspects.
struct Soft {
  double area{};  // square nanometres
  double least_aspect{1}, largest_aspect{1};
};

struct Die {
  std::string name{};
  Size size{};                           // of a soft die: of its squarest shape
  std::uint8_t rotations{any_rotation};  // bit r: Rotation r is allowed
  std::optional<Soft> soft{};
  std::optional<Placement> fixed{};
  Nanometre
      ring{};  // of bumps round the die: nobody else's ring may enter it, and it stays on the interposer
  std::optional<std::array<Clump, 4>> clumps{};  // by Side
  Nanometre corner{};                            // of each edge, at both ends, that takes no PHY
  double power{};                                // W
  double temperature_limit{}, throttle{};        // degC; 0: none known
  std::optional<Material> body{};                // above its circuits, where a pile of memory is no silicon
  std::size_t kind{};                            // dies of one kind are interchangeable

  std::optional<std::size_t> on{};  // the die that it is stacked on; none: the interposer
  Nanometre overhang{};             // by which it may stand over the edge of that die
  std::vector<Rect> tsv_zones{};    // within this die: TSV islands, with their keep-out; no PHY may enter one
  bool is_memory{};
};

// A bundle of wires between two dies. With PHYs: `modules` of them on each die, each taking `width` of an
// edge.
struct Phy {
  std::size_t modules{};
  Nanometre width{}, depth{};              // along the edge, into the die
  Nanometre reach{};                       // of a wire, edge to edge; 0: unlimited
  double wires{};                          // of one module, both directions
  std::optional<Side> side_a{}, side_b{};  // where the die's maker has fixed the edge (HBM); none: any
  bool faces{};    // the two edges must face each other with nothing between, spans overlapping by a module's
                   // width
  bool bridged{};  // over an embedded bridge
};
struct Link {
  std::string name{};
  std::size_t a{}, b{};
  double wires{};  // both directions together
  std::optional<Phy> phy{};
  std::string row{};  // of the link library, or empty
};

// A PHY to the outside of the package takes edge too; it has no other end here.
struct ExternalPhy {
  std::string name{};
  std::size_t die{};
  std::size_t modules{};
  Nanometre width{}, depth{};
};

// One end of a net: a point of a die, or a terminal.
struct Pin {
  std::optional<std::size_t> die{};  // none: `at` is a point of the package
  Point at{};                        // from the lower-left corner of the unturned die
  bool at_centre{};                  // of the die, whatever its shape
};
struct Net {
  std::vector<Pin> pins{};
  double weight{1};
};

struct PairGap {
  std::size_t a{}, b{};
  Nanometre gap{};
};

struct KeepOut {
  std::string name{};
  Rect rect{};
};

// Of the dies' outlines as placed: the named line of each has the same coordinate.
enum class Line : std::uint8_t { left, centre_x, right, bottom, centre_y, top };
struct Alignment {
  std::vector<std::size_t> dies{};
  Line line{};
};
// The second die touches (with its gap) the first one's `side`.
struct Abutment {
  std::size_t first{}, second{};
  Side side{};
};
// The pairs lie as mirror images about one common axis, and those alone have their centre on it.
struct Symmetry {
  bool vertical{};  // the axis: x = const
  std::vector<std::pair<std::size_t, std::size_t>> pairs{};
  std::vector<std::size_t> alone{};
};

struct BridgeRules {
  Size least{}, largest{};  // of a bridge, either way round
  std::size_t most{};       // 0: any number
  Nanometre under_die{};    // by which it reaches under each of its two edges, at least
  Nanometre gap{};          // between two bridges
};

struct BumpRules {
  Nanometre pitch{};        // die to carrier; 0: bumps are not counted
  double power_share{0.5};  // of all bumps that are power and ground, at least
  double escape_per_mm{};   // wires that leave a mm of edge, all layers; 0: not limited
};

struct Carrier {
  std::optional<Size> fixed{};                    // all must stand in it; none: as small as the dies allow
  std::optional<Size> largest{};                  // of one that is not fixed
  double largest_area{};                          // square nanometres; 0: no limit
  double least_aspect{}, largest_aspect{};        // of the box round all dies; 0: any
  double least_utilisation{};                     // of that box by the dies
  std::vector<Nanometre> stitch_x{}, stitch_y{};  // lines that no PHY may cross
  std::optional<Size> field{};    // of one exposure: a carrier beyond it has stitch lines at its multiples
  std::optional<Size> package{};  // the carrier is centred on it, or the package is as small as it may be
  Nanometre package_edge{};       // from the carrier to the edge of the package
};

// What spreads the heat of the dies and gives it to the coolant: a lid, the base of a heat sink, or both as
// one plate, with the carrier in its middle. Metres, watts and kelvins.
struct Plate {
  double width{}, height{}, thickness{};
  double conductivity{};  // W/m/K
  double transfer{};      // W/m2/K of its far side, to the ambient
  double contact{};       // K m2/W from the circuits of a die to the plate
  double background{};    // W that enter it evenly, from no die
};

struct Problem {
  std::string name{};
  double unit{1000};  // nanometres of one unit of the file, for figures that have none
  std::vector<Die> dies{};
  std::vector<Link> links{};
  std::vector<ExternalPhy> externals{};
  std::vector<Net> nets{};
  std::vector<std::string> terminal_names{};  // of the fixed points of nets, where the file names them
  std::vector<Point> terminals{};
  Nanometre gap{};              // between two dies (their rings)
  std::vector<PairGap> gaps{};  // where two have another
  Nanometre edge{};             // from a die (its ring) to the edge of the carrier
  Carrier carrier{};
  std::vector<KeepOut> keep_outs{};
  std::vector<Alignment> alignments{};
  std::vector<Abutment> abutments{};
  std::vector<Symmetry> symmetries{};
  BridgeRules bridges{};
  BumpRules bumps{};
  double ambient{45};                // degC
  std::optional<Plate> plate{};      // none: no temperature can be told
  std::optional<Section> section{};  // none: the plate alone is known
};

// The shape of a soft die that is nearest to a square, in whole nanometres.
Size squarest(const Soft& soft);

// The gap that two dies must keep, from ring to ring.
Nanometre gap_between(const Problem& problem, std::size_t a, std::size_t b);

// Problem::edge for a margin that lies between the dies themselves and the edge, so that their rings may
// reach into it. With the narrowest ring every die keeps the margin at least.
Nanometre edge_outside_rings(Nanometre margin, const std::vector<Die>& dies);

}  // namespace marquetry::layout
