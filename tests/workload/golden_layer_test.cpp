// Layers as they were measured, part by part and in all, on the devices of the library.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "support/golden.h"
#include "support/measured_page.h"
#include "support/performance_golden.h"
#include "support/project.h"
#include "workload/measured_group.h"
#include "workload/rows.h"

namespace marquetry {
namespace {

using nlohmann::json;
using test::PerformanceSchema;

// The number that stands before or behind a word of a sentence.
double number_at(const std::string& text, const std::string& word) {
  const auto at = text.find(word);
  return at == std::string::npos ? 0 : std::strtod(text.c_str() + at + word.size(), nullptr);
}

// "GPT-3 175B, one layer, batch 8, one token, context 3072, tensor parallel 4".
struct LayerCase {
  workload::Pass pass{};
  workload::Split split{};
};
LayerCase layer_case(const std::string& text) {
  LayerCase out;
  out.pass.batch = number_at(text, "batch ");
  out.split.tensor = number_at(text, "tensor parallel ");
  out.pass.fusion = operators::Fusion::unfused;  // scores were kernels of their own
  if (text.find("one token") != std::string::npos) {
    out.pass.phase = workload::Phase::decode;
    out.pass.context = number_at(text, "context ");
  } else {
    out.pass.context = out.pass.queries = number_at(text, "sequence ");
  }
  return out;
}

// As the measured parts are called.
const std::map<std::string, std::vector<std::string>> parts{
    {"Q_K_V", {"queries", "keys, values"}},
    {"Q_mul_K", {"scores"}},
    {"A_mul_V", {"values of scores"}},
    {"Wo_proj", {"attention out"}},
    {"W1_proj", {"up"}},
    {"W2_proj", {"down"}},
    {"Softmax", {"softmax"}},
    {"LayerNorm_MHA", {"norm before attention"}},
    {"LayerNorm_FFN", {"norm before feed-forward"}},
    {"GeLU", {"activation"}},
    {"AllReduce_MHA", {"all-reduce after attention"}},
    {"AllReduce_FFN", {"all-reduce after feed-forward"}}};

double part_seconds(const workload::Machine& machine, const workload::Layer& layer, const std::string& part) {
  double seconds = 0;
  for (const auto& name : parts.at(part)) {
    const auto found = std::ranges::find(layer.operations, name, &workload::Operation::name);
    REQUIRE(found != layer.operations.end());
    seconds += found->count * cost(machine, *found).total;
  }
  return seconds;
}

TEST_CASE("a layer of GPT-3 takes what it took on 4 A100: a prompt within 3 %, a token within 8 %") {
  const auto golden = test::performance_golden();
  if (!golden) return test::skip("no golden data of performance");
  const auto library = test::project_library();
  for (const auto* entry : golden->of(PerformanceSchema::layer)) {
    INFO(entry->name);
    const auto group = test::group_of(library, entry->data["device"]);
    REQUIRE(group);
    const auto wanted = layer_case(entry->data["case"]);
    REQUIRE(wanted.split.tensor == group->members);
    const workload::Machine machine{.die = group->device, .outside = group->device.peers};
    const auto* model = find(library.workloads, "gpt-3-175b");
    const auto graph = transformer(workload::transformer_of(*model), wanted.pass, wanted.split);
    const auto& layer = graph.layers[1];
    double measured = 0, ours = 0;
    test::MeasuredTable table{.columns = {"part", "measured", "ours", "off", "LLMCompass", "off"}};
    const auto row = [&table](const std::string& part, double one, double real,
                              std::optional<double> theirs) {
      table.rows.push_back({part, test::seconds_text(real), test::seconds_text(one),
                            test::deviation_text(one, real), test::seconds_text(theirs),
                            test::deviation_text(theirs, real)});
    };
    const auto published = [&](std::size_t part) -> std::optional<double> {
      if (!entry->data.contains("llmcompass_sim_s")) return std::nullopt;
      return entry->data["llmcompass_sim_s"][part].get<double>();
    };
    double theirs = 0;
    for (std::size_t p = 0; p < entry->data["parts"].size(); ++p) {
      const double one = part_seconds(machine, layer, entry->data["parts"][p]);
      const double real = entry->data["measured_s"][p];
      INFO(entry->data["parts"][p] << ": " << one << " s, measured " << real);
      CHECK(std::abs(one / real - 1) < 0.5);  // no part hides the error of another
      measured += real;
      ours += one;
      theirs += published(p).value_or(0);
      row(entry->data["parts"][p], one, real, published(p));
    }
    row("sum", ours, measured, theirs > 0 ? std::optional{theirs} : std::nullopt);
    table.note =
        entry->data["case"].get<std::string>() + "; constants of the operator sets and of the all-reduces.";
    test::print_section("Layers: " + entry->name, table);
    INFO(ours << " s, measured " << measured);
    CHECK(std::abs(ours / measured - 1) <= (wanted.pass.phase == workload::Phase::decode ? 0.08 : 0.03));
  }
}

}  // namespace
}  // namespace marquetry
