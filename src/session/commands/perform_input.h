// What `perform` looks at: machines, and workloads of a design or of the library.
#pragma once

#include "report/perform.h"
#include "session/subjects.h"

namespace marquetry {

struct PerformSubject {
  explore::Runner runner{};
  const Product* product{};                  // or null
  std::unique_ptr<System<double>> system{};  // of a design, or null
  std::unique_ptr<Evaluation<double>> evaluation{};
};

struct PerformWorkload {
  report::RunWorkload run{};
  Workload<double> workload{};
  const WorkloadModel* model{};
};

struct PerformInput {
  std::vector<Subject> read{};
  std::vector<PerformSubject> subjects{};
  std::vector<PerformWorkload> workloads{};
};

// Nothing after complaints.
std::optional<PerformInput> read_perform_input(Session& session, const Arguments& given,
                                               const Library& library, Diagnostics& diagnostics);

report::PerformTable table_of(const PerformInput& input);

std::optional<report::Profile> profile_of(const PerformSubject& subject, const PerformWorkload& run,
                                          const Library& library, Diagnostics& diagnostics);

}  // namespace marquetry
