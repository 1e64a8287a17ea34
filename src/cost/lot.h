// A lot of like parts on its way through assembly and test: what one of them has cost so far, what share is
// good.
#pragma once

#include "presets/presets.h"
#include "system/system.h"

namespace marquetry::cost {

// Money is per part that is still in the lot, so nothing that was scrapped is forgotten: it is in the price
// of the others.
template <Number Real>
struct Lot {
  Money<Real> cost{};
  Real quality{1.0};  // P(good)
};

// A test: what it finds of the bad, what it throws away of the good, what it costs a part.
template <Number Real>
struct Screen {
  Real coverage{}, overkill{};
  Money<Real> cost{};
};

template <Number Real>
struct Screened {
  Lot<Real> lot{};
  Real passed{1.0};  // share of the parts
};

// A stage of the test flow. Where the design asks for another coverage than the row's, the time follows: it
// doubles as escapes halve (CATCH test library, patterns by coverage). extra: time that does not depend on
// that.
template <Number Real>
Screen<Real> screen_of(const StageParameters<Real>& stage, const std::optional<Real>& coverage,
                       const Time<Real>& extra, const Quirks& quirks) {
  if (quirks.has(quirk("actuary-no-test"))) return {.coverage = 1.0};
  const Money<Real> cost = (stage.time + extra) * stage.rate;
  if (!coverage) return {stage.coverage, stage.overkill, cost};
  return {*coverage, stage.overkill, cost * ((1.0 - stage.coverage) / (1.0 - *coverage))};
}

// Each variable stands once where nothing good is thrown away: tight bounds.
template <Number Real>
Screened<Real> screened(const Lot<Real>& lot, const Screen<Real>& test) {
  const Real passed = 1.0 - test.coverage * (1.0 - lot.quality) - test.overkill * lot.quality;
  const Real missed = (1.0 - test.coverage) / (1.0 - test.overkill);
  return {{(lot.cost + test.cost) / passed, 1.0 / (1.0 + missed * (1.0 / lot.quality - 1.0))}, passed};
}

}  // namespace marquetry::cost
