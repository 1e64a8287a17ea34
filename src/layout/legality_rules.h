// The rules one by one, for the table in legality.cpp, and what several of them need. Each adds what it
// finds, without the name of the rule, and takes for granted that the layout is complete (the rule of that
// name).
#pragma once

#include <functional>
#include <map>

#include "layout/legality.h"

namespace marquetry::layout::legality {

using Found = std::vector<Violation>&;

void complete(const Problem& problem, const Layout& layout, Found found);
// legality_dies.cpp
void overlap(const Problem& problem, const Layout& layout, Found found);
void gap(const Problem& problem, const Layout& layout, Found found);
void outline(const Problem& problem, const Layout& layout, Found found);
void edge(const Problem& problem, const Layout& layout, Found found);
void keep_out(const Problem& problem, const Layout& layout, Found found);
void rotation(const Problem& problem, const Layout& layout, Found found);
void size(const Problem& problem, const Layout& layout, Found found);
void fixed(const Problem& problem, const Layout& layout, Found found);
// legality_carrier.cpp
void carrier(const Problem& problem, const Layout& layout, Found found);
void carrier_area(const Problem& problem, const Layout& layout, Found found);
void aspect(const Problem& problem, const Layout& layout, Found found);
void utilisation(const Problem& problem, const Layout& layout, Found found);
void package(const Problem& problem, const Layout& layout, Found found);
void stitch(const Problem& problem, const Layout& layout, Found found);
void bumps(const Problem& problem, const Layout& layout, Found found);
void escape(const Problem& problem, const Layout& layout, Found found);
// legality_phys.cpp
void modules(const Problem& problem, const Layout& layout, Found found);
void phy_edge(const Problem& problem, const Layout& layout, Found found);
void phy_side(const Problem& problem, const Layout& layout, Found found);
void phy_overlap(const Problem& problem, const Layout& layout, Found found);
void corner(const Problem& problem, const Layout& layout, Found found);
void shoreline(const Problem& problem, const Layout& layout, Found found);
void tsv(const Problem& problem, const Layout& layout, Found found);
// legality_links.cpp
void facing(const Problem& problem, const Layout& layout, Found found);
void reach(const Problem& problem, const Layout& layout, Found found);
void memory(const Problem& problem, const Layout& layout, Found found);
// legality_groups.cpp
void alignment(const Problem& problem, const Layout& layout, Found found);
void abutment(const Problem& problem, const Layout& layout, Found found);
void symmetry(const Problem& problem, const Layout& layout, Found found);
void stack(const Problem& problem, const Layout& layout, Found found);
// legality_bridges.cpp
void bridge(const Problem& problem, const Layout& layout, Found found);
void bridge_depth(const Problem& problem, const Layout& layout, Found found);
void bridge_size(const Problem& problem, const Layout& layout, Found found);
void bridge_count(const Problem& problem, const Layout& layout, Found found);
void bridge_overlap(const Problem& problem, const Layout& layout, Found found);
void bridge_gap(const Problem& problem, const Layout& layout, Found found);

// Whether one of them stands on the other, with any number of dies between.
bool stacked(const Problem& problem, std::size_t a, std::size_t b);

// What others must keep clear of: the die with its ring; of a stacked one the die alone.
Rect ringed(const Problem& problem, const Layout& layout, std::size_t die);

// The pairs (i < j) of rectangles less than `reach` apart in x and in y that also break a rule: ten thousand
// of them at most, since a heap of all dies would have millions.
using PairTest = std::function<bool(std::size_t, std::size_t)>;
std::vector<std::pair<std::size_t, std::size_t>> neighbours(const std::vector<Rect>& rects, Nanometre reach,
                                                            const PairTest& breaks);

// The two coordinates of a rectangle along an edge of that side: its span.
struct Span {
  Nanometre low{}, high{};
  Nanometre length() const { return high - low; }
};
Span span_along(const Rect& rect, Side side);
Nanometre coordinate(const Rect& rect, Side side);  // of that edge, across it
Span common(Span a, Span b);                        // of length below 0 where they are apart

// What lies between two edges that face each other, over their common span; none where they do not: where
// they are not opposite sides, the second is not beyond the first, or no span is common.
std::optional<Rect> between(const Rect& a, Side side_of_a, const Rect& b, Side side_of_b);

// The modules of a link, by number: those of its die a first.
struct ModulePair {
  const PlacedPhy *a{}, *b{};
};
std::map<std::size_t, ModulePair> module_pairs(const Problem& problem, const Layout& layout,
                                               std::size_t link);

std::string_view name_of(Side side);  // "left edge" is said as name_of(...) + " edge"

}  // namespace marquetry::layout::legality
