#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "base/wrap.h"
#include "report/heat_figures.h"
#include "report/table.h"
#include "thermal/models.h"

namespace marquetry::report {
namespace {

constexpr std::size_t shown_blocks = 16;

std::string degrees(double kelvin) { return fmt::format("{:.2f}", celsius(kelvin)); }

std::string head(const HeatReport& report) {
  const auto& heat = report.heat;
  const auto spot = hot_spot(report);
  auto out = fmt::format("{}: {} W, ambient {} degC, {} x {} cells in {} layers, model {}\n",
                         report.input.stack.name, significant(heat.power, 5),
                         significant(celsius(heat.ambient), 4), heat.shape.columns, heat.shape.rows,
                         heat.shape.layers, thermal::row(report.input.settings.model).name);
  out += fmt::format("  hottest  {} degC in layer {}{} at ({:.3f}, {:.3f}) mm\n", degrees(heat.peak),
                     heat.layers[spot.layer].name, spot.block.empty() ? "" : ", " + spot.block, spot.x * 1e3,
                     spot.y * 1e3);
  out += fmt::format("  mean     {} degC where power is\n", degrees(heat.mean));
  if (heat.leakage > 0)
    out += fmt::format("  {} W of the power leak, in balance with the temperature\n",
                       significant(heat.leakage, 4));
  return out;
}

std::string line(const std::string& words) { return wrapped("  " + words, "  ", 100); }

std::string accuracy(const HeatReport& report) {
  const auto& outcome = report.heat.outcome;
  const auto bound = std::isfinite(outcome.bound)
                         ? fmt::format("no temperature is further than {} K from the model's (proved)",
                                       significant(outcome.bound, 2))
                         : fmt::format("temperatures are about {} K from the model's (estimated)",
                                       significant(outcome.estimate, 2));
  auto out = line(bound);
  out += line(fmt::format("{} iterations; power in and out differ by {} of it", outcome.iterations,
                          significant(outcome.imbalance, 2)));
  if (report.heat.outer > 1)
    out +=
        line(fmt::format("conductivities as they fall when hot: {} rounds, which leave about {} K "
                         "(estimated)",
                         report.heat.outer, significant(report.heat.remainder, 2)));
  return out;
}

std::string layer_table(const HeatReport& report) {
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right},
              .rows = {{"layer, from the top", "peak", "mean", "least degC"}}};
  for (auto layer = report.heat.layers.rbegin(); layer != report.heat.layers.rend(); ++layer)
    table.rows.push_back({layer->name, degrees(layer->peak), degrees(layer->mean), degrees(layer->least)});
  return print(table);
}

std::string block_table(const HeatReport& report) {
  const auto names = block_names(report);
  const auto& blocks = report.heat.blocks;
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < blocks.size(); ++i)
    if (report.input.stack.layers[blocks[i].layer].heats && matters(block_of(report, blocks[i])))
      order.push_back(i);
  std::ranges::stable_sort(order, [&](auto a, auto b) { return blocks[a].peak > blocks[b].peak; });
  const bool limited =
      std::ranges::any_of(order, [&](auto i) { return block_of(report, blocks[i]).limit > 0; });
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right},
              .rows = {{"block, hottest first", "power W", "mean", "peak degC"}}};
  if (limited) {
    table.columns.insert(table.columns.end(), {Align::right, Align::right});
    table.rows[0].insert(table.rows[0].end(), {"limit", "margin K"});
  }
  for (std::size_t k = 0; k < std::min(order.size(), shown_blocks); ++k) {
    const auto& t = blocks[order[k]];
    const auto& block = block_of(report, t);
    table.rows.push_back({names[order[k]], significant(block.power, 4), degrees(t.mean), degrees(t.peak)});
    if (!limited) continue;
    const bool has = block.limit > 0;
    table.rows.back().push_back(has ? significant(celsius(block.limit), 4) : "-");
    table.rows.back().push_back(has ? fmt::format("{:.2f}", block.limit - t.peak) : "-");
  }
  auto out = order.empty() ? std::string{} : print(table);
  if (order.size() > shown_blocks)
    out += fmt::format("  and {} cooler ones: --csv FILE writes all\n", order.size() - shown_blocks);
  return out;
}

std::string violation_text(const HeatReport& report) {
  std::string out;
  bool warm = false;
  if (is_beyond_cooling(report))
    out +=
        fmt::format("  beyond its limit: a die gives {} W/cm2, and the cooling takes {} W/cm2\n",
                    significant(report.flux->hottest * 1e-4, 3), significant(report.flux->limit * 1e-4, 3));
  for (const auto& v : violations(report)) {
    out += line(fmt::format("{}: {} has {} degC, {} K above {} degC", v.is_hard ? "beyond its limit" : "warm",
                            v.block, degrees(v.temperature), significant(v.temperature - v.limit, 3),
                            significant(celsius(v.limit), 4)));
    warm = warm || !v.is_hard;
  }
  if (warm) out += "  warm: logic slows down, and DRAM refreshes twice as often\n";
  return out;
}

