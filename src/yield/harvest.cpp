#include "yield/harvest.h"

#include <cmath>

#include "number/numeric.h"
#include "yield/binomial.h"
#include "yield/mixture.h"

namespace marquetry::yield {
namespace {

// How fast the integrand falls, about: the common area and half the units.
double decay(const UnitDie& die) { return die.common + 0.5 * die.units * die.unit; }

// P(at least `needed` | g), summed over g.
double sellable_over(const Rule& rule, const UnitDie& die, int needed) {
  double sum = 0;
  for (std::size_t i = 0; i < rule.at.size(); ++i) {
    const double x = rule.at[i] * die.unit;
    sum += rule.weight[i] * std::exp(-rule.at[i] * die.common) *
           at_least(needed, die.units, std::exp(-x), -std::expm1(-x));
  }
  return sum;
}

void add_good_units(const UnitDie& die, const Mixing& mixing, double weight, std::vector<double>& sum) {
  const Rule rule = mixture_rule(mixing, decay(die));
  for (std::size_t i = 0; i < rule.at.size(); ++i) {
    const double x = rule.at[i] * die.unit;
    const double w = weight * rule.weight[i] * std::exp(-rule.at[i] * die.common);
    const auto given = binomial(die.units, std::exp(-x), -std::expm1(-x));
    for (std::size_t j = 0; j < given.size(); ++j) sum[j] += w * given[j];
  }
}

std::vector<double> none_of(const UnitDie& die) {
  return std::vector<double>(static_cast<std::size_t>(die.units) + 1);
}

// The most that the distribution function of a gamma variable of mean 1 changes, anywhere, for a change of
// ln(shape): 0.189 at shape 2, 0.220 at 1, rising to 1/e at 0. The chance to sell falls from at most 1 to 0
// as the density grows, so it changes no faster.
double greatest_change(double shape) { return shape >= 2 ? 0.189 : shape >= 1 ? 0.22 : std::exp(-1.0); }

using Arguments = std::array<double, 6>;
double sellable_of(const Arguments& a, const Model& model) {
  return sellable(UnitDie{a[0], a[1], static_cast<int>(std::lround(a[2]))},
                  static_cast<int>(std::lround(a[3])), model.mixing(a[4], a[5]));
}

Interval sellable_range(const std::array<Interval, 6>& a, const Model& model) {
  constexpr int pieces = 16;
  const auto at = [](const Interval& x, int i) {  // log-evenly from end to end
    return x.lower == x.upper ? x.lower : x.lower * std::pow(x.upper / x.lower, i / double{pieces});
  };
  const auto shape = [&](int i) { return model.mixing(at(a[4], i), at(a[5], i)).shape; };
  const auto ends = [&](int i) -> Interval {
    const double clustering = at(a[4], i), steps = at(a[5], i);
    return {sellable_of({a[0].upper, a[1].upper, a[2].lower, a[3].upper, clustering, steps}, model),
            sellable_of({a[0].lower, a[1].lower, a[2].upper, a[3].lower, clustering, steps}, model)};
  };
  Interval range = ends(0);
  if (shape(0) == shape(pieces)) return range;
  for (int i = 1; i <= pieces; ++i) range = hull(range, ends(i));
  const double slack = 0.5 * std::log(shape(pieces) / shape(0)) / pieces * greatest_change(shape(0));
  return {std::max(range.lower - slack, 0.0), std::min(range.upper + slack, 1.0)};
}

}  // namespace

std::vector<double> good_units(const UnitDie& die, const Mixing& mixing) {
  auto sum = none_of(die);
  add_good_units(die, mixing, 1, sum);
  return sum;
}

// P_j = C(n,j) sum_i (-1)^i C(n-j,i) (1 + (x0 + (j+i) x)/alpha)^-alpha: inclusion and exclusion.
std::vector<double> good_units_by_sum(const UnitDie& die, double clustering) {
  auto out = none_of(die);
  const int n = die.units;
  const auto choose = [](int a, int b) {
    return std::exp(log_factorial(a) - log_factorial(b) - log_factorial(a - b));
  };
  for (int j = 0; j <= n; ++j) {
    double sum = 0;
    for (int i = 0; i <= n - j; ++i) {
      const double all_good =
          std::exp(-clustering * std::log1p((die.common + (j + i) * die.unit) / clustering));
      sum += (i % 2 == 0 ? 1 : -1) * choose(n - j, i) * all_good;
    }
    out[static_cast<std::size_t>(j)] = choose(n, j) * sum;
  }
  return out;
}

double sellable(const UnitDie& die, int needed, const Mixing& mixing) {
  return sellable_over(mixture_rule(mixing, die.common + 0.5 * needed * die.unit), die, needed);
}

std::vector<double> good_units_on_wafers(const UnitDie& die, const Mixing& mixing, double wafer_clustering) {
  auto sum = none_of(die);
  const Rule wafers = mixture_rule({Mixing::Kind::gamma, wafer_clustering}, decay(die));
  for (std::size_t i = 0; i < wafers.at.size(); ++i) {
    const double g = wafers.at[i];
    add_good_units({die.common * g, die.unit * g, die.units}, mixing, wafers.weight[i], sum);
  }
  return sum;
}

template <Number Real>
Real sellable(const HarvestedDie<Real>& die, const Model& model) {
  const std::array<Real, 6> arguments{die.common, die.unit,       die.units,
                                      die.needed, die.clustering, die.critical_steps};
  if constexpr (std::is_same_v<Real, Interval>) {
    return sellable_range(arguments, model);
  } else {
    return numeric<Real, 6>(
        arguments, {}, [&model](const Arguments& a) { return sellable_of(a, model); },
        "share of dies with enough good units");
  }
}

BinSales sales(std::span<const double> good, std::span<const Bin> bins) {
  BinSales out{.share = std::vector<double>(bins.size()), .revenue = {}};
  for (std::size_t j = 0; j < good.size(); ++j) {
    for (std::size_t b = 0; b < bins.size(); ++b) {
      if (static_cast<int>(j) < bins[b].needed) continue;
      out.share[b] += good[j];
      out.revenue += good[j] * bins[b].price;
      break;
    }
  }
  return out;
}

Money<> top_bin_cost(Money<> made, const BinSales& sold, std::span<const Bin> bins) {
  const Money<> credit = sold.revenue - sold.share.front() * bins.front().price;
  return (made - credit) / sold.share.front();
}

double stacked_wafers(std::span<const double> defects, const Mixing& mixing, Sites sites) {
  const auto good = [&mixing](double x) { return sellable({.common = x, .unit = 0, .units = 0}, 0, mixing); };
  double product = 1, sum = 0;
  for (const double x : defects) {
    product *= good(x);
    sum += x;
  }
  return sites == Sites::alike ? good(sum) : product;
}

#define INSTANTIATE(Real) template Real sellable(const HarvestedDie<Real>&, const Model&);
MARQUETRY_FOR_EACH_NUMBER(INSTANTIATE)

}  // namespace marquetry::yield
