// CATCH's own outputs, every field of every chip, under preset catch-2025.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "stack/evaluate.h"
#include "stack/misprints.h"
#include "support/catch_case.h"
#include "support/golden.h"

using namespace marquetry;
using nlohmann::json;

namespace {

struct GoldenStack {
  std::string name{};
  json outputs{};
  stack::Stack<double> stack{};
};

const std::vector<GoldenStack>& cases() {
  static const auto all = [] {
    std::vector<GoldenStack> found;
    const auto root = test::golden_folder("cost");
    if (!root) return found;
    for (const auto& index : test::golden_indices(*root)) {
      for (const auto& entry : index.cases) {
        if (entry.file.extension() != ".json") continue;
        std::ifstream in{entry.file};
        const auto j = json::parse(in);
        if (!j.is_object() || !j.contains("peer") || !j["peer"].get<std::string>().starts_with("CATCH"))
          continue;
        found.push_back({entry.name, j.at("outputs"), test::catch_stack(j.at("inputs"))});
      }
    }
    return found;
  }();
  return all;
}

const Quirks peer = find_preset("catch-2025")->quirks();

// A figure of the peer against ours. `scale`: what a difference of large figures is measured by.
void compare(const std::string& what, const json& theirs, double ours, double scale = 0) {
  const double expected = theirs;
  CAPTURE(what, ours, expected);
  CHECK(ours == Approx(expected).epsilon(1e-12).scale(scale).margin(scale * 1e-12));
}

void compare_layers(const json& theirs, const stack::Stack<double>& s, const stack::Figures<double>& f,
                    std::size_t chip) {
  REQUIRE(theirs.size() == s.chips[chip].layers.size());
  std::size_t at = 0;
  for (const auto& run : s.stackups[s.chips[chip].stackup]) {
    const auto ours = stack::layer_figures(s, chip, run.layer, f);
    for (double n = 0; n < run.count; ++n, ++at) {
      CHECK(theirs[at].at("layer") == s.layers[run.layer].name);
      compare("layer yield", theirs[at].at("yield_"), ours.yield);
      compare("price of a layer", theirs[at].at("effective_cost_per_mm2"), ours.price);
      compare("use of the field", theirs[at].at("reticle_utilization"), 1 / ours.exposed_share);
      compare("cost of a layer", theirs[at].at("layer_cost"), ours.cost);
    }
  }
}

void compare_chip(const json& theirs, const stack::ChipFigures<double>& ours) {
  const auto same = [&](const char* key, double value, double scale = 0) {
    compare(key, theirs.at(key), value, scale);
  };
  same("area_mm2", ours.area);
  same("x_mm", ours.width);
  same("y_mm", ours.height);
  same("io_area_mm2", ours.io_area);
  same("tsv_area_mm2", ours.tsv_area);
  same("pad_area_mm2", ours.pad_area);
  same("stacked_die_area_mm2", ours.stacked_area);
  CHECK(ours.tsvs == theirs.at("tsv_count"));
  CHECK(ours.power_pads == theirs.at("power_pads"));
  CHECK(ours.test_pads == theirs.at("test_pads"));
  CHECK(ours.signal_pads == theirs.at("signal_pads"));
  CHECK(ours.dies_per_wafer == theirs.at("dies_per_wafer"));
  same("io_power_w", ours.io_power);
  same("stack_power_w", ours.stack_power);
  same("total_power_w", ours.total_power);
  same("defect_area_mm2", ours.defect_area);
  same("self_true_yield", ours.die_yield);
  same("self_test_yield", ours.die_pass);
  same("self_quality", ours.die_quality);
  same("die_raw_cost_usd", ours.die_cost);
  same("self_test_cost_usd", ours.die_test_cost);
  same("self_cost_usd_kgd", ours.known_good_die);
  same("children_quality_product", ours.parts_quality);
  same("assembly_true_yield", ours.true_yield);
  same("assembly_test_yield", ours.pass);
  same("assembly_quality", ours.quality);
  same("assembly_test_cost_usd", ours.test_cost);
  same("cost_usd", ours.cost);
  same("nre_design_usd", ours.design_nre);
  same("nre_mask_usd", ours.mask_nre);
  same("nre_per_unit_usd_incl_children", ours.nre);
  same("perfect_yield_cost_usd", ours.perfect_cost);
  same("scrap_cost_usd", ours.scrap, ours.cost);
  same("total_cost_usd", ours.cost + ours.nre);
}

void compare_assembly(const json& theirs, const stack::ChipFigures<double>& ours, double children) {
  CHECK(children == theirs.at("n_children"));
  CHECK(ours.bonds == theirs.at("n_bonds"));
  CHECK(ours.tsvs == theirs.at("n_tsvs"));
  compare("area_mm2", theirs.at("area_mm2"), ours.stacked_area);
  compare("time_s", theirs.at("time_s"), ours.assembly_time);
  compare("pnp_usd_per_s", theirs.at("pnp_usd_per_s"), ours.place_rate);
  compare("bond_usd_per_s", theirs.at("bond_usd_per_s"), ours.bond_rate);
  compare("cost_usd", theirs.at("cost_usd"), ours.assembly_cost);
  compare("yield_", theirs.at("yield_"), ours.assembly_yield);
}

// The peer goes through the chips on the face of a chip before those on its back.
std::vector<std::size_t> in_order_of_peer(const stack::Stack<double>& s, std::size_t chip) {
  std::vector<std::size_t> order{chip};
  for (const auto side : {stack::Side::face, stack::Side::back}) {
    for (auto child = chip + 1; child < s.chips[chip].end; child = s.chips[child].end) {
      if (s.chips[child].side != side) continue;
      const auto below = in_order_of_peer(s, child);
      order.insert(order.end(), below.begin(), below.end());
    }
  }
  return order;
}

}  // namespace

TEST_CASE("every output of CATCH, for every chip of every case, comes out under its preset") {
  if (cases().empty()) return test::skip("no golden cases of CATCH");
  stack::Workspace<double> workspace;
  for (const auto& golden : cases()) {
    CAPTURE(golden.name);
    const auto s = stack::corrected(golden.stack, peer);
    const auto& f = stack::evaluate(s, peer, workspace);
    CHECK(f.findings.empty() == golden.outputs.at("warnings").empty());
    compare("total_cost_usd", golden.outputs.at("total_cost_usd"), f.unit);
    compare("recurring_cost_usd", golden.outputs.at("recurring_cost_usd"), f.recurring);
    compare("nre_per_unit_usd", golden.outputs.at("nre_per_unit_usd"), f.nre);
    compare("scrap_cost_usd", golden.outputs.at("scrap_cost_usd"), f.chips[0].scrap, f.recurring);
    compare("final_true_yield", golden.outputs.at("final_true_yield"), f.chips[0].true_yield);
    compare("final_test_yield", golden.outputs.at("final_test_yield"), f.chips[0].pass);
    compare("shipped_quality", golden.outputs.at("shipped_quality"), f.chips[0].quality);
    const auto order = in_order_of_peer(s, 0);
    const auto& chips = golden.outputs.at("chips");
    REQUIRE(chips.size() == order.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
      const auto chip = order[i];
      CAPTURE(s.chips[chip].name);
      CHECK(chips[i].at("name") == s.chips[chip].name);
      double children = 0;
      for (const auto& c : s.chips) children += c.parent == chip ? 1 : 0;
      compare_chip(chips[i], f.chips[chip]);
      compare_assembly(chips[i].at("assembly"), f.chips[chip], children);
      compare_layers(chips[i].at("layers"), s, f, chip);
    }
  }
}
