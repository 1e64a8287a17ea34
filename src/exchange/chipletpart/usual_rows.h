// The rows that ChipletPart's cost model names, for cases that come without their libraries.
#pragma once

#include "stack/stack.h"

namespace marquetry::exchange {

// The names that are fixed there.
inline constexpr std::string_view usual_layer = "combined_interposer_silicon", usual_wafer = "process_1",
                                  usual_assembly = "silicon_individual_bonding", usual_test = "KGD_free_test";

std::vector<stack::Layer<double>> usual_layers();
stack::Wafer<double> usual_wafer_process();
stack::Assembly<double> usual_assembly_process();
stack::Test<double> usual_test_process();

}  // namespace marquetry::exchange
