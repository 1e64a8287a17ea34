// A file with [footprint] by way of the table of documents, as `evaluate` and `compare` use it.
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "config/parse.h"
#include "session/documents.h"

using namespace marquetry;

namespace {

// NVIDIA GA102 as ECO-CHIP has it (testcases/GA102).
const std::string ga102 = R"(format = 1
name = "ga102"
[footprint]
package = "RDL"
[footprint.blocks.gpu]
type = "logic"
area = "425.01 mm2"
node = "7 nm"
[footprint.blocks."memory.l2"]
type = "sram"
area = "58.78 mm2"
node = "14 nm"
[footprint.blocks.analog]
type = "analog"
area = "92.03 mm2"
node = "10 nm"
[footprint.design]
power = "225 W"
iterations = 100
volume = 1e5
transistors_per_gate = 8
computer_power = "10 W"
grid = "700 gCO2/kWh"
[footprint.use]
lifetime = "17520 h"
[footprint.packaging]
interposer_node = "65 nm"
rdl_layers = 6
emib_layers = 5
beol_layers = 8
tsv_pitch = "0.025 mm"
tsv_size = "0.005 mm"
emib_pitch = "10 mm"
)";

std::optional<DocumentResult> evaluated(const std::string& text, std::string_view preset,
                                        Diagnostics& diagnostics) {
  const auto root = parse_text(text, "ga102.toml", diagnostics);
  REQUIRE(root);
  const auto* kind = find_document_kind(*root);
  REQUIRE(kind != nullptr);
  CHECK(kind->section == "footprint");
  CHECK(kind->headline == "carbon.total_kg");
  CHECK(kind->home_preset == "ecochip-2024");
  const auto* row = find_preset(preset);
  return kind->evaluate(*root, *row, row->quirks(), diagnostics);
}

double figure(const DocumentResult& result, std::string_view path) {
  const auto found = std::ranges::find(result.figures, path, &FigureValue::path);
  REQUIRE(found != result.figures.end());
  return found->value;
}

std::string with(const std::string& from, const std::string& to) {
  auto text = ga102;
  return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("a footprint is evaluated: figures, report and JSON agree, and the peer's preset gives its total") {
  Diagnostics diagnostics;
  const auto result = evaluated(ga102, "ecochip-2024", diagnostics);
  REQUIRE(result);
  CHECK(result->feasible);
  // ECO-CHIP, its own GA102: 203.008 kg
  CHECK(figure(*result, "carbon.total_kg") == Approx(203.0078665944067).epsilon(1e-9));
  CHECK(figure(*result, "carbon.embodied_kg") + figure(*result, "carbon.operational_kg") ==
        Approx(figure(*result, "carbon.total_kg")));
  const auto json = nlohmann::json::parse(result->json);
  CHECK(json["preset"] == "ecochip-2024");
  CHECK(json["carbon"]["total_kg"] == figure(*result, "carbon.total_kg"));
  CHECK(json["area"]["dies_mm2"]["memory.l2"].is_number());
  CHECK(result->text.find("preset ecochip-2024") != std::string::npos);
}

TEST_CASE("a die beyond the reticle is a finding, one beyond the wafer wrong input") {
  Diagnostics diagnostics;
  const auto large = evaluated(with("425.01", "900"), "default", diagnostics);
  REQUIRE(large);
  CHECK_FALSE(large->feasible);
  CHECK(large->text.find("gpu: 900 mm2 is more than one exposure of 26 x 33 mm can make") !=
        std::string::npos);
  CHECK_FALSE(evaluated(with("425.01", "80000"), "default", diagnostics));
  REQUIRE(diagnostics.all().size() == 2);
  CHECK(diagnostics.all()[0].where.line == 5);
  CHECK(diagnostics.all()[0].message == "die 'gpu' of 80 000 mm2 does not fit a wafer of 300 mm");
}
