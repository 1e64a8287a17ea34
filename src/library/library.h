// What can be bought. Immutable after loading; rows keep the order of their files.
#pragma once

#include <filesystem>
#include <optional>

#include "library/assumptions.h"
#include "library/conductor.h"
#include "library/cooling.h"
#include "library/correlation.h"
#include "library/delivery.h"
#include "library/device.h"
#include "library/efficiency.h"
#include "library/hybrid_bond.h"
#include "library/link.h"
#include "library/material.h"
#include "library/memory.h"
#include "library/module.h"
#include "library/packaging.h"
#include "library/process_node.h"
#include "library/product.h"
#include "library/profile.h"
#include "library/section.h"
#include "library/supplier.h"
#include "library/test_flow.h"
#include "library/wires.h"
#include "library/workload.h"

namespace marquetry {

struct Library {
  std::vector<ProcessNode> nodes{};
  std::vector<Packaging> packagings{};
  std::vector<HybridBond> hybrid_bonds{};
  std::vector<Wires> wires{};
  std::vector<Link> links{};
  std::vector<Memory> memories{};
  std::vector<Module> modules{};
  std::vector<Material> materials{};
  std::vector<StackLayer> layers{};
  std::vector<StackSection> sections{};
  std::vector<Cooling> coolings{};
  std::vector<Conductor> conductors{};
  std::vector<Delivery> deliveries{};
  std::vector<TestFlow> test_flows{};
  std::vector<WorkloadModel> workloads{};
  std::vector<Efficiency> efficiencies{};
  std::vector<DeviceRow> devices{};
  std::vector<Assumptions> assumptions{};
  std::vector<Correlation> correlations{};
  std::vector<Region> regions{};
  std::vector<Supplier> suppliers{};
  std::vector<Product> products{};
  std::vector<Profile> profiles{};

  std::string hash{};                   // of all files read, in order
  std::vector<std::string> overlays{};  // folders that overrode rows, in order
};

// Calls visit(rows) for every category, in the order above.
template <class L, class Visit>
void for_each_category(L& library, Visit&& visit) {
  visit(library.nodes);
  visit(library.packagings);
  visit(library.hybrid_bonds);
  visit(library.wires);
  visit(library.links);
  visit(library.memories);
  visit(library.modules);
  visit(library.materials);
  visit(library.layers);
  visit(library.sections);
  visit(library.coolings);
  visit(library.conductors);
  visit(library.deliveries);
  visit(library.test_flows);
  visit(library.workloads);
  visit(library.efficiencies);
  visit(library.devices);
  visit(library.assumptions);
  visit(library.correlations);
  visit(library.regions);
  visit(library.suppliers);
  visit(library.products);
  visit(library.profiles);
}

// The row of that id, or null.
template <class T>
const T* find(const std::vector<T>& rows, std::string_view id) {
  for (const auto& row : rows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

// The rows that overlays changed: "nodes/tsmc-n7 (mine)".
std::vector<std::string> overridden_rows(const Library& library);

// Reads every .toml below the folders, in order of path. Rows of a later folder replace or extend those of an
// earlier one. Nothing if any file has an error; every error of every file is in the diagnostics.
std::optional<Library> load_library(const std::vector<std::filesystem::path>& folders,
                                    Diagnostics& diagnostics);

// What a library must keep beyond its fields: every number has a source, every name exists, densities agree
// with the products built on them, peaks and bandwidths follow from units and pins. Findings are errors or
// warnings.
void check_library(const Library& library, Diagnostics& diagnostics);

}  // namespace marquetry
