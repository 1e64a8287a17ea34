// What can be compared: a system of a design, a file of another kind, a product of the library.
#pragma once

#include <memory>

#include "report/comparison.h"
#include "session/commands/design_input.h"
#include "session/documents.h"

namespace marquetry {

struct Subject {
  std::string name{};
  std::unique_ptr<DesignInput> input{};  // of a design, or null
  Choice choice{};
  const DocumentKind* kind{};  // of a file of another kind, or null
  std::optional<Node> root{};
  const Product* product{};  // or null

  bool is_product() const { return product != nullptr; }
  // The figure that says what a fix of the preset's peer is worth.
  std::string_view headline(const Preset& preset) const {
    return kind != nullptr ? kind->headline : preset.headline;
  }
};

// "FILE", "FILE@VAR=VALUE,VAR=VALUE" or the id of a product. --set of the command holds for every design.
// Nothing after complaints.
std::optional<Subject> read_subject(Session& session, const Arguments& given, const std::string& word,
                                    Diagnostics& diagnostics);

// All figures under a set of quirks. Nothing after complaints.
std::optional<report::Column> column_of(const Subject& subject, const Preset& preset, const Quirks& quirks,
                                        Diagnostics& diagnostics);

// Every figure of a design, in the order of the table of figures.
std::vector<FigureValue> figure_values(const Design& design, const System<double>& system,
                                       const Evaluation<double>& evaluation);

// A product's published figures, its performance on the workloads of a design.
report::Column product_column(const Subject& product, const Subject& measured_on);

// What products are measured on where there is no design: a design of nothing but workloads of the library.
std::optional<Subject> standard_workloads(Session& session, const Arguments& given, Diagnostics& diagnostics);

}  // namespace marquetry
