#include "operators/device.h"

namespace marquetry::operators {

double matrix_peak(const Device& device, Format format) {
  const auto computed = computed_in(format, device.macs);
  if (!computed) return 0;
  const double elements = device.cores * device.arrays * device.rows * device.columns;
  return 2 * elements * device.macs[index(*computed)] * device.clock;  // a multiply-accumulate is two
}

double vector_peak(const Device& device) { return device.cores * device.vector_flop * device.clock; }

double cache_bandwidth(const Device& device) { return device.cache_rate * device.clock; }

}  // namespace marquetry::operators
