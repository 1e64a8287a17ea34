// Workloads by formula: parameters and caches as published, operators by hand.
#include <catch2/catch.hpp>

#include "config/parse.h"
#include "library/check.h"
#include "library/show.h"
#include "support/folder.h"

using namespace marquetry;

namespace {

Library project_library() {
  Diagnostics diagnostics;
  const auto library = load_library({test::source_folder() / "libraries"}, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(library);
  return *library;
}

const WorkloadModel& model(const Library& library, const std::string& id) {
  const auto* row = find(library.workloads, id);
  INFO(id);
  REQUIRE(row != nullptr);
  return *row;
}

OperatorRow row(const std::string& toml, Diagnostics& diagnostics) {
  const test::Folder folder;
  const auto root = parse_file(folder.write("w.toml", "op = " + toml + "\n"), diagnostics);
  REQUIRE(root);
  return read_operator(root->items.front(), diagnostics);
}

OperatorRow row(const std::string& toml) {
  Diagnostics diagnostics;
  const auto out = row(toml, diagnostics);
  INFO(render_all(diagnostics));
  CHECK(diagnostics.errors() == 0);
  return out;
}

}  // namespace

TEST_CASE("parameters by formula are the published ones within 0.01 %") {
  const auto library = project_library();
  int counted = 0;
  for (const auto& w : library.workloads) {
    // An encoder's pooler is not counted: 0.3 % of BERT.
    if (w.kind != "transformer" || w.encoder) continue;
    const auto shape = shape_of(w);
    INFO(w.id);
    REQUIRE(w.parameters.typ > 0);
    CHECK(parameters_of(shape, model_sizes(shape)) == Approx(w.parameters.typ).epsilon(1e-4));
    ++counted;
  }
  CHECK(counted >= 20);
}

TEST_CASE("parameters of BERT-large by formula are 0.3 % short of the published ones: its pooler") {
  const auto library = project_library();
  const auto shape = shape_of(model(library, "bert-large"));
  CHECK(parameters_of(shape, model_sizes(shape)) == Approx(0.335e9).epsilon(0.0037));
}

TEST_CASE("what a token keeps at 16 bits, and what it multiplies") {
  // Bytes a token, operations a token, operations a token and token seen, active parameters.
  const auto [id, cache, token, seen, active] = GENERATE(table<const char*, double, double, double, double>({
      {"llama-2-7b", 524288, 13.21e9, 524288, 6.607e9},
      {"llama-2-70b", 327680, 137.43e9, 2621440, 68.71e9},
      {"llama-3-8b", 131072, 15.01e9, 524288, 7.505e9},
      {"llama-3-70b", 327680, 139.0e9, 2621440, 69.50e9},
      {"llama-3-3-70b", 327680, 139.0e9, 2621440, 69.50e9},
      {"llama-3-1-405b", 516096, 807.5e9, 8257536, 403.7e9},
      {"gpt-3-175b", 4718592, 349.13e9, 4718592, 174.56e9},
      {"bert-large", 98304, 0.67e9, 98304, 0.333e9},
      {"deepseek-v3", 70272, 73.25e9, 16990208, 36.62e9},
      {"mixtral-8x7b", 131072, 25.5e9, 524288, 12.75e9},
  }));
  const auto library = project_library();
  const auto shape = shape_of(model(library, id));
  const auto sizes = model_sizes(shape);
  CAPTURE(id);
  CHECK(2 * sizes.cache_words == cache);
  CHECK(sizes.step_attention == seen);
  CHECK(2 * active_weights_of(shape, sizes) == Approx(token).epsilon(0.006));
  CHECK(active_weights_of(shape, sizes) == Approx(active).epsilon(0.001));
}

TEST_CASE(
    "a latent cache serves all heads: 576 words a layer, 1088 operations a head instead of 2 x 2 x 128") {
  const auto library = project_library();
  const auto& w = model(library, "deepseek-v3");
  const auto sizes = model_sizes(shape_of(w));
  CHECK(sizes.cache_words == 61 * 576);
  CHECK(sizes.step_attention == 2.0 * 61 * 128 * 1088);
  CHECK(sizes.prompt_attention == 2.0 * 61 * 128 * (192 + 128));
  CHECK(sizes.expert_weights == 58.0 * 3 * 7168 * 2048);
}

TEST_CASE("ResNet-50 by its layers: published multiply-accumulates and weights") {
  const auto library = project_library();
  const auto sum = sums(model(library, "resnet-50").operators);
  CHECK(sum.operations / 2 == Approx(4.09e9).epsilon(0.001));
  CHECK(sum.weights == Approx(25.557e6).epsilon(0.0025));  // less the norms
  CHECK(sum.steps == 72);  // 53 convolutions, 16 sums, two pools, the classifier
}

TEST_CASE("what an operator asks for, by hand") {
  const auto product = sums(row("{ op = \"matmul\", m = 2, n = 3, k = 4, batch = 5, count = 10 }"));
  CHECK(product.operations == 10 * 5 * 2 * 24);
  CHECK(product.words == 10 * 5 * (8 + 6));
  CHECK(product.weights == 10 * 5 * 12);
  const auto scores = sums(row("{ op = \"matmul\", m = 2, n = 3, k = 4, kept = 0 }"));
  CHECK(scores.words == 8 + 6 + 12);
  CHECK(scores.weights == 0);
  // 7 x 7 by 3 x 3 at stride 2 and padding 1: 4 x 4 of 6 filters on 2 of 4 channels each
  const auto grouped = sums(
      row("{ op = \"convolution\", channels = 4, filters = 6, height = 7, width = 7, kernel = 3, stride = 2, "
          "padding = 1, groups = 2 }"));
  CHECK(grouped.operations == 2 * 16 * 6 * 2 * 9);
  CHECK(grouped.weights == 6 * 2 * 9);
  CHECK(grouped.words == 49 * 4 + 16 * 6);
  const auto lookup = sums(row("{ op = \"embedding\", rows = 1000, width = 8, lookups = 6, pooled = 3 }"));
  CHECK(lookup.tables == 8000);
  CHECK(lookup.words == 8 * (6 + 2));
  CHECK(lookup.vector_operations == 8 * 4);
  const auto transform = sums(row("{ op = \"fft\", points = 1024 }"));
  CHECK(transform.operations == 5 * 1024 * 10);
  CHECK(sums(row("{ op = \"stencil\", points = 10, neighbours = 27 }")).operations == 540);
  CHECK(sums(row("{ op = \"spmv\", rows = 3, nonzeros = 7 }")).words == 20);
  const auto triad = sums(row("{ op = \"stream\", elements = 10, reads = 2, operations = 2 }"));
  CHECK(triad.operations == 20);
  CHECK(triad.words == 30);
}

TEST_CASE("an operator that does not exist, lacks a size or has one too many is named") {
  const auto said = [](const std::string& toml) {
    Diagnostics diagnostics;
    row(toml, diagnostics);
    return render_all(diagnostics);
  };
  CHECK(said("{ op = \"matmull\", m = 1 }").find("there is no operator 'matmull'") != std::string::npos);
  CHECK(said("{ op = \"matmull\", m = 1 }").find("did you mean 'matmul'?") != std::string::npos);
  CHECK(said("{ op = \"matmul\", m = 1, n = 2 }").find("'k'") != std::string::npos);
  CHECK(said("{ op = \"matmul\", m = 0, n = 2, k = 2 }").find("'m' must be at least 1, but it is 0") !=
        std::string::npos);
  CHECK(said("{ op = \"softmax\", rows = 1, columns = 2, heads = 3 }").find("unknown key 'heads'") !=
        std::string::npos);
}

TEST_CASE("a workload is shown with what follows from its sizes, and without sizes of other kinds") {
  Diagnostics diagnostics;
  const auto library = project_library();
  const auto text = *library_show_text(library, "workloads/llama-3-70b", diagnostics);
  CHECK(text.find("cache_per_token") != std::string::npos);
  CHECK(text.find("all_parameters") != std::string::npos);
  CHECK(text.find("experts") == std::string::npos);
  const auto images = *library_show_text(library, "workloads/resnet-50", diagnostics);
  CHECK(images.find("item_operations") != std::string::npos);
  CHECK(images.find("convolution channels 3 filters 64 height 224 width 224 kernel 7") != std::string::npos);
}

TEST_CASE("sizes that do not give the published parameters are found, and experts that nobody takes") {
  auto library = project_library();
  Diagnostics none;
  check_library(library, none);
  CHECK(render_all(none).find("workload '") == std::string::npos);
  for (auto& w : library.workloads) {
    if (w.id == "llama-3-8b") w.layers.typ = 33;
    if (w.id == "mixtral-8x7b") w.active_experts.typ = 9;
    if (w.id == "dlrm") w.operators.clear();
  }
  Diagnostics found;
  check_library(library, found);
  const auto text = render_all(found);
  CHECK(text.find("workload 'llama-3-8b': its sizes give 8.2484e+09 parameters, but 8.03e+09 are published "
                  "(2.72 %)") != std::string::npos);
  CHECK(text.find("'active_experts' from 1 to 8") != std::string::npos);
  CHECK(text.find("its kind is 'operators', but it lists none") != std::string::npos);
}

TEST_CASE(
    "an operator whose sizes do not go together, are no whole numbers or beyond all measure is refused") {
  const auto said = [](const std::string& toml) {
    Diagnostics diagnostics;
    row(toml, diagnostics);
    return render_all(diagnostics);
  };
  const auto [toml, message] = GENERATE(table<const char*, const char*>({
      {"{ op = \"matmul\", m = 1.5, n = 2, k = 3 }", "'m' must be a whole number, but it is 1.5"},
      {"{ op = \"softmax\", rows = 1e30, columns = 2 }", "'rows' must be at most 1e+15, but it is 1e+30"},
      {"{ op = \"convolution\", channels = 3, filters = 4, height = 2, width = 9, kernel = 7 }",
       "a kernel of 7 does not fit in an image of 2, padding included"},
      {"{ op = \"convolution\", channels = 3, filters = 4, height = 9, width = 9, kernel = 3, groups = 2 }",
       "'groups' 2 does not divide 'channels' 3"},
      {"{ op = \"attention\", queries = 1, context = 8, heads = 4, kv_heads = 3, head_width = 64 }",
       "'kv_heads' 3 does not divide 'heads' 4"},
  }));
  CAPTURE(toml);
  const auto text = said(toml);
  INFO(text);
  CHECK(text.find(message) != std::string::npos);
}

TEST_CASE("a workload that lacks what its kind is made of is refused") {
  const auto said = [](WorkloadModel w) {
    Diagnostics diagnostics;
    check_workload(w, diagnostics);
    return render_all(diagnostics);
  };
  const auto library = project_library();
  auto product = model(library, "gemm-8k");
  product.k = {};
  CHECK(said(product).find("its kind 'matrix-product' needs 'k'") != std::string::npos);
  auto stream = model(library, "stencil-27");
  stream.words = {};
  CHECK(said(stream).find("its kind 'stream' needs 'words'") != std::string::npos);
  auto llama = model(library, "llama-3-8b");
  llama.layers.typ = 32.5;
  llama.kv_heads.typ = 7;
  const auto text = said(llama);
  CHECK(text.find("'layers' must be a whole number, but it is 32.5") != std::string::npos);
  CHECK(text.find("'kv_heads' 7 does not divide 'heads' 32") != std::string::npos);
  for (const auto& w : library.workloads) CHECK(said(w).find("error") == std::string::npos);
}
