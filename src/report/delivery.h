// What the nets of a package lose on the way, and what breaks its limit.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "delivery/deliver.h"
#include "report/field_map.h"

namespace marquetry::report {

struct DeliveryRun {
  std::string delivery{};  // the row of the library, or empty
  bool interrupted{};
  std::optional<double> package{};  // of a design: W lost in metal of its package
};

std::string delivery_text(const delivery::Case& given, const delivery::Report& report,
                          const DeliveryRun& run);
nlohmann::ordered_json delivery_json(const delivery::Case& given, const delivery::Report& report,
                                     const DeliveryRun& run);

// Drop of the dies as a share of their voltages; dies on dies in a panel of their own.
FieldMap drop_map(const delivery::Case& given, const delivery::Report& report);

}  // namespace marquetry::report