std::string other_text(const HeatReport& report) {
  if (!report.other) return {};
  const auto& other = *report.other;
  return fmt::format("  model {} has a peak of {:.1f} degC, this one {:.1f} degC, on {} x {} cells\n",
                     thermal::row(other.settings.model).name, celsius(other.peak), celsius(other.same_cells),
                     other.settings.columns, other.settings.rows) +
         line(fmt::format("hotspot7: {}", thermal::row(thermal::Model::hotspot7).difference));
}

std::string runaway_text(const HeatReport& report) {
  if (!report.runaway) return {};
  const auto& r = *report.runaway;
  const auto names = block_names(report);
  const auto block = r.loop.block < names.size() ? names[r.loop.block] : std::string{"no block"};
  const bool runs = report.heat.outcome.state == conduction::State::indefinite;
  auto out = runs
                 ? fmt::format(
                       "  thermal runaway: leakage grows faster than heat leaves, most of all in {}\n", block)
                 : fmt::format("  loop gain of leakage {} (1: runaway), most of it in {}\n",
                               significant(r.loop.gain, 3), block);
  if (r.power.found && r.power.last_stable > 0 && std::isfinite(r.power.last_stable))
    out += fmt::format("  stable up to {} times the switched power ({} W {})\n",
                       significant(r.power.last_stable, 4), significant(std::abs(r.watts), 4),
                       r.watts < 0 ? "less than now" : "more than now");
  if (r.alone) out += "  not stable even without any switched power\n";
  if (r.leakage.found && r.leakage.last_stable > 0 && std::isfinite(r.leakage.last_stable))
    out += fmt::format("  stable up to {} times the leakage\n", significant(r.leakage.last_stable, 4));
  const double warmest = report.heat.ambient + r.ambient.last_stable;
  if (r.ambient.found && warmest <= 0)
    out += "  not stable at any ambient\n";
  else if (r.ambient.found && std::isfinite(warmest))
    out += fmt::format("  stable up to an ambient of {} degC\n", significant(celsius(warmest), 4));
  return out;
}

std::string transient_text(const HeatReport& report) {
  if (!report.transient) return {};
  const auto& t = *report.transient;
  const auto names = block_names(report);
  auto out = fmt::format("transient: {} over {} s, {} steps{}\n  hottest  {} degC after {} s\n",
                         arrival_words(t.arrival), significant(t.time, 4), t.steps,
                         t.step_error > 0
                             ? fmt::format(", largest error of a step {} K", significant(t.step_error, 2))
                             : std::string{},
                         degrees(t.peak.temperature), significant(t.peak.time, 4));
  for (const auto& c : t.crossings)
    out += fmt::format("  {} reaches {} degC after {} s\n", names[c.block], significant(celsius(c.limit), 4),
                       significant(c.time, 4));
  return out;
}

}  // namespace

HotSpot hot_spot(const HeatReport& report) {
  const auto& heat = report.heat;
  const auto& stack = report.input.stack;
  HotSpot out;
  for (std::size_t i = 1; i < heat.layers.size(); ++i)
    if (heat.layers[i].peak > heat.layers[out.layer].peak) out.layer = i;
  const auto& layer = heat.layers[out.layer];
  const auto middle = [](std::size_t index, std::size_t count) {
    return (static_cast<double>(index) + 0.5) / static_cast<double>(count);
  };
  out.x = middle(layer.peak_column, heat.shape.columns) * stack.width;
  out.y = middle(layer.peak_row, heat.shape.rows) * stack.height;
  if (out.layer < stack.layers.size())
    for (const auto& b : stack.layers[out.layer].blocks)
      if (out.x >= b.x && out.x <= b.x + b.width && out.y >= b.y && out.y <= b.y + b.height) {
        out.block = b.name;
        break;
      }
  return out;
}

std::string_view state_words(conduction::State state) {
  switch (state) {
    case conduction::State::solved:
      return "solved";
    case conduction::State::not_converged:
      return "not converged";
    case conduction::State::floating:
      return "nothing takes the heat away";
    case conduction::State::indefinite:
      return "thermal runaway";
    case conduction::State::interrupted:
      return "interrupted";
  }
  return {};
}

std::string_view arrival_words(thermal::Arrival arrival) {
  switch (arrival) {
    case thermal::Arrival::finished:
      return "finished";
    case thermal::Arrival::interrupted:
      return "interrupted";
    case thermal::Arrival::out_of_steps:
      return "out of steps";
    case thermal::Arrival::runaway:
      return "thermal runaway";
    case thermal::Arrival::not_converged:
      return "not converged";
  }
  return {};
}

std::string heat_text(const HeatReport& report) {
  if (report.heat.outcome.state == conduction::State::indefinite)
    return fmt::format("{}: thermal runaway\n", report.input.stack.name) + runaway_text(report);
  std::string out = head(report) + accuracy(report) + violation_text(report) + runaway_text(report) +
                    other_text(report) + block_table(report) + layer_table(report) + gradient_text(report) +
                    transient_text(report);
  for (const auto& note : report.input.notes) out += fmt::format("  note: {}\n", note);
  return out;
}

}  // namespace marquetry::report
