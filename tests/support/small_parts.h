// Rows of the small library besides nodes and packagings.
#pragma once

#include <string_view>

namespace marquetry::test {

inline constexpr std::string_view small_parts = R"([links.ucie-a]
name = "UCIe advanced"
source = "test"
class = "advanced"
lanes = 64
lane_rate = "16 Gbit/s"
efficiency = 0.95
wires = 156
module_width = "388 um"
module_area = "0.4 mm2"
energy = "0.5 pJ/bit"
idle_share = 0.1
reach = "2 mm"
latency = "2 ns"

[memories.hbm2e]
name = "HBM2E"
source = "test"
kind = "hbm"
generation = "HBM2E"
suppliers = ["tsmc"]
regions = ["tw"]
on_package = true
pins = 1024
pin_rate = { low = "3.2 Gbit/s", value = "3.2 Gbit/s", high = "3.6 Gbit/s" }
capacity = "16 GB"
width = "11 mm"
height = "10 mm"
phy_beachfront = "8 mm"
phy_area = "13 mm2"
controller = "50 MTr"
phy_bumps = 1700
energy = "4 pJ/bit"
idle_power = "1 W"
price = "12 USD/GB"
quality = 0.999
emissions = "0.1 kgCO2/GB"
temperature_limit = "95 degC"

[modules.core]
name = "Matrix core"
source = "test"
kind = "matrix"
logic = "40 MTr"
sram = "1 MiB"
analog = "0 mm2"
fp64 = 0
fp32 = 256
fp16 = 1024
int8 = 2048
energy = "1 nJ"
clock = "1.2 GHz"
measured = [{ node = "n7", area = "0.9 mm2" }]

[materials.silicon]
name = "Silicon"
source = "test"
conductivity = "148 W/m/K"
lateral = "148 W/m/K"
heat_capacity = "1.63 J/cm3/K"
expansion = "2.6 ppm/K"

[coolings.air]
name = "Air"
source = "test"
resistance = "0.05 K/W"
flux_limit = "0.5 W/mm2"
ambient = "35 degC"
price = "60 USD"

[test_flows.standard]
name = "Standard"
source = "test"
sort_time = "30 s"
sort_rate = "200 USD/h"
sort_coverage = 0.95
final_time = "2 h"
final_rate = "60 USD/h"
final_coverage = 0.99
escape_cost = "1000 USD"

[workloads.llama]
name = "Llama"
source = "test"
kind = "transformer"
layers = 80
width = 8192
heads = 64
kv_heads = 8
head_width = 128
feed_forward = 28672
feed_forward_matrices = 3
vocabulary = 32000

[workloads.gemm]
name = "Product"
source = "test"
kind = "matrix-product"
m = 4096
n = 4096
k = 4096

[efficiencies.generic]
name = "Usual"
source = "test"
matrix = 0.7
memory = 0.8
network = 0.7
usable_capacity = 0.9
layer_overhead = "5 us"
collective_latency = "10 us"

[assumptions.default]
name = "Usual"
source = "test"
reticle_width = "26 mm"
reticle_height = "33 mm"
edge_exclusion = "3 mm"
scribe = "0.1 mm"
beachfront_share = 0.8
bump_current = "20 mA"
junction_limit = "95 degC"
die_resistance = "12 K*mm2/W"
regulator_efficiency = 0.9
module_nre = 0.5
chip_nre = 0.3
chip_nre_fixed = 0.2
nre_area = "300 mm2"
wire_delay = "7 ns"
use_time = "4 years"
use_share = 0.6
design_time = "80 weeks"
abatement = 0.97
bond_energy = "0.1 kWh"
design_energy = "100 J"
design_grid = "400 gCO2/kWh"
carbon_price = "0.1 USD/kgCO2"

[products.h1]
name = "H1"
source = "test"
vendor = "Nobody"
kind = "accelerator"
packaging = "cowos-s"
memory = "hbm2e"
year = 2022
dies = [{ name = "gpu", node = "n7", area = "800 mm2", transistors = "60 GTr" }]
memory_stacks = 5
memory_pins = 1024
memory_pin_rate = "3.2 Gbit/s"
memory_bandwidth = "2048 GB/s"
units = 100
macs = 2048
clock = "1.5 GHz"
peak = "614.4 TFLOP/s"
power = "400 W"

[profiles.any]
name = "Anything"
summary = "no rule"

[profiles.no-euv]
name = "No EUV"
summary = "nothing that needs EUV"
nodes = { euv = false, least_feature = "14 nm", allow = ["n28"] }
memories = { allow = ["hbm2e"] }
regions = { allow = ["tw"] }
caps = { "power.total_w" = 700, "cost.unit_usd" = "12 MUSD" }

[wires.fine]
name = "Fine wires"
source = "a conference"
links = ["standard", "advanced"]
skin_loss = "0.1 /mm"
dielectric_loss = "0.01 /mm"
permittivity = 3.9
rc = "1 ps/mm2"
energy = "0.02 pJ/bit/mm"
escape = "400 /mm"

[correlations.density]
name = "Densities of all nodes"
groups = ["density"]
rho = { value = 0.8, source = "a survey" }

[hybrid_bonds.bonded]
name = "Face to face"
source = "a process"
flow = "die-to-wafer"
bottom_ratio = 0.5
top_ratio = 0.667
contact_share = 0.5
distance_share = 0.5
offset = "0 nm"
translation = "20 nm"
rotation = 1e-6
rotation_spread = 5e-07
bow = "0.5 um"
bow_spread = "0.1 um"
magnification = { value = "0.1 /m", source = "a process: k_mag 0.1 ppm/um" }
pad_error = "20 nm"
particle_density = { low = "0.01 /cm2", typ = "0.1 /cm2", high = "0.1 /cm2", source = "a process: D0 1e-9 /um2" }
particle_exponent = 3
least_particle = "0.1 um"
void_radius = "230 um"
void_growth = 0.00018
void_tail = 0.062
top_recess = "10 nm"
top_spread = "1 nm"
bottom_recess = "10 nm"
bottom_spread = "1 nm"
top_expansion = "0.053 nm/K"
bottom_expansion = "0.053 nm/K"
room = "25 degC"
anneal = "300 degC"
asperity_radius = "2 um"
roughness = "1 nm"
roughness_constant = 0.07
adhesion = "1.2 J/m2"
stiffness = { value = "73e9 J/m3", source = "a process: 73 GPa" }
dielectric = "1.5 um"
free_dish = "75 nm"
peel_stiffness = { value = "6.66e15 J/m4", source = "a process: 6.66e15 Pa/m" }

[layers.die]
name = "Die"
source = "test"
extent = "dies"
thickness = "0.7 mm"
material = "silicon"
inclusion = "silicon"
inclusion_diameter = "10 um"
inclusion_pitch = "50 um"
heats = true

[sections.flat]
name = "Flat"
source = "test"
layers = ["die"]
families = ["silicon-interposer"]
filler = "silicon"
board = "10 W/m2/K"

[conductors.c4]
name = "C4"
kind = "joint"
source = "test"
resistance = "10 mohm"
current_limit = "0.15 A"

[deliveries.board-12v]
name = "Board"
source = "test"
place = "board"
efficiency = 0.9
input = "12 V"
resistance = "50 uohm"
steady_drop = 0.03
total_drop = 0.05
load_step = 0.25
die_decoupling = "10 nF/mm2"
package_decoupling = "26 uF"
package_inductance = "5 pH"
board_inductance = "3 pH"
power_share = 0.5
memory_voltage = "1.1 V"

[workloads.experts]
name = "Experts"
source = "test"
kind = "transformer"
layers = 60
width = 4096
heads = 52
kv_heads = 4
head_width = 128
feed_forward_matrices = 3
vocabulary = 32000
experts = 16
active_experts = 2
expert_width = 14336
)";

}  // namespace marquetry::test
