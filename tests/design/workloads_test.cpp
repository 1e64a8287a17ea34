// Workloads of a design: what is refused, where, and with what remedy.
#include <catch2/catch.hpp>

#include "support/small_design.h"
#include "support/small_library.h"

using namespace marquetry;
using marquetry::test::load_text;
using marquetry::test::replaced;
using marquetry::test::small_design_text;

namespace {

const std::string decode = R"([workloads.decode]
model = "llama"
phase = "decode"
precision = "$format"
batch = 32
context = 4096
)";

// What is said of the small design with that workload in place of its own.
std::string said(const std::string& workload) {
  REQUIRE(small_design_text().find(decode) != std::string::npos);
  const auto loaded = load_text(
      replaced(small_design_text(), decode, "[workloads.decode]\nprecision = \"$format\"\n" + workload));
  const bool failed = loaded.messages.find(": error: ") != std::string::npos;
  CHECK(loaded.design.has_value() != failed);
  return loaded.messages;
}

const std::string llama = "model = \"llama\"\ncontext = 4096\n";
const std::string experts = "model = \"experts\"\ncontext = 4096\n";

}  // namespace

TEST_CASE("a workload that is served, trained or split is read") {
  const auto [keys, what] = GENERATE(table<const char*, const char*>({
      {"phase = \"serve\"\noutput = 200\nbatch = 8\n", "serve"},
      {"phase = \"train\"\nbatch = 64\nmicrobatches = 16\ndata = 2\nrecompute = \"full\"\ninterleave = 2\n",
       "train"},
      {"phase = \"decode\"\ntensor = 2\ncache_precision = \"fp8\"\ncache_share = 0.25\nsparsity = \"2:4\"\n",
       "decode"},
  }));
  INFO(what);
  CHECK(said(llama + keys).empty());
}

TEST_CASE("what a workload says is refused with its place and the least remedy") {
  const auto [keys, message, hint] = GENERATE(table<std::string, std::string, std::string>({
      {llama + "phase = \"decode\"\nbatch = 0\n", "'batch' must be at least 1, but it is 0", ""},
      {llama + "phase = \"decode\"\nbatch = -4\n", "-4", ""},
      {llama + "phase = \"decode\"\ncache_precision = \"fp9\"\n", "there is no precision 'fp9'",
       "did you mean 'fp"},
      {llama + "phase = \"decode\"\nsparsity = \"2:5\"\n", "there is no sparsity '2:5'",
       "did you mean '2:4'?"},
      {llama + "phase = \"serve\"\n", "missing key 'output' (tokens generated for each prompt)",
       "for example output = 256"},
      {llama + "phase = \"decode\"\noutput = 5\n",
       "'output' says nothing of workload 'decode' in the phase 'decode'", "phase \"serve\""},
      {llama + "phase = \"prefill\"\nrecompute = \"full\"\n",
       "'recompute' says nothing of workload 'decode' in the phase 'prefill'", "phase \"train\""},
      {llama + "phase = \"run\"\n", "in the phase 'run', which it has not",
       "write phase = \"prefill\", \"decode\", \"serve\" or \"train\""},
      {"model = \"gemm\"\nphase = \"serve\"\noutput = 1\ncontext = 1\n",
       "in the phase 'serve', which it has not", "write phase = \"run\", or drop it"},
      {llama + "phase = \"decode\"\ntensor = 3\n", "cannot split 64 attention heads in 3 equal parts",
       "the nearest that will do: tensor = 2 or 4"},
      {llama + "phase = \"decode\"\npipeline = 7\n", "cannot split 80 layers in 7 equal parts",
       "pipeline = 5 or 8"},
      {experts + "phase = \"decode\"\nexpert = 3\n", "cannot split 16 experts in 3 equal parts",
       "expert = 2 or 4"},
      {experts + "phase = \"decode\"\nactive_experts = 17\n", "'active_experts' is 17, but 'experts' has 16",
       "at most 16; the model itself takes 2"},
      {llama + "phase = \"decode\"\nactive_experts = 2\n", "'llama' has no experts", "drop it"},
      {llama + "phase = \"train\"\nbatch = 10\nmicrobatches = 4\n",
       "1 replica x 4 microbatches do not share a batch of 10 evenly",
       "the nearest batch that they do share: 12"},
      {llama + "phase = \"decode\"\nbatch = 2\ndata = 4\n", "has 4 replicas, but a batch of 2",
       "at most data = 2, or batch = 4"},
      {llama + "phase = \"decode\"\ntensor = 8\npackages = 2\n",
       "is split in 8 ways (tensor 8), but there are 4 dies that compute", "packages = 4"},
  }));
  const auto text = said(keys);
  INFO(keys);
  INFO(text);
  CHECK(text.find(message) != std::string::npos);
  CHECK(text.find(hint) != std::string::npos);
  CHECK(text.find("d.toml:") != std::string::npos);
}

TEST_CASE("2:4 sparsity is refused where no machine has it") {
  const auto text =
      load_text(
          replaced(small_design_text(), decode,
                   "[workloads.decode]\nprecision = \"fp32\"\nsparsity = \"2:4\"\n" + llama +
                       "phase = \"decode\"\n[workloads.other]\nmodel = \"gemm\"\nprecision = \"$format\"\n"))
          .messages;
  INFO(text);
  CHECK(text.find("runs in fp32, for which no machine has 2:4 sparsity") != std::string::npos);
  CHECK(text.find("the widest precision that has: \"tf32\"") != std::string::npos);
}

TEST_CASE("more ways than dies, with caret") {
  const auto text = said(llama + "phase = \"decode\"\ntensor = 64\npackages = 1\n");
  CHECK(text.find(
            "error: workload 'decode' is split in 64 ways (tensor 64), but there are 2 dies that compute") !=
        std::string::npos);
  CHECK(text.find("^") != std::string::npos);
}

TEST_CASE("no packages at all are complained of once, and a huge batch with its own number") {
  const auto none = said(llama + "phase = \"decode\"\ntensor = 2\npackages = 0\n");
  CHECK(none.find("'packages' must be at least 1, but it is 0") != std::string::npos);
  CHECK(none.find("is split in") == std::string::npos);
  const auto huge = said(llama + "phase = \"decode\"\nbatch = 1000000000000000000\n");
  CHECK(huge.find("'batch' must be at most 1e12, but it is 1e+18") != std::string::npos);
}
