// A design of the project made ready for its physical rung, with every variable at its first value or as it
// is set.
#pragma once

#include <catch2/catch.hpp>

#include "config/parse.h"
#include "evaluation/assess.h"
#include "refine/refine.h"
#include "support/project.h"

namespace marquetry::test {

inline const Library& library() {
  static const Library loaded = project_library();
  return loaded;
}

// A design with every variable at its first value.
struct Subject {
  Design design;
  Prepared prepared;
  Choice choice{};
  System<double> system{};
  Evaluation<double> analytic{};

  explicit Subject(const std::string& name) : design{project_design(library(), name)} { make(); }
  explicit Subject(Design made) : design{std::move(made)} { make(); }
  Subject(const Subject&) = delete;  // `prepared` refers to `design`
  Subject& operator=(const Subject&) = delete;

  void set(const std::vector<std::pair<std::string, std::string>>& settings) {
    for (const auto& [name, value] : settings) {
      const auto variable = std::ranges::find(design.variables, name, &Variable::name);
      REQUIRE(variable != design.variables.end());
      const auto at = std::ranges::find(variable->domain, value, &Value::text);
      REQUIRE(at != variable->domain.end());
      choice[static_cast<std::size_t>(variable - design.variables.begin())] =
          static_cast<std::uint32_t>(at - variable->domain.begin());
    }
    compose_again();
  }
  Assessment assessed() const { return Assessor{prepared}(choice); }
  refine::Refined refined(std::uint64_t steps, int threads = 1) const {
    Diagnostics diagnostics;
    auto found =
        refine::refine(prepared, choice, system, analytic, {.steps = steps, .threads = threads}, diagnostics);
    INFO(render_all(diagnostics));
    REQUIRE(found);
    return std::move(*found);
  }

 private:
  void make() {
    Diagnostics diagnostics;
    prepared = prepare(library(), design, diagnostics).value();
    choice.assign(design.variables.size(), 0);
    compose_again();
  }
  void compose_again() {
    system = compose(prepared, choice);
    analytic = evaluate(system, prepared.models);
  }
};

// Four compute dies of the accelerator in a mesh, with a stack of HBM each, and its I/O die.
inline const std::vector<std::pair<std::string, std::string>> mesh_of_four{
    {"node", "tsmc-n7"}, {"cores", "32"},    {"sram", "32"},           {"clock", "1.4 GHz"},
    {"dies", "4"},       {"stacks", "1"},    {"memory", "hbm2e"},      {"link", "ucie-a"},
    {"lanes", "8"},      {"io-node", "n14"}, {"packaging", "cowos-s"}, {"cooling", "cold-plate"}};

// A design as its file has it.
inline Design design_of(const std::string& text) {
  Diagnostics diagnostics;
  const auto root = parse_text(text, "design.toml", diagnostics);
  REQUIRE(root);
  auto design = load_design(*root, library(), diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(design);
  return std::move(*design);
}

}  // namespace marquetry::test
