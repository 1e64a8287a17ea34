// What machines make of workloads: side by side, and operator by operator.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "explore/performance_table.h"
#include "workload/graph.h"

namespace marquetry::report {

// A workload as it is run, in words: "Llama-3-70B, decode, 32 x 4096, fp16".
struct RunWorkload {
  std::string id{}, text{};
  WorkloadKind kind{};
};

struct PerformTable {
  std::vector<std::string> runners{};
  std::vector<RunWorkload> workloads{};
  std::vector<std::vector<explore::Cell>> cells{};  // by runner and workload
};
std::string perform_text(const PerformTable& table);
nlohmann::ordered_json perform_json(const PerformTable& table);
std::string perform_csv(const PerformTable& table);

// One machine, one workload.
struct Profile {
  std::string runner{};
  RunWorkload workload{};
  explore::Cell pass{};  // as the table has it
  workload::Graph graph{};
  workload::GraphCost cost{};
  double packages{1};    // that the dies of the graph are
  std::string device{};  // whose kernels are assumed
};
std::string profile_text(const Profile& profile);
nlohmann::ordered_json profile_json(const Profile& profile);
std::string profile_csv(const Profile& profile);

}  // namespace marquetry::report
