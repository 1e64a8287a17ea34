#include "support/small_library.h"

#include <stdexcept>

#include "support/small_device.h"
#include "support/small_parts.h"

namespace marquetry::test {

std::string small_library_text() {
  return R"(format = 1

[regions.world]
name = "World"
source = "test"
grid = "475 gCO2/kWh"

[regions.tw]
name = "Taiwan"
grid = { value = "642 gCO2/kWh", readings = [{ value = "583 gCO2/kWh", source = "A" }, { value = "642 gCO2/kWh", source = "B" }] }

[suppliers.tsmc]
name = "TSMC"
regions = ["tw"]
sells = ["nodes"]
source = "test"

[nodes.n7]
name = "Seven"
source = "a conference"
estimates = ["clustering", "leakage"]
suppliers = ["tsmc"]
regions = ["tw"]
feature = "7 nm"
logic_density = { low = "90 MTr/mm2", value = "91.2 MTr/mm2", high = "96.5 MTr/mm2", group = "density" }
sram_density = "20 Mbit/mm2"
analog_scale = 0.6
logic_utilisation = "65 %"
wafer_price = { low = "9000 USD", typ = "9346 USD", high = "10000 USD", source = "a study", estimate = true }
wafer_diameter = "300 mm"
defect_density = { value = "0.09 /cm2", readings = [{ value = "0.09 /cm2", source = "A" }, { value = "0.32 /cm2", source = "B" }] }
clustering = 3
critical_layers = 20
nre = "298 MUSD"
latency = "12 weeks"
supply_voltage = "0.75 V"
energy_scale = 0.3
speed_scale = 1.6
leakage = "30 mW/mm2"
fab_energy = "1.5 kWh/cm2"
fab_gases = "0.3 kgCO2/cm2"
fab_gases_abated = "0.1 kgCO2/cm2"
fab_materials = "0.2 kgCO2/cm2"

[nodes.n28]
name = "Twenty-eight"
source = "test"
suppliers = ["tsmc"]
regions = ["tw"]
planar = true
feature = "28 nm"
logic_density = "15 MTr/mm2"
sram_density = "5 Mbit/mm2"
analog_scale = 0.8
logic_utilisation = 0.7
wafer_diameter = "300 mm"
clustering = 3
critical_layers = 20
supply_voltage = "0.9 V"
energy_scale = 1
speed_scale = 1
leakage = "10 mW/mm2"
fab_energy = "0.9 kWh/cm2"
fab_gases = "0.2 kgCO2/cm2"
fab_gases_abated = "0.1 kgCO2/cm2"
fab_materials = "0.2 kgCO2/cm2"

[packagings.cowos-s]
name = "Silicon interposer"
source = "test"
family = "silicon-interposer"
suppliers = ["tsmc"]
regions = ["tw"]
links = ["standard", "advanced"]
hbm = true
bump_pitch = "40 um"
die_gap = "0.1 mm"
carrier_price = "1900 USD"
carrier_diameter = "300 mm"
carrier_defects = "0.06 /cm2"
carrier_clustering = 6
carrier_factor = 1.1
carrier_limit = "2831 mm2"
bridge_price = "0 USD"
substrate_price = "0.01 USD/mm2"
substrate_factor = 4
substrate_limit = "10000 mm2"
bond_yield = 0.99
assembly_yield = 0.98
bond_cost = "1 USD"
assembly_cost = "20 USD"
nre_per_area = "100 USD/mm2"
nre_fixed = "1 MUSD"
latency = "6 weeks"
carrier_emissions = "0.1 kgCO2/cm2"
substrate_emissions = "10 gCO2/cm2"

)" + std::string{small_parts} +
         std::string{small_device};
}

std::string small_library_with(const std::string& from, const std::string& to) {
  auto text = small_library_text();
  if (text.find(from) == std::string::npos) throw std::runtime_error{"not in the small library: " + from};
  return replaced(std::move(text), from, to);
}

Library small_library() {
  const Folder folder;
  folder.write("all.toml", small_library_text());
  Diagnostics diagnostics;
  auto library = load_library({folder.path()}, diagnostics);
  if (!library) throw std::runtime_error{render_all(diagnostics)};
  return std::move(*library);
}

}  // namespace marquetry::test
