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
  const Money<Real> cost = named("cost of the test", (stage.time + extra) * stage.rate);
  if (!coverage) return {stage.coverage, stage.overkill, cost};
  return {*coverage, stage.overkill, cost * ((1.0 - stage.coverage) / (1.0 - *coverage))};
}

// what: the test, as `explain` names it. Each variable stands once where nothing good is thrown away: tight
// bounds.
template <Number Real>
Screened<Real> screened(const Lot<Real>& lot, const Screen<Real>& test, std::string_view what) {
  const Money<Real> before = named(label<Real>("cost before ", what), lot.cost);
  const Real good = named(label<Real>("good before ", what), lot.quality);
  const Real passed = named(label<Real>("share that passes ", what),
                            1.0 - test.coverage * (1.0 - good) - test.overkill * good);
  const Real missed = (1.0 - test.coverage) / (1.0 - test.overkill);
  return {{named(label<Real>("cost after ", what), (before + test.cost) / passed),
           named(label<Real>("good after ", what), 1.0 / (1.0 + missed * (1.0 / good - 1.0)))},
          passed};
}

}  // namespace marquetry::cost
