#include <algorithm>
#include <catch2/catch.hpp>

#include "base/rng.h"
#include "pareto/archive.h"

using marquetry::Rng;
using marquetry::solver::Archive;
using marquetry::solver::Point;

namespace {

// Few different values, so that ties and duplicates abound.
std::vector<Point> random_points(std::size_t count, std::size_t objectives, std::uint64_t values, Rng rng) {
  std::vector<Point> points(count);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t o = 0; o < objectives; ++o) points[i].costs[o] = static_cast<double>(rng.below(values));
    points[i].id = i;
  }
  return points;
}

// By definition: no other point is at least as good everywhere and better somewhere; of equals the first
// stays.
std::vector<std::uint64_t> front_by_definition(const std::vector<Point>& points, std::size_t objectives) {
  std::vector<std::uint64_t> front;
  for (const auto& p : points) {
    const bool beaten = std::any_of(points.begin(), points.end(), [&](const Point& q) {
      bool as_good = true;
      bool equal = true;
      for (std::size_t o = 0; o < objectives; ++o) {
        as_good = as_good && q.costs[o] <= p.costs[o];
        equal = equal && q.costs[o] == p.costs[o];
      }
      return as_good && (!equal || q.id < p.id);
    });
    if (!beaten) front.push_back(p.id);
  }
  return front;
}

std::vector<std::uint64_t> ids(const Archive& archive) {
  std::vector<std::uint64_t> out;
  for (const auto& p : archive.points()) out.push_back(p.id);
  return out;
}

}  // namespace

TEST_CASE("an archive holds the front by definition, whatever the order of arrival") {
  const std::size_t objectives = GENERATE(1u, 2u, 3u, 5u);
  const std::uint64_t values = GENERATE(3u, 10u, 1'000'000u);
  Rng rng{objectives * 1000 + values};
  auto points = random_points(400, objectives, values, rng.fork(0));
  const auto expected = front_by_definition(points, objectives);
  for (int order = 0; order < 4; ++order) {
    Archive archive{objectives};
    for (const auto& p : points) archive.insert(p);
    CHECK(ids(archive) == expected);
    CHECK(archive.size() == expected.size());
    for (std::size_t i = points.size(); i > 1; --i) std::swap(points[i - 1], points[rng.below(i)]);
  }
}

TEST_CASE("archives of parts merge to the archive of the whole") {
  const auto points = random_points(600, 3, 50, Rng{4});
  Archive whole{3};
  Archive first{3};
  Archive second{3};
  for (const auto& p : points) {
    whole.insert(p);
    (p.id % 2 == 0 ? first : second).insert(p);
  }
  first.merge(second);
  CHECK(ids(first) == ids(whole));
}

TEST_CASE("what an archive refuses is dominated by something in it") {
  Archive archive{2};
  CHECK(archive.insert({.costs = {1, 2}, .id = 5}));
  CHECK_FALSE(archive.insert({.costs = {1, 3}, .id = 1}));
  CHECK_FALSE(archive.insert({.costs = {1, 2}, .id = 6}));
  CHECK(archive.insert({.costs = {1, 2}, .id = 2}));  // an equal of a lower number takes its place
  CHECK(ids(archive) == std::vector<std::uint64_t>{2});
  CHECK(archive.insert({.costs = {0, 9}, .id = 9}));
  CHECK(archive.size() == 2);
}
