#include "support/small_design.h"

#include "support/small_library.h"

namespace marquetry::test {

std::string small_design_text() {
  return R"(format = 1
name = "two-dies"
title = "Compute and I/O"
profile = ["any"]
reference = "h1"
volume = 200_000
packaging = "cowos-s"
cooling = "air"
test = "standard"

[variables]
node = ["n7", "n28"]
cores = [16, 20, 24]
lanes = { from = 4, to = 16, step = 4 }
clock = ["1.0 GHz", "1.2 GHz"]
format = ["fp16", "fp8"]

[dies.compute]
node = "$node"
count = 2
clock = "$clock"
modules = { core = "$cores" }

[dies.io]
node = "n28"
width = "16 mm"
height = "10.5 mm"
power = "5 W"

[memories.hbm]
memory = "hbm2e"
stacks = 2
host = "compute"

[links.d2d]
from = "compute"
to = "compute"
link = "ucie-a"
modules = "$lanes"
topology = "mesh"

[links.out]
from = "io"
to = "outside"
link = "ucie-a"

[workloads.decode]
model = "llama"
phase = "decode"
precision = "$format"
batch = 32
context = 4096

[workloads.gemm]
model = "gemm"

[constraints]
"power.total_w" = { max = "700 W" }
"thermal.peak_c" = { max = 95 }
"performance.decode.value" = { min = 1000 }

[objectives]
minimize = ["cost.unit_usd", "power.total_w"]
maximize = ["performance.decode.value"]

[models]
yield = "murphy"
)";
}

LoadedDesign load_text(const std::string& text) {
  const Folder folder;
  const auto file = folder.write("d.toml", text);
  Diagnostics diagnostics;
  auto library = small_library();
  auto joint = library.packagings.front();  // the same once more, for dies that stand on each other
  joint.id = "stacked";
  joint.family = "3d-microbump";
  library.packagings.push_back(std::move(joint));
  LoadedDesign loaded{.design = load_design(file, library, diagnostics)};
  loaded.messages = folder.without_path(render_all(diagnostics));
  return loaded;
}

}  // namespace marquetry::test
