#include "exchange/booksim/read.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "exchange/booksim/parts.h"
#include "exchange/network_parts.h"
#include "routing/routings.h"

namespace marquetry::exchange {
namespace {

class Reader {
 public:
  Reader(const BooksimSettings& settings, Diagnostics& diagnostics)
      : settings_{settings}, diagnostics_{diagnostics} {}

  std::optional<BooksimRun> run(const std::filesystem::path& file) {
    const int before = diagnostics_.errors();
    check_fixed();
    BooksimRun out;
    auto& network = out.network;
    network.name = file.stem().generic_string();
    read_routing(network.routing);
    read_router(network.router);
    read_sampling(network.sampling);
    out.measures_throughput = settings_.text("sim_type") == "throughput";
    if (!out.measures_throughput && settings_.text("sim_type") != "latency")
      error("sim_type", "runs of the type '" + settings_.text("sim_type") + "' are not simulated",
            "take latency or throughput");
    network.packet = packet();
    network.rate = rate(network.packet);
    auto graph = booksim_graph(settings_, file.parent_path(), diagnostics_);
    if (graph) {
      network.graph = std::move(*graph);
      if (network.graph.name.empty()) network.graph.name = network.name;
      auto traffic = booksim_traffic(settings_, static_cast<std::uint32_t>(network.graph.terminals.size()),
                                     diagnostics_);
      if (traffic) network.traffic = std::move(*traffic);
      check_buffers(network, settings_["num_vcs"].where, diagnostics_);
    }
    if (diagnostics_.errors() > before) return std::nullopt;
    return out;
  }

 private:
  void error(std::string_view key, std::string message, std::string hint = {}) {
    diagnostics_.error(settings_[key].where, std::move(message), std::move(hint));
  }

  std::uint32_t count(std::string_view key, std::uint32_t least, std::uint32_t most) {
    const auto value = settings_.whole(key);
    if (value >= least && value <= most) return static_cast<std::uint32_t>(value);
    error(key, "'" + std::string{key} + "' = " + settings_.text(key) + " must lie between " +
                   std::to_string(least) + " and " + std::to_string(most));
    return least;
  }

  // The one value of a list of one a class, {0.1}; what it is else is complained about by who reads it.
  std::string only(std::string_view key) {
    auto text = settings_.text(key);
    for (int depth = 0; depth < 2 && text.starts_with('{'); ++depth) {
      const auto parts = list_parts(text);
      if (parts.size() != 1) {
        error(key, "'" + std::string{key} + "' has " + std::to_string(parts.size()) +
                       " values: several classes or sizes of packets are not simulated");
        return std::string{find_setting(key)->fallback};
      }
      text = parts.front();
    }
    return text;
  }

  template <class Number>
  Number number(std::string_view key, double least, double most) {
    const auto text = only(key);
    double value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = std::is_floating_point_v<Number> || value == std::floor(value);
    if (failed == std::errc{} && end == text.data() + text.size() && value >= least && value <= most && whole)
      return static_cast<Number>(value);
    error(key,
          "'" + std::string{key} + "' = " + text.substr(0, 80) + " must be a number from " +
              significant(least, 6) + " to " + significant(most, 6),
          text == "time" ? "a seed by the clock gives another result each time: write a number" : "");
    return static_cast<Number>(least);
  }

  // Settings that are simulated in their default alone, if they have a say at all.
  void check_fixed() {
    const bool speculates = settings_.whole("speculative") != 0;
    const bool arbitrates =
        settings_.text("vc_allocator") != "islip" || settings_.text("sw_allocator") != "islip";
    for (const auto& row : marquetry::exchange::settings()) {
      if (row.use != SettingUse::fixed) continue;
      if (row.key.starts_with("spec_") && !speculates) continue;
      if (row.key == "arb_type" && !arbitrates) continue;
      // A switch is held from one flit of a packet to the next (iq_router.cpp).
      if (row.key == "hold_switch_for_packet" && settings_.text("packet_size") == "1") continue;
      const auto& given = settings_[row.key];
      bool same = given.text == row.fallback;
      if (row.type == SettingType::real) same = settings_.real(row.key) == 1.0;
      if (row.may_be_list && given.text.starts_with('{')) same = only(row.key) == row.fallback;
      if (same) continue;
      error(row.key,
            "'" + std::string{row.key} + "' = " + given.text.substr(0, 80) + " (" + std::string{row.meaning} +
                ") is not simulated",
            row.fallback.empty() ? "leave it out" : "leave it at " + std::string{row.fallback});
    }
  }

