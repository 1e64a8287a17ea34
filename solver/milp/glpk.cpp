// GLPK 5.0, reference manual chapters 2 (simplex) and 5.3 (glp_intopt); chapter 6.1 for the environment and
// for leaving by longjmp where GLPK would abort. No terminal output is ever made.
#include <glpk.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <csetjmp>
#include <map>

#include "milp/engine.h"

namespace marquetry::milp {
namespace {

using Clock = std::chrono::steady_clock;

// Everything that a run keeps in GLPK's environment of this thread, freed with it.
struct Environment {
  Environment() { glp_init_env(); }
  ~Environment() { glp_free_env(); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
};

int swallow(void*, const char*) { return 1; }

// Shared with the callback and with the leap out of an error of GLPK: no destructors are skipped.
struct Run {
  std::jmp_buf escape{};
  Status status{Status::failed};
  const std::atomic<bool>* stop{};
  Clock::time_point end{};
  double bound{};
};

void leap(void* run) { std::longjmp(static_cast<Run*>(run)->escape, 1); }

void watch(glp_tree* tree, void* info) {
  auto& run = *static_cast<Run*>(info);
  if (const int best = glp_ios_best_node(tree); best != 0) run.bound = glp_ios_node_bound(tree, best);
  if (run.stop != nullptr && run.stop->load(std::memory_order_relaxed)) glp_ios_terminate(tree);
}

int milliseconds_left(const Run& run) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(run.end - Clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 1, std::numeric_limits<int>::max()));
}

int kind_of_bounds(double low, double high) {
  if (low == high) return GLP_FX;
  if (std::isinf(low)) return std::isinf(high) ? GLP_FR : GLP_UP;
  return std::isinf(high) ? GLP_LO : GLP_DB;
}

void load(glp_prob* program, const Model& model) {
  glp_set_obj_dir(program, model.sense == Sense::minimise ? GLP_MIN : GLP_MAX);
  glp_add_cols(program, static_cast<int>(model.variables.size()));
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const int column = static_cast<int>(v) + 1;
    const auto [low, high] = bounds(model.variables[v]);
    glp_set_col_bnds(program, column, kind_of_bounds(low, high), low, high);
    glp_set_obj_coef(program, column, model.variables[v].cost);
    if (model.variables[v].integer) glp_set_col_kind(program, column, GLP_IV);
  }
  if (!model.rows.empty()) glp_add_rows(program, static_cast<int>(model.rows.size()));
  for (std::size_t r = 0; r < model.rows.size(); ++r) {
    const auto& row = model.rows[r];
    glp_set_row_bnds(program, static_cast<int>(r) + 1, kind_of_bounds(row.low, row.high), row.low, row.high);
    std::map<std::size_t, double> terms;  // GLPK aborts where a variable occurs twice
    for (const auto& t : row.terms) terms[t.variable] += t.factor;
    std::vector<int> columns{0};
    std::vector<double> factors{0};
    for (const auto& [variable, factor] : terms) {
      columns.push_back(static_cast<int>(variable) + 1);
      factors.push_back(factor);
    }
    glp_set_mat_row(program, static_cast<int>(r) + 1, static_cast<int>(terms.size()), columns.data(),
                    factors.data());
  }
}

Status status_of_relaxation(glp_prob* program, Run& run) {
  glp_smcp how;
  glp_init_smcp(&how);
  how.msg_lev = GLP_MSG_OFF;
  for (const int method : {GLP_DUALP, GLP_PRIMAL}) {  // the dual one cannot tell what an unbounded program is
    how.meth = method;
    how.tm_lim = milliseconds_left(run);
    const int code = glp_simplex(program, &how);
    if (code == GLP_ETMLIM) return Status::stopped;
    const int found = glp_get_status(program);
    if (code == 0 && found != GLP_UNDEF && found != GLP_INFEAS)
      break;  // INFEAS: of the point, not of the program
  }
  switch (glp_get_status(program)) {
    case GLP_OPT:
      return Status::optimal;
    case GLP_NOFEAS:
    case GLP_INFEAS:
      return Status::infeasible;
    case GLP_UNBND:
      return Status::unbounded;
    default:
      return Status::failed;
  }
}

Status status_of_integers(glp_prob* program, Run& run) {
  glp_iocp how;
  glp_init_iocp(&how);
  how.msg_lev = GLP_MSG_OFF;
  how.tm_lim = milliseconds_left(run);
  how.cb_func = watch;
  how.cb_info = &run;
  const int code = glp_intopt(program, &how);
  if (code != 0 && code != GLP_ETMLIM && code != GLP_ESTOP) return Status::failed;
  switch (glp_mip_status(program)) {
    case GLP_OPT:
      return Status::optimal;
    case GLP_FEAS:
      return Status::feasible;
    case GLP_NOFEAS:
      return Status::infeasible;
    default:
      return code == 0 ? Status::failed : Status::stopped;
  }
}

// Nothing with a destructor lives in these frames, so that a leap skips none.
void search(glp_prob* program, Run& run) {
  run.status = status_of_relaxation(program, run);
  if (run.status != Status::optimal) return;
  run.bound = glp_get_obj_val(program);
  if (glp_get_num_int(program) > 0) run.status = status_of_integers(program, run);
}

bool returned(glp_prob* program, Run& run) {
  if (setjmp(run.escape) != 0) return false;
  glp_error_hook(leap, &run);
  search(program, run);
  glp_error_hook(nullptr, nullptr);
  return true;
}

void read(glp_prob* program, const Run& run, const Model& model, Solution& solution) {
  solution.status = run.status;
  solution.bound = run.bound;
  if (run.status != Status::optimal && run.status != Status::feasible) return;
  const bool integers = glp_get_num_int(program) > 0;
  solution.objective = integers ? glp_mip_obj_val(program) : glp_get_obj_val(program);
  if (run.status == Status::optimal) solution.bound = solution.objective;
  for (std::size_t v = 0; v < model.variables.size(); ++v) {
    const int column = static_cast<int>(v) + 1;
    solution.values.push_back(integers ? glp_mip_col_val(program, column)
                                       : glp_get_col_prim(program, column));
  }
  for (std::size_t r = 0; r < model.rows.size() && !integers; ++r) {
    solution.duals.push_back(glp_get_row_dual(program, static_cast<int>(r) + 1));
  }
}

}  // namespace

bool has_integer_programs() { return true; }

Solution run_engine(const Model& model, const Options& options) {
  Solution solution;
  const Environment environment;
  glp_term_hook(swallow, nullptr);
  Run run;
  run.stop = options.stop;
  run.end = Clock::now() +
            std::chrono::microseconds{static_cast<std::int64_t>(std::clamp(options.seconds, 0.0, 1e9) * 1e6)};
  glp_prob* const program = glp_create_prob();
  load(program, model);
  glp_adv_basis(program, 0);
  if (returned(program, run)) {
    read(program, run, model, solution);
  } else {
    solution.status = Status::failed;
    solution.message = "GLPK met an error of its own";
  }
  return solution;
}

}  // namespace marquetry::milp
