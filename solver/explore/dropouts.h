// What a search keeps so that it can say afterwards what is left where a supplier or a region drops out, and
// what a second source costs: of every combination of sellers that feasible choices need, the best choice.
#pragma once

#include <string>
#include <unordered_map>

#include "explore/measures.h"

namespace marquetry::explore {

// Who may sell a row: those of its sellers that the profiles allow.
struct Sellers {
  std::vector<std::string> suppliers{}, regions{};
  friend bool operator==(const Sellers&, const Sellers&) = default;
};

// A part that is bought: a die, a memory, a way of packaging.
struct BoughtPart {
  std::string name{};                    // as supply::sourcing calls it
  std::optional<VariableId> variable{};  // that decides which row it is
  std::vector<std::string> rows{};       // by value of the variable; one where there is none
  std::vector<Sellers> sellers{};        // of each of these rows
};

// What tells sellers apart, made once for a search. Refers to the prepared design and the measures.
struct Sourcing {
  const Prepared* prepared{};
  const Measures* measures{};
  // Of the measures, those by which choices are compared: with a reference how near they come to it, and what
  // the packages cost that match one; without each objective.
  std::vector<std::size_t> yardsticks{};
  std::vector<BoughtPart> parts{};

  // Values of a variable are of one class where all its parts have the same sellers.
  struct Deciding {
    VariableId variable{};
    std::vector<std::uint64_t> by_value{};  // its share in the number of a combination
  };
  std::vector<Deciding> deciding{};
};
Sourcing sourcing_of(const Prepared& prepared, const Measures& measures);

// Which of a part's rows a choice takes.
std::size_t row_of(const BoughtPart& part, const Choice& choice);

struct Scored {
  double score{};  // small is good
  solver::Point point{};
};

// Of equal scores the one of the better objectives, in their order, then of the lower number: what is best is
// dominated by nothing.
bool better(const Scored& a, const Scored& b, std::size_t objectives);

class BestBySellers {
 public:
  explicit BestBySellers(const Sourcing& sourcing);

  // Whether a feasible choice is the best of its sellers so far, by any yardstick; if so, keep() takes it.
  bool wants(std::span<const Range> choice, const Evaluation<double>& evaluation, const solver::Point& point);
  void keep();

  // What it holds at the end does not depend on the order.
  void merge(const BestBySellers& other);

  // By yardstick, for each combination of sellers.
  std::vector<std::vector<Scored>> all() const;

 private:
  const Sourcing* sourcing_;
  std::unordered_map<std::uint64_t, std::vector<Scored>> best_{};
  std::uint64_t recent_number_{};
  std::vector<Scored>* recent_{};
  std::vector<Scored> newcomer_{};
};

}  // namespace marquetry::explore
