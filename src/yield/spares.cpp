#include "yield/spares.h"

#include <cmath>

#include "number/numeric.h"
#include "yield/binomial.h"

namespace marquetry::yield {
namespace {

double group_yield(const RepairGroup& group, double lost) {
  return at_least(group.needed, group.needed + group.spare, 1 - lost, lost);
}

}  // namespace

double link_yield(int lanes, const RepairGroup& group, double lost) {
  const int whole = lanes / group.needed, rest = lanes % group.needed;
  const double last = rest == 0 ? 1 : group_yield({rest, group.spare}, lost);
  return std::pow(group_yield(group, lost), whole) * last;
}

double spare_dies(int count, int needed, double good) { return at_least(needed, count, good, 1 - good); }

double redundant_pads(double pads, int copies, double lost) {
  return std::exp(pads * std::log1p(-std::pow(lost, copies)));
}

template <Number Real>
Real link_yield(const SpareLanes<Real>& link) {
  const auto whole = [](double x) { return static_cast<int>(std::lround(x)); };
  return numeric<Real, 4>(
      {link.lanes, link.needed, link.spare, link.lost},
      {Trend::falls, Trend::falls, Trend::rises, Trend::falls},
      [whole](const std::array<double, 4>& a) {
        return link_yield(whole(a[0]), {std::max(whole(a[1]), 1), whole(a[2])}, a[3]);
      },
      "yield of a link with spare lanes");
}

#define INSTANTIATE(Real) template Real link_yield(const SpareLanes<Real>&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::yield
