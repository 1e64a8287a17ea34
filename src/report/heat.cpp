#include "report/heat.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "report/heat_figures.h"

namespace marquetry::report {

namespace {

// The part of which a block is a spot, where it is one; else the block.
std::string whole(const HeatReport& report, const thermal::BlockTemperature& t, const std::string& name) {
  for (const auto& u : report.unions)
    if (u.layer == t.layer && t.block >= u.first && t.block < u.first + u.count) {
      const bool alone = std::ranges::count(report.unions, u.name, &HeatUnion::name) == 1;
      return alone ? u.name : report.input.stack.layers[u.layer].name + report.separator + u.name;
    }
  return name;
}

}  // namespace

bool is_beyond_cooling(const HeatReport& report) {
  return report.flux && report.flux->hottest > report.flux->limit * (1 + 1e-9);
}

std::vector<HeatViolation> violations(const HeatReport& report) {
  const auto names = block_names(report);
  std::vector<HeatViolation> out;
  for (std::size_t i = 0; i < report.heat.blocks.size(); ++i) {
    const auto& t = report.heat.blocks[i];
    const auto& block = block_of(report, t);
    if (block.limit > 0 && t.peak > block.limit)
      out.push_back({whole(report, t, names[i]), true, block.limit, t.peak});
    else if (block.throttle > 0 && t.peak > block.throttle)
      out.push_back({whole(report, t, names[i]), false, block.throttle, t.peak});
  }
  std::ranges::stable_sort(out, [](const auto& a, const auto& b) {
    if (a.is_hard != b.is_hard) return a.is_hard;
    return a.temperature - a.limit > b.temperature - b.limit;
  });
  std::set<std::string> seen;  // of spots of one part, the worst alone
  std::erase_if(out, [&](const auto& v) { return !seen.insert(v.block).second; });
  return out;
}

std::vector<std::string> block_names(const HeatReport& report) {
  const auto& layers = report.input.stack.layers;
  std::map<std::string_view, int> heating, all;
  for (const auto& layer : layers)
    for (const auto& block : layer.blocks) {
      ++all[block.name];
      if (layer.heats) ++heating[block.name];
    }
  std::vector<std::string> out;
  for (const auto& layer : layers)
    for (const auto& block : layer.blocks) {
      const bool alone = layer.heats ? heating[block.name] == 1 : all[block.name] == 1;
      out.push_back(alone ? block.name : layer.name + report.separator + block.name);
    }
  return out;
}

std::vector<std::size_t> shown_layers(const HeatReport& report, std::string_view which) {
  std::vector<std::size_t> out;
  const auto& layers = report.input.stack.layers;
  const auto& figures = report.heat.layers;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (which == "all" || (!which.empty() && figures[i].name == which)) out.push_back(i);
    if (!which.empty() || i >= layers.size() || !layers[i].heats) continue;
    if (out.empty() || figures[i].peak > figures[out[0]].peak) out.assign(1, i);
  }
  if (which.empty() && out.empty() && !figures.empty()) out.push_back(0);
  return out;
}

std::string heat_map_csv(const HeatReport& report, std::size_t layer) {
  const auto& shape = report.heat.shape;
  std::string out;
  for (std::size_t row = shape.rows; row-- > 0;)
    for (std::size_t column = 0; column < shape.columns; ++column)
      out += fmt::format(
          "{:.4f}{}", celsius(report.heat.ambient + report.heat.rise.cells[shape.cell(layer, row, column)]),
          column + 1 < shape.columns ? "," : "\n");
  return out;
}

std::string heat_csv(const HeatReport& report) {
  const auto names = block_names(report);
  std::string out;
  if (!report.transient) {
    out = "block,layer,power_w,mean_c,peak_c\n";
    for (std::size_t i = 0; i < report.heat.blocks.size(); ++i) {
      const auto& t = report.heat.blocks[i];
      out += fmt::format("{},{},{},{:.4f},{:.4f}\n", names[i], report.input.stack.layers[t.layer].name,
                         block_of(report, t).power, celsius(t.mean), celsius(t.peak));
    }
    return out;
  }
  out = "time_s";
  for (const auto& name : names) out += "," + name;
  out += '\n';
  for (std::size_t k = 0; k < report.transient->times.size(); ++k) {
    out += fmt::format("{}", report.transient->times[k]);
    for (const auto& block : report.transient->blocks[k]) out += fmt::format(",{:.4f}", celsius(block.mean));
    out += '\n';
  }
  return out;
}

}  // namespace marquetry::report
