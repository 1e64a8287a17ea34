#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "report/perform.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

Json pass_json(const explore::Cell& cell) {
  const auto& p = cell.figures;
  Json out{{"fits", cell.fits},
           {"packages", p.packages},
           {"needed_gbyte", p.needed / unit::GB},
           {"usable_gbyte", p.usable / unit::GB}};
  if (!cell.fits) {
    out["why"] = cell.why;
    if (!cell.remedy.empty()) out["remedy"] = cell.remedy;
    return out;
  }
  out["value"] = p.value;
  out["pass_s"] = p.step / unit::s;
  if (p.first_token.si() > 0) out["first_token_s"] = p.first_token / unit::s;
  if (p.inter_token.si() > 0) out["inter_token_s"] = p.inter_token / unit::s;
  out["bound"] = performance::bound_names[static_cast<std::size_t>(p.bound)];
  out["compute_s"] = p.compute / unit::s;
  out["memory_s"] = p.memory / unit::s;
  out["network_s"] = p.network / unit::s;
  out["overhead_s"] = p.overhead / unit::s;
  return out;
}

Json workload_json(const RunWorkload& workload) {
  return {{"id", workload.id}, {"text", workload.text}, {"unit", performance::unit_of(workload.kind)}};
}

Json cost_json(const operators::Cost& c) {
  return {{"total_s", c.total},       {"bound", operators::bound_names[static_cast<std::size_t>(c.bound)]},
          {"compute_s", c.compute},   {"memory_s", c.memory},
          {"cache_s", c.cache},       {"network_s", c.network},
          {"overhead_s", c.overhead}, {"flop", c.flop},
          {"bytes", c.bytes}};
}

template <class Names, class Seconds>
Json shares_json(const Names& names, const Seconds& seconds) {
  Json out = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) out[std::string{names[i]}] = seconds[i];
  return out;
}

std::string quoted_field(std::string_view text) {
  std::string out{"\""};
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

Json perform_json(const PerformTable& table) {
  Json out{{"subjects", table.runners}, {"workloads", Json::array()}, {"results", Json::array()}};
  for (const auto& workload : table.workloads) out["workloads"].push_back(workload_json(workload));
  for (std::size_t r = 0; r < table.runners.size(); ++r) {
    for (std::size_t w = 0; w < table.workloads.size(); ++w) {
      Json one{{"subject", table.runners[r]}, {"workload", table.workloads[w].id}};
      one.update(pass_json(table.cells[r][w]));
      out["results"].push_back(std::move(one));
    }
  }
  return out;
}

std::string perform_csv(const PerformTable& table) {
  std::string out =
      "subject,workload,fits,packages,value,unit,pass_s,bound,compute_s,memory_s,network_s,overhead_s,needed_"
      "gbyte\n";
  for (std::size_t r = 0; r < table.runners.size(); ++r) {
    for (std::size_t w = 0; w < table.workloads.size(); ++w) {
      const auto& cell = table.cells[r][w];
      const auto& p = cell.figures;
      out += fmt::format("{},{},{},{:g},", quoted_field(table.runners[r]), table.workloads[w].id,
                         cell.fits ? 1 : 0, p.packages);
      if (!cell.fits) {
        out += fmt::format(",,,,,,,,{:g}\n", p.needed / unit::GB);
        continue;
      }
      out += fmt::format("{:g},{},{:g},{},{:g},{:g},{:g},{:g},{:g}\n", p.value,
                         performance::unit_of(table.workloads[w].kind), p.step / unit::s,
                         performance::bound_names[static_cast<std::size_t>(p.bound)], p.compute / unit::s,
                         p.memory / unit::s, p.network / unit::s, p.overhead / unit::s, p.needed / unit::GB);
    }
  }
  return out;
}

Json profile_json(const Profile& p) {
  Json out{{"subject", p.runner},       {"workload", workload_json(p.workload)},
           {"kernels", p.device},       {"dies", p.graph.members},
           {"packages", p.packages},    {"needed_gbyte_a_die", p.graph.needed / 1e9},
           {"operators", Json::array()}};
  for (std::size_t l = 0; l < p.graph.layers.size(); ++l) {
    const auto& layer = p.graph.layers[l];
    for (std::size_t o = 0; o < layer.operations.size(); ++o) {
      const auto& cost = p.cost.layers[l][o];
      Json one{
          {"layer", layer.name},
          {"operator", layer.operations[o].name},
          {"class", workload::kind_names[static_cast<std::size_t>(workload::kind_of(layer.operations[o]))]},
          {"sizes", workload::sizes_text(layer.operations[o])},
          {"times", cost.count}};
      one.update(cost_json(cost.once));
      out["operators"].push_back(std::move(one));
    }
  }
  out["sum"] = cost_json(p.cost.sum);
  out["by_class_s"] = shares_json(workload::kind_names, p.cost.kinds);
  out["by_bound_s"] = shares_json(operators::bound_names, p.cost.bounds);
  out["as_one"] = pass_json(p.pass);
  return out;
}

std::string profile_csv(const Profile& p) {
  std::string out =
      "layer,operator,sizes,times,once_s,bound,compute_s,memory_s,cache_s,network_s,overhead_s,flop,bytes\n";
  for (std::size_t l = 0; l < p.graph.layers.size(); ++l) {
    const auto& layer = p.graph.layers[l];
    for (std::size_t o = 0; o < layer.operations.size(); ++o) {
      const auto& [c, count] = p.cost.layers[l][o];
      out += fmt::format("{},{},{},{:g},{:g},{},{:g},{:g},{:g},{:g},{:g},{:g},{:g}\n",
                         quoted_field(layer.name), quoted_field(layer.operations[o].name),
                         quoted_field(workload::sizes_text(layer.operations[o])), count, c.total,
                         operators::bound_names[static_cast<std::size_t>(c.bound)], c.compute, c.memory,
                         c.cache, c.network, c.overhead, c.flop, c.bytes);
    }
  }
  return out;
}

}  // namespace marquetry::report
