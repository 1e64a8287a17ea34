// The device of a library row, as operators take it.
#pragma once

#include "library/device.h"
#include "operators/device.h"

namespace marquetry {

operators::Device operator_device(const DeviceRow& row);

}  // namespace marquetry
