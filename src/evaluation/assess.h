// All that is said of one choice: figures, ranges, what is broken, what rests on estimates, who sells the
// parts. Made for the survivors of a search and for single systems, never inside a search.
#pragma once

#include <map>
#include <memory>

#include "evaluation/prepare.h"
#include "supply/resilience.h"

namespace marquetry {

struct FigureRange {
  std::string path{};
  double low{}, high{};  // as reported
};

struct Assessment {
  Choice choice{};
  System<double> system{};
  Evaluation<double> evaluation{};
  std::vector<Violation> violations{};
  std::vector<FigureRange> ranges{};     // figures that uncertain library numbers spread
  std::vector<std::string> estimates{};  // paths of figures that rest on a number without a public source
  std::vector<supply::Sourcing> parts{};
};

// Keeps what the assessments of one design share. The prepared design must outlive it.
class Assessor {
 public:
  explicit Assessor(const Prepared& prepared);
  Assessment operator()(const Choice& choice);

  const Prepared& prepared() const { return prepared_; }

 private:
  const std::vector<std::string>& estimates(const Choice& choice);

  const Prepared& prepared_;
  Plan<Interval> ranges_;
  Plan<Trace> traces_;
  // What rests on estimates follows from the names that are chosen, not from the numbers.
  std::map<Choice, std::vector<std::string>> estimates_{};
};

}  // namespace marquetry
