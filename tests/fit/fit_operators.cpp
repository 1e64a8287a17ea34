// Prints the constants of libraries/devices.toml that are fits to measured operators, with their errors. Not
// run by ctest; MARQUETRY_GOLDEN=... build/release/tests/fit_operators
#include <cstdio>
#include <map>

#include "fit/operators_fit.h"
#include "library/library.h"
#include "library/operator_device.h"
#include "support/folder.h"

using namespace marquetry;

int main() {
  const auto golden = test::performance_golden();
  if (!golden) {
    std::puts("there are no golden cases of performance on this machine");
    return 1;
  }
  std::map<std::string, std::vector<test::OperatorSet>> by_device;
  for (auto& set : test::operator_sets(*golden)) by_device[test::device_id(set.device)].push_back(set);
  Diagnostics diagnostics;
  const auto library = load_library({test::source_folder() / "libraries"}, diagnostics);
  if (!library) {
    std::puts("the library does not load: marquetry library check");
    return 1;
  }
  for (const auto& [id, sets] : by_device) {
    const auto* row = find(library->devices, id);
    if (row == nullptr) continue;
    auto device = operator_device(*row);
    const auto fits = test::fit_operators(device, sets, test::HoldOut::each_row);
    if (!fits.empty()) std::printf("[devices.%s]\n", id.c_str());
    for (const auto& fit : fits) {
      for (const auto& one : fit.constants) {
        char value[32];
        std::snprintf(value, sizeof value, one.seconds ? "\"%.3g us\"" : "%.3g",
                      one.seconds ? one.value * 1e6 : one.value);
        std::printf("%-18s = { value = %s, source = \"%s, each row predicted from the others %.1f %%\" }\n",
                    one.key.c_str(), value, test::fit_source(fit).c_str(), 100 * fit.hold_out);
      }
    }
  }
}