  void read_routing(std::string& name) {
    const auto &function = settings_.text("routing_function"), &topology = settings_.text("topology");
    const auto* row = routing::find_booksim(function, topology);
    if (row != nullptr) {
      name = row->name;
      if (function == "valiant" && topology == "torus")
        diagnostics_.warning(settings_["routing_function"].where,
                             "BookSim2's 'valiant' on a torus goes by a variable that it never sets",
                             "Valiant's routing as it is meant is simulated instead");
      return;
    }
    error(settings_.given("routing_function") ? "routing_function" : "topology",
          settings_.given("routing_function")
              ? "the routing '" + function + "' on '" + topology + "' is not simulated"
              : "the configuration names no 'routing_function', which BookSim2 refuses",
          topology == "anynet" ? "an anynet goes with routing_function = min;" : "");
  }

  routing::Allocator allocator(std::string_view key) {
    constexpr std::array<std::string_view, 2> names{"islip", "separable_input_first"};
    const auto& name = settings_.text(key);
    const auto found = std::ranges::find(names, name);
    if (found != names.end()) return static_cast<routing::Allocator>(found - names.begin());
    error(key, "the allocator '" + name + "' is not simulated", suggest(name, {names.begin(), names.end()}));
    return {};
  }

  void read_router(routing::Router& router) {
    constexpr std::uint32_t longest_stage = 1000;
    router.pipeline = {.routing = count("routing_delay", 0, longest_stage),
                       .vc_alloc = count("vc_alloc_delay", 1, longest_stage),
                       .sw_alloc = count("sw_alloc_delay", 1, longest_stage),
                       .st_prepare = count("st_prepare_delay", 0, longest_stage),
                       .st_final = count("st_final_delay", 0, longest_stage),
                       .credit = count("credit_delay", 0, longest_stage),
                       .speculative = settings_.whole("speculative") != 0};
    if (router.pipeline.st_prepare + router.pipeline.st_final == 0)
      error("st_final_delay", "nothing crosses a switch in no time",
            "give 'st_final_delay' at least 1 cycle");
    router.vcs = count("num_vcs", 1, most_vcs);
    router.buffer = count("vc_buf_size", 1, deepest_buffer);
    router.vc_allocator = allocator("vc_allocator");
    router.sw_allocator = allocator("sw_allocator");
    router.iterations = count("alloc_iters", 1, 64);
    router.wait_for_tail_credit = settings_.whole("wait_for_tail_credit") != 0;
    router.input_speedup = count("input_speedup", 1, 64);
    router.output_speedup = count("output_speedup", 1, 64);
  }

  void read_sampling(simulate::Sampling& sampling) {
    sampling.period = count("sample_period", 1, 100'000'000);
    sampling.warm_up = count("warmup_periods", 0, 100'000);
    sampling.most_periods = count("max_samples", 1, 100'000);
    if (sampling.most_periods <= sampling.warm_up)
      error(settings_.given("max_samples") ? "max_samples" : "warmup_periods",
            "'max_samples' = " + settings_.text("max_samples") +
                " must be more than the 'warmup_periods', which it includes");
    const auto threshold = number<double>("latency_thres", -1e12, 1e12);
    sampling.latency_threshold = threshold < 0 ? std::numeric_limits<double>::max() : threshold;
    sampling.change_threshold = number<double>("stopping_thres", 0, 1e6);
    // BookSim2 has four of them, those of the warm-up where it has no number of periods.
    std::vector<std::string_view> alike{"acc_stopping_thres"};
    if (sampling.warm_up == 0) alike.insert(alike.end(), {"warmup_thres", "acc_warmup_thres"});
    for (const auto key : alike) {
      if (number<double>(key, 0, 1e6) == sampling.change_threshold) continue;
      error(settings_.given(key) ? key : "stopping_thres",
            "'stopping_thres' and '" + std::string{key} + "' are one number here",
            "give both the same value");
    }
    sampling.seed = number<std::uint64_t>("seed", 0, std::numeric_limits<std::int32_t>::max());
  }

  std::uint32_t packet() { return number<std::uint32_t>("packet_size", 1, longest_packet); }

  // BookSim2 counts packets, unless it is told to count flits.
  double rate(std::uint32_t packet) {
    const bool in_flits = settings_.whole("injection_rate_uses_flits") != 0;
    const double load = number<double>("injection_rate", 0, in_flits ? packet : 1);
    return in_flits ? load : load * packet;
  }

  const BooksimSettings& settings_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<BooksimRun> load_booksim(const std::filesystem::path& file, Diagnostics& diagnostics) {
  const auto settings = BooksimSettings::load(file, diagnostics);
  if (!settings) return std::nullopt;
  return Reader{*settings, diagnostics}.run(file);
}

}  // namespace marquetry::exchange
