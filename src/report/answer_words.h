// What the answers of an exploration share: figures and compositions in words, and lines that fit a page.
#pragma once

#include "explore/explore.h"
#include "explore/fleet.h"
#include "explore/words.h"

namespace marquetry::report {

using explore::demand_of;
using explore::figure_name;

// One of the compositions that the answer names, with all that is said of it.
struct Finalist {
  const explore::BestChoice* best{};
  Assessment assessment{};
  std::vector<FigureRange> likely{};      // nine worlds of ten, where that was asked
  std::optional<explore::Fleet> fleet{};  // that matches one product: within the likely ranges
};

std::string unit_of(const FigureRef& figure, const Prepared& prepared);

// "3 compute on tsmc-n7, 1 io on n28, 9 hbm2e-12high, cowos-l, cold-plate": what is bought.
std::string composition_words(const Prepared& prepared, const Assessment& assessment);

// "nearest", "cheapest match", "least power match", "knee".
std::string_view sense_name(explore::Sense sense);
// Why it is the best, in a sentence.
std::string_view sense_reason(explore::Sense sense);

// "1.05 .. 1.4", or one number where they do not differ in what is printed.
std::string range_text(const explore::Span& span);

// "precision = fp8, batch = 64": of the levers of a workload that the design leaves open; empty without any.
std::string levers_text(const Prepared& prepared, std::size_t workload, const Choice& choice);

// By measure: "llama-decode", "gap", "cost of a match"; its path in JSON; one unit of it in SI; a value as
// reported.
std::string measure_name(const Prepared& prepared, const explore::Measure& measure);
std::string measure_path(const Prepared& prepared, const explore::Measure& measure);
double measure_scale(const Prepared& prepared, const explore::Measure& measure);
double measure_value(const Prepared& prepared, const explore::Measure& measure, double value);

}  // namespace marquetry::report
