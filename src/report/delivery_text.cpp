#include "report/delivery.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "report/table.h"

namespace marquetry::report {
namespace {

using delivery::Case;
using delivery::Report;

constexpr double milli = 1e-3, micro = 1e-6, nano = 1e-9, pico = 1e-12, mega = 1e6;

Table begun(std::vector<std::string> heads) {
  Table table{.columns = std::vector(heads.size(), Align::right), .rows = {std::move(heads)}};
  table.columns.front() = Align::left;
  return table;
}

std::string nets_text(const Report& report) {
  auto table = begun({"net", "A", "worst drop, mV", "%", "lost in metal, W", "in regulators, W", "takes, W"});
  for (const auto& net : report.nets)
    table.rows.push_back({net.name, readable(net.current), readable(net.worst() / milli),
                          readable(100 * net.worst() / net.voltage), readable(net.loss),
                          readable(net.regulator), readable(net.supplied)});
  return print(table);
}

std::string dies_text(const Report& report) {
  auto table = begun({"die", "V", "A", "worst drop, mV", "%", "mean, mV", "limit, mV", ""});
  table.columns.back() = Align::left;
  for (const auto& net : report.nets)
    for (const auto& die : net.dies)
      table.rows.push_back({die.die, readable(net.voltage), readable(die.current),
                            readable(die.worst / milli), readable(100 * die.worst / net.voltage),
                            readable(die.mean / milli), readable(die.limit / milli),
                            die.holds() ? "" : "beyond"});
  return print(table);
}

std::string joints_text(const Case& given, const Report& report) {
  auto table = begun({"bumps, vias, balls", "net", "there", "needed", "A", "most in one, mA", "limit, mA",
                      "lost, W", "one more, nV", ""});
  table.columns[1] = table.columns.back() = Align::left;
  for (std::size_t n = 0; n < report.nets.size(); ++n)
    for (std::size_t j = 0; j < report.nets[n].joints.size(); ++j) {
      const auto& kind = report.nets[n].joints[j];
      std::string needed;
      for (const auto& need : report.needs)
        if (need.net == n && need.joints == j && !kind.in_ground)
          needed = need.need.is_met ? readable(need.need.count) : "none is enough";
      table.rows.push_back({kind.name, given.nets[n].name, readable(kind.count), needed,
                            readable(kind.current), readable(kind.worst / milli),
                            kind.limit > 0 ? readable(kind.limit / milli) : "", readable(kind.loss),
                            readable(kind.change / nano), kind.holds() ? "" : "beyond"});
    }
  return print(table);
}

// The bump map: what each die needs of its sites.
std::string sites_text(const Case& given, const Report& report) {
  auto table = begun({"bumps of", "sites", "pitch, um", "for signals", "left for supply and ground", "needed",
                      "least die, mm2", ""});
  table.columns.back() = Align::left;
  for (const auto& room : report.rooms) {
    const auto& sites = given.sites[room.sites];
    table.rows.push_back({sites.die, readable(sites.all), readable(sites.pitch / micro),
                          readable(sites.signals), readable(sites.available()), readable(room.needed),
                          readable(room.least_area / micro),
                          room.holds(sites) ? (room.is_met ? "" : "for its current alone") : "beyond"});
  }
  return table.rows.size() == 1 ? "" : print(table) + "\n";
}

std::string losses_text(const Report& report) {
  struct Part {
    std::string name{};
    double loss{};
  };
  std::vector<Part> parts;
  const auto add = [&](const std::string& name, double loss) {
    const auto found = std::ranges::find(parts, name, &Part::name);
    if (found == parts.end()) {
      parts.push_back({name, loss});
    } else {
      found->loss += loss;
    }
  };
  for (const auto& net : report.nets) {
    for (const auto& feed : net.feeds) add("leads of the " + feed.name, feed.loss);
    for (const auto& sheet : net.sheets) add("metal of " + sheet.name, sheet.loss);
    double dies = 0;
    for (const auto& kind : net.joints) {
      if (kind.name.starts_with("bumps of ") && kind.name != "bumps of the carrier") {
        dies += kind.loss;
      } else {
        add(kind.name, kind.loss);
      }
    }
    if (dies > 0) add("bumps of the dies", dies);
    add("regulators", net.regulator);
  }
  std::ranges::stable_sort(parts, std::ranges::greater{}, &Part::loss);
  Table table{.columns = {Align::left, Align::right, Align::right}, .rows = {}};
  for (const auto& part : parts)
    table.rows.push_back({part.name, readable(part.loss) + " W",
                          readable(report.supplied > 0 ? 100 * part.loss / report.supplied : 0) + " %"});
  return fmt::format("  lost on the way: {} W of {} W, {} %\n", readable(report.supplied - report.loads),
                     readable(report.supplied), readable(100 * report.lost_share())) +
         print(table, "    ");
}

std::string package_text(double watts) {
  return fmt::format(
      "  In metal of the package: {} W, which the physical rung adds to `power.total`. Leads, board and\n"
      "  regulators stand before the package; of them `power.total` has the last regulators alone.\n",
      readable(watts));
}

std::string decoupling_text(const Case& given, const Report& report) {
  auto table =
      begun({"decoupling (estimate)", "step, A", "target, mohm", "L, pH", "on the dies, uF", "needed, uF",
             "in the package, uF", "needed, uF", "droop, mV", "allowed, mV", "MHz", ""});
  for (std::size_t n = 0; n < report.decoupling.size(); ++n) {
    const auto& d = report.decoupling[n];
    if (d.step <= 0) continue;
    table.rows.push_back({given.nets[n].name, readable(d.step), readable(d.impedance / milli),
                          readable(d.inductance / pico), readable(d.on_die / micro),
                          readable(d.on_die_needed / micro), readable(d.in_package / micro),
                          readable(d.in_package_needed / micro), d.is_known ? readable(d.droop / milli) : "",
                          readable(d.allowed / milli), d.is_known ? readable(d.resonance / mega) : "",
                          d.holds() ? "" : "beyond"});
  }
  if (table.rows.size() == 1) return "";
  table.columns.back() = Align::left;
  return print(table) + "  The droop is that of a lossless circuit and a sudden step: at most so much.\n\n";
}

}  // namespace

std::string delivery_text(const Case& given, const Report& report, const DeliveryRun& run) {
  std::string out =
      fmt::format("Power delivery of {}{}\n\n", given.name, run.delivery.empty() ? "" : ": " + run.delivery);
  out += nets_text(report) + "\n" + dies_text(report) + "\n" + joints_text(given, report) +
         "  There and needed: of the supply; as many again for its ground where that mirrors it.\n\n" +
         sites_text(given, report) + losses_text(report) + (run.package ? package_text(*run.package) : "") +
         "\n" + decoupling_text(given, report);
  if (report.violations.empty()) {
    out += "  All limits hold.\n";
  } else {
    out += "  Beyond a limit:\n";
    for (const auto& v : report.violations) out += fmt::format("    {}\n      {}\n", v.message, v.hint);
  }
  double bound = 0, imbalance = 0;
  int iterations = 0;
  for (const auto& net : report.nets) {
    bound = std::max(bound, net.outcome.bound);
    imbalance = std::max(imbalance, net.imbalance);
    iterations += net.outcome.iterations;
  }
  out += fmt::format(
      "\n  {} x {} cells, {} iterations; every drop within {} uV{}, power balanced to {:.1e}\n",
      given.plane.columns, given.plane.rows, iterations, std::isfinite(bound) ? readable(bound / micro) : "?",
      std::isfinite(bound) ? " (proved)" : "", imbalance);
  if (!report.is_solved()) out += "  Not every net was solved: what stands here is not to be relied on.\n";
  return out;
}

FieldMap drop_map(const Case& given, const Report& report) {
  FieldMap map{.title = "Voltage drop of " + given.name,
               .subtitle = "share of each die's voltage, highest metal at each place",
               .unit = "%",
               .spot_name = "worst drop",
               .width = given.plane.width,
               .height = given.plane.height,
               .limits = {{100 * given.limits.steady, "limit"}}};
  FieldPanel panel{.title = "dies", .columns = given.plane.columns, .rows = given.plane.rows};
  const std::size_t each = panel.columns * panel.rows;
  panel.values.assign(each, 0);
  std::vector<std::size_t> height(each);  // layer + 1 of what is shown
  for (std::size_t n = 0; n < report.nets.size(); ++n) {
    const auto& net = given.nets[n];
    const bool feeds_another =
        std::ranges::any_of(net.loads, [](const delivery::Load& load) { return load.of_net.has_value(); });
    if (feeds_another) continue;
    const auto cells = delivery::mesh(given.plane, net.supply);
    for (std::size_t i = 0; i < each; ++i)
      for (std::size_t l = net.supply.layers.size(); l-- > 0;) {
        if (!cells.owners[l * each + i]) continue;
        const double share = 100 * report.nets[n].drop[l * each + i] / net.voltage;
        if (l + 1 > height[i] || (l + 1 == height[i] && share > panel.values[i])) panel.values[i] = share;
        height[i] = std::max(height[i], l + 1);
        break;
      }
    for (std::size_t l = 0; l < net.loads.size(); ++l) {
      const auto& load = net.loads[l];
      const bool is_shown = std::ranges::any_of(
          net.loads.begin(), net.loads.begin() + static_cast<std::ptrdiff_t>(l), [&](const auto& other) {
            return other.die == load.die && other.region && other.region == load.region;
          });
      if (is_shown) continue;
      const auto die = std::ranges::find(report.nets[n].dies, load.die, &delivery::DieDrop::die);
      const auto& [x, y, width, depth] =
          load.region ? net.supply.layers[load.layer].regions[*load.region].rect : load.rect;
      panel.outlines.push_back({.name = load.die,
                                .x = x,
                                .y = y,
                                .width = width,
                                .height = depth,
                                .words = readable(die->worst / milli) + " mV",
                                .is_beyond = !die->holds()});
    }
  }
  map.panels.push_back(std::move(panel));
  return map;
}

}  // namespace marquetry::report
