// All that is said of one choice: figures, ranges, what is broken, what rests on estimates, who sells the
// parts. Made for the survivors of a search and for single systems, never inside a search.
#pragma once

#include <map>
#include <memory>

#include "evaluation/physical.h"
#include "performance/best_mapping.h"
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
  std::vector<std::optional<performance::BestMapping>> best_splits{};  // by workload
  std::optional<Physical> physical{};            // of the physical rung: what the layout says
  std::optional<Evaluation<double>> analytic{};  // of the rung below it
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

// The physical rung of an assessment: its figures with what a layout says of the system, and those of before
// beside them. Ranges are kept for figures that did not move: they are those of the analytic rung.
Assessment refined(const Prepared& prepared, Assessment analytic, const Physical& physical);

// Figures by which two evaluations of one design differ, by more than a billionth: links whose packets are
// sent again once in 1e12 are no news.
struct Move {
  std::string path{};
  FigureRef figure{};
  double analytic{}, physical{};  // as reported
};
std::vector<Move> moves(const Design& design, const Assessment& refined);

}  // namespace marquetry
