#include <nlohmann/json.hpp>

#include "report/heat_figures.h"
#include "thermal/models.h"

namespace marquetry::report {
namespace {

using Json = nlohmann::ordered_json;

Json layers_json(const HeatReport& report) {
  auto out = Json::array();
  const auto& heat = report.heat;
  std::size_t at = 0;
  for (std::size_t i = 0; i < heat.layers.size(); ++i) {
    const auto& layer = heat.layers[i];
    const auto mm = [](double length, std::size_t index, std::size_t count) {
      return (static_cast<double>(index) + 0.5) / static_cast<double>(count) * length * 1e3;
    };
    Json row{{"name", layer.name},
             {"peak_c", celsius(layer.peak)},
             {"mean_c", celsius(layer.mean)},
             {"least_c", celsius(layer.least)},
             {"peak_at_mm",
              {mm(report.input.stack.width, layer.peak_column, heat.shape.columns),
               mm(report.input.stack.height, layer.peak_row, heat.shape.rows)}}};
    auto blocks = Json::array();
    for (; at < heat.blocks.size() && heat.blocks[at].layer == i; ++at) {
      const auto& t = heat.blocks[at];
      const auto& block = block_of(report, t);
      Json one{{"name", block.name},
               {"power_w", block.power},
               {"mean_c", celsius(t.mean)},
               {"peak_c", celsius(t.peak)}};
      if (block.limit > 0) one["limit_c"] = celsius(block.limit), one["margin_k"] = block.limit - t.peak;
      if (block.throttle > 0) one["soft_limit_c"] = celsius(block.throttle);
      blocks.push_back(std::move(one));
    }
    row["blocks"] = std::move(blocks);
    out.push_back(std::move(row));
  }
  return out;
}

Json blocks_json(const HeatReport& report) {
  const auto names = block_names(report);
  auto out = Json::object();
  for (std::size_t i = 0; i < names.size(); ++i) out[names[i]] = celsius(report.heat.blocks[i].mean);
  // The area-weighted mean of the parts.
  for (const auto& one : report.unions) {
    double area = 0, sum = 0;
    for (const auto& t : report.heat.blocks) {
      if (t.layer != one.layer || t.block < one.first || t.block >= one.first + one.count) continue;
      const auto& block = block_of(report, t);
      area += block.width * block.height;
      sum += block.width * block.height * celsius(t.mean);
    }
    const auto name = out.contains(one.name)
                          ? report.input.stack.layers[one.layer].name + report.separator + one.name
                          : one.name;
    out[name] = sum / area;
  }
  return out;
}

Json transient_json(const HeatReport& report) {
  const auto& t = *report.transient;
  Json out{
      {"state", arrival_words(t.arrival)},
      {"times_s", t.times},
      {"names", block_names(report)},
      {"blocks_c", Json::array()},
      {"peak_c", celsius(t.peak.temperature)},
      {"peak_at_s", t.peak.time},
      {"integrator",
       report.march && report.march->integrator == thermal::Integrator::euler ? "backward Euler" : "TR-BDF2"},
      {"steps", t.steps},
      {"rejected", t.rejected},
      {"step_error_k", t.step_error},
      {"supplied_j", t.supplied},
      {"stored_j", t.stored},
      {"lost_j", t.lost}};
  for (const auto& blocks : t.blocks) {
    auto row = Json::array();
    for (const auto& block : blocks) row.push_back(celsius(block.mean));
    out["blocks_c"].push_back(std::move(row));
  }
  const auto names = block_names(report);
  auto crossings = Json::array();
  for (const auto& c : t.crossings)
    crossings.push_back({{"block", names[c.block]}, {"limit_c", celsius(c.limit)}, {"time_s", c.time}});
  out["crossings"] = std::move(crossings);
  return out;
}

Json distance_json(const thermal::Distance& distance) {
  if (!distance.found) return nullptr;
  return {{"last_stable", distance.last_stable}, {"first_runaway", distance.first_runaway}};
}

Json runaway_json(const HeatReport& report) {
  const auto& r = *report.runaway;
  const auto names = block_names(report);
  return {{"loop_gain", r.loop.gain},
          {"block", r.loop.block < names.size() ? names[r.loop.block] : ""},
          {"block_part", r.loop.part},
          {"power_margin_w", r.watts},
          {"power_factor", distance_json(r.power)},
          {"leakage_factor", distance_json(r.leakage)},
          {"ambient_rise_k", distance_json(r.ambient)}};
}

// There are no temperatures to tell.
Json unstable_json(const HeatReport& report) {
  const auto names = block_names(report);
  const auto block = report.runaway ? report.runaway->loop.block : names.size();
  Json out{
      {"name", report.input.stack.name},
      {"model", thermal::row(report.input.settings.model).name},
      {"blocks_c", Json::object()},
      {"peak_c", nullptr},
      {"mean_c", nullptr},
      {"violations", {{{"block", block < names.size() ? names[block] : ""}, {"kind", "thermal runaway"}}}},
      {"accuracy", {{"state", state_words(report.heat.outcome.state)}}}};
  if (report.runaway) out["runaway"] = runaway_json(report);
  out["notes"] = report.input.notes;
  out["run"] = {{"seconds", report.seconds}, {"threads", 1}};
  return out;
}

}  // namespace

nlohmann::ordered_json heat_json(const HeatReport& report) {
  const auto& heat = report.heat;
  if (heat.outcome.state == conduction::State::indefinite) return unstable_json(report);
  const auto spot = hot_spot(report);
  Json out{
      {"name", report.input.stack.name},
      {"model", thermal::row(report.input.settings.model).name},
      {"blocks_c", blocks_json(report)},
      {"peak_c", celsius(heat.peak)},
      {"mean_c", celsius(heat.mean)},
      {"ambient_c", celsius(heat.ambient)},
      {"power_w", heat.power},
      {"leakage_w", heat.leakage},
      {"hot_spot",
       {{"layer", heat.layers[spot.layer].name},
        {"block", spot.block},
        {"x_mm", spot.x * 1e3},
        {"y_mm", spot.y * 1e3}}},
      {"grid", {{"columns", heat.shape.columns}, {"rows", heat.shape.rows}, {"layers", heat.shape.layers}}},
      {"layers", layers_json(report)}};
  auto broken = Json::array();
  for (const auto& v : violations(report))
    broken.push_back({{"block", v.block},
                      {"kind", v.is_hard ? "limit" : "soft limit"},
                      {"limit_c", celsius(v.limit)},
                      {"temperature_c", celsius(v.temperature)},
                      {"excess_k", v.temperature - v.limit}});
  if (is_beyond_cooling(report))
    broken.push_back({{"kind", "heat flux"},
                      {"limit_w_per_cm2", report.flux->limit * 1e-4},
                      {"flux_w_per_cm2", report.flux->hottest * 1e-4}});
  out["violations"] = std::move(broken);
  const auto& outcome = heat.outcome;
  out["accuracy"] = {{"state", state_words(outcome.state)},
                     {"asked_k", report.tolerance},
                     {"bound_k", outcome.bound},
                     {"estimate_k", outcome.estimate},
                     {"residual_w", outcome.residual},
                     {"iterations", outcome.iterations},
                     {"imbalance", outcome.imbalance},
                     {"rounds", heat.outer},
                     {"rounds_leave_k", heat.remainder}};
  if (report.other)
    out["other_model"] = {{"model", thermal::row(report.other->settings.model).name},
                          {"peak_c", celsius(report.other->peak)},
                          {"this_model_peak_c", celsius(report.other->same_cells)},
                          {"cells", {report.other->settings.columns, report.other->settings.rows}},
                          {"why", thermal::row(thermal::Model::hotspot7).difference}};
  if (report.transient) out["transient"] = transient_json(report);
  if (report.runaway) out["runaway"] = runaway_json(report);
  if (report.gradient) out["gradient"] = gradient_json(report);
  out["notes"] = report.input.notes;
  out["run"] = {{"seconds", report.seconds}, {"threads", 1}};
  return out;
}

}  // namespace marquetry::report
