// Heat from the start of the program to its answer: CPU time of the whole process, least of several runs, for
// every golden case and for a stack of 3D-ICE and a run of HotSpot that are written here. The peers' times at
// 64 x 64 x 8 cells: HotSpot 7 with SuperLU 2.06 s, 3D-ICE 4.0 0.77 s of CPU (docs/benchmarks.md).
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/folder.h"
#include "support/golden.h"

namespace {

using namespace marquetry;

constexpr int runs = 9;

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
}

// CPU seconds and largest memory in MB of one run; its output is thrown away.
std::pair<double, double> one_run(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    const int nothing = open("/dev/null", O_WRONLY);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    execv(arguments[0], arguments.data());
    _exit(127);
  }
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  if (!WIFEXITED(status) || (WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 3)) return {-1, 0};
  return {seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024};
}

void row(const std::string& name, std::vector<std::string> arguments, double peer) {
  arguments.insert(arguments.begin(), {MARQUETRY_PROGRAM, "heat"});
  arguments.emplace_back("--json");
  double least = 1e9, memory = 0;
  for (int i = 0; i < runs; ++i) {
    const auto [time, most] = one_run(arguments);
    if (time < 0) {
      fmt::print("{:<44} failed\n", name);
      return;
    }
    least = std::min(least, time);
    memory = std::max(memory, most);
  }
  fmt::print("{:<44} {:7.1f} ms {:6.0f} MB", name, 1e3 * least, memory);
  if (peer > 0) fmt::print("  {:5.0f} times its peer", peer / least);
  fmt::print("\n");
  std::fflush(stdout);
}

// Two dies of four elements each on a board, 64 x 64 cells, eight layers.
std::string written_stack(const test::Folder& folder) {
  folder.write("d.flp",
               "A : position 0, 0 ; dimension 6400, 6400 ; power values 40 ;\n"
               "B : position 6400, 0 ; dimension 6400, 6400 ; power values 5 ;\n"
               "C : position 0, 6400 ; dimension 6400, 6400 ; power values 10 ;\n"
               "D : position 6400, 6400 ; dimension 6400, 6400 ; power values 2 ;\n");
  return folder
      .write("s.stk",
             "material SI : thermal conductivity 1.3e-4 ; volumetric heat capacity 1.6e-12 ;\n"
             "material BEOL : thermal conductivity 2e-6 ; volumetric heat capacity 2.2e-12 ;\n"
             "top heat sink : heat transfer coefficient 1e-8 ; temperature 300 ;\n"
             "dimensions : chip length 12800, width 12800 ; cell length 200, width 200 ;\n"
             "layer BOARD : height 500 ; material BEOL ;\nlayer GLUE : height 20 ; material BEOL ;\n"
             "die D : layer 10 BEOL ; source 2 SI ; layer 100 SI ;\n"
             "stack : die UP D floorplan \"d.flp\" ; layer BOND GLUE ; die LOW D floorplan \"d.flp\" ;\n"
             "layer BASE BOARD ;\nsolver : steady ; initial temperature 300 ;\n")
      .generic_string();
}

}  // namespace

int main() {
  constexpr double hotspot = 2.06, threedice = 0.77;  // s
  const test::Folder folder;
  row("3D-ICE's files, 64 x 64 x 8", {"--stack", written_stack(folder)}, threedice);
  const auto config = folder.write("h.config",
                                   "-model_type grid\n-grid_rows 64\n-grid_cols 64\n"
                                   "-grid_layer_file h.lcf\n-detailed_3D on\n-f none\n-p h.ptrace\n");
  folder.write("h.flp", "a 0.008 0.016 0 0\nb 0.008 0.008 0.008 0 1.7e6 0.02\nc 0.008 0.008 0.008 0.008\n");
  folder.write("h.ptrace", "a b c a b c\n40 5 10 20 10 5\n");
  std::string layers;
  for (int i = 0; i < 6; ++i)
    layers += fmt::format("{}\nY\n{}\n1.7e6\n{}\n{}\nh.flp\n", i, i == 0 || i == 3 ? "Y" : "N",
                          i % 2 == 0 ? "0.01" : "0.25", i % 2 == 0 ? "1.5e-4" : "2e-5");
  folder.write("h.lcf", layers);
  row("HotSpot's files, 64 x 64 x 8", {"--hotspot", config.generic_string(), "--model", "hotspot7"}, hotspot);

  const auto golden = test::golden_folder("thermal");
  if (!golden) return 0;
  for (const auto& index : test::golden_indices(*golden)) {
    for (const auto& one : index.cases) {
      std::ifstream in{one.file};
      const auto heat = nlohmann::json::parse(in);
      const bool is_hotspot = heat.contains("results_hotspot7");
      const bool is_compared = is_hotspot && heat.at("grid") == nlohmann::json{64, 64};
      row(one.name, {"--case", one.file.generic_string(), "--model", is_hotspot ? "hotspot7" : "physical"},
          is_compared ? hotspot : 0);
    }
  }
}
