#include "evaluation/warpage.h"

#include <cmath>

#include "units/text.h"

namespace marquetry {
namespace {

// Underfill is cured at 150-165 degC, which sets the stress-free state of dies on a substrate; reflow (about
// 220-245 degC) comes before it. An estimate. Warpage is judged at room temperature.
constexpr double cured = 150, room = 25;  // degC

template <Number Real>
mechanics::Shares<Real> shares_of(const area::PackageArea<Real>& area) {
  const Real one{1.0};
  const Real dies = named("share of the dies", smaller(one, Real(area.standing / area.substrate)));
  return {.carrier =
              named("share of the carrier", larger(dies, smaller(one, Real(area.carrier / area.substrate)))),
          .dies = dies};
}

// Of what the choice leaves open, the hull.
template <Number Real>
Real curvature(const Evaluation<Real>& e) {
  const auto shares = shares_of(e.area);
  std::optional<Real> out;
  each_laminate(e.laminate, [&](const Plies<Real>& plies) {
    const Real now = mechanics::curvature(std::span<const mechanics::Ply<Real>>{plies}, shares, room - cured);
    out = out ? either(*out, now) : now;
  });
  return *out;
}

}  // namespace

template <Number Real>
Length<Real> warpage(const Evaluation<Real>& e) {
  return Length<Real>::from_si(mechanics::warpage(curvature(e), e.area.substrate.si()));
}

std::optional<PackageWarpage> package_warpage(const Evaluation<double>& e) {
  const double area = e.area.substrate.si();
  bool known = false;
  each_laminate(e.laminate, [&](const Plies<double>& plies) { known = !plies.empty(); });
  if (!known || !std::isfinite(area) || area <= 0) return std::nullopt;
  PackageWarpage out{.curvature = curvature(e), .warpage = warpage(e), .limit = warpage_limit};
  out.largest_side = mechanics::largest_side(out.curvature, warpage_limit / unit::m) * unit::m;
  return out;
}

std::optional<Violation> warpage_violation(const std::optional<PackageWarpage>& w) {
  if (!w || w->warpage <= w->limit) return std::nullopt;
  return Violation{.path = "rules.warpage",
                   .value = w->warpage / unit::um,
                   .limit = w->limit / unit::um,
                   .unit = "um",
                   .what = "warpage of the package (estimate)",
                   .hint = "a package of at most " +
                           print_quantity(w->largest_side.si(), dimension::length, 3) +
                           " a side, a lid, or a substrate that expands less"};
}

#define INSTANTIATE(Real) template Length<Real> warpage(const Evaluation<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry
