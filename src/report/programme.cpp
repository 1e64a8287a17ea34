#include "report/programme.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "report/evaluation_json.h"
#include "report/table.h"

namespace marquetry::report {
namespace {

double usd(Money<> money) { return money / unit::USD; }

// The products that use a design, with how many of it where that is not one.
std::string users(const Family& family, const FamilyDesign& design) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < family.products.size(); ++i) {
    if (design.counts[i] == 0) continue;
    const auto& id = family.products[i].id;
    names.push_back(design.counts[i] == 1 ? id : fmt::format("{} x {}", readable(design.counts[i]), id));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::string family_text(const Design& design, const Family& family, const Preset& preset) {
  std::string out = fmt::format("{}{}{}\n  a family of {} products\n", design.name,
                                design.title.empty() ? "" : ": ", design.title, family.products.size());
  Table table{.columns = {Align::left, Align::right, Align::right, Align::right, Align::right, Align::right,
                          Align::left},
              .rows = {{"product", "volume", "recurring", "NRE shared", "unit, USD", "NRE alone", ""}}};
  for (const auto& p : family.products) {
    table.rows.push_back({p.id, readable(p.volume), readable(usd(p.evaluation.cost.recurring)),
                          readable(usd(p.nre)), readable(usd(p.unit())), readable(usd(p.nre_alone)),
                          p.feasible ? "" : "NOT feasible"});
  }
  out += "\n" + print(table);
  Table once{.columns = {Align::left, Align::right, Align::left},
             .rows = {{"designed once", "MUSD", "used by"}}};
  for (const auto& d : family.designs) {
    once.rows.push_back({d.name, readable(usd(d.money) / 1e6), users(family, d)});
  }
  once.rows.push_back({"all of it", readable(usd(family.nre_total) / 1e6), ""});
  return out + "\n" + print(once) + fmt::format("\nanalytic rung, preset {}\n", preset.name);
}

nlohmann::ordered_json family_json(const Design& design, const Family& family, const Preset& preset) {
  using Json = nlohmann::ordered_json;
  Json products = Json::array();
  for (const auto& p : family.products) {
    products.push_back({{"product", p.id},
                        {"volume", count_or_number(p.volume)},
                        {"feasible", p.feasible},
                        {"cost",
                         {{"unit_usd", usd(p.unit())},
                          {"recurring_usd", usd(p.evaluation.cost.recurring)},
                          {"nre_per_unit_usd", usd(p.nre)},
                          {"nre_per_unit_alone_usd", usd(p.nre_alone)}}},
                        {"carbon", {{"embodied_kg", p.evaluation.carbon.embodied / unit::kgCO2}}}});
  }
  Json designs = Json::array();
  for (const auto& d : family.designs) {
    Json counts = Json::object();
    for (std::size_t i = 0; i < d.counts.size(); ++i) {
      if (d.counts[i] > 0) counts[family.products[i].id] = count_or_number(d.counts[i]);
    }
    designs.push_back({{"design", d.name}, {"usd", usd(d.money)}, {"used_by", std::move(counts)}});
  }
  return {{"design", design.name},     {"fidelity", "analytic"},
          {"preset", preset.name},     {"family", std::move(products)},
          {"nre", std::move(designs)}, {"nre_total_usd", usd(family.nre_total)}};
}

std::string lifetime_text(const Lifetime& lifetime) {
  Table table{.columns = {Align::right, Align::right, Align::right, Align::right, Align::right, Align::right},
              .rows = {{"year", "units", "defects", "wafers", "assembly yield", "recurring, USD"}}};
  for (std::size_t y = 0; y < lifetime.years.size(); ++y) {
    const auto& year = lifetime.years[y];
    table.rows.push_back({std::to_string(y + 1), readable(year.volume), fmt::format("x {:.2f}", year.defects),
                          fmt::format("x {:.2f}", year.wafer_price), readable(year.assembly_yield),
                          readable(usd(year.recurring))});
  }
  table.rows.push_back({"all", readable(lifetime.volume), "", "", "", readable(usd(lifetime.recurring))});
  return print(table) + fmt::format("  with NRE {} USD a unit\n", readable(usd(lifetime.unit)));
}

nlohmann::ordered_json lifetime_json(const Lifetime& lifetime) {
  using Json = nlohmann::ordered_json;
  Json years = Json::array();
  for (const auto& year : lifetime.years) {
    years.push_back({{"volume", count_or_number(year.volume)},
                     {"defects", year.defects},
                     {"wafer_price", year.wafer_price},
                     {"recurring_usd", usd(year.recurring)}});
  }
  return {{"years", std::move(years)},
          {"volume", count_or_number(lifetime.volume)},
          {"recurring_usd", usd(lifetime.recurring)},
          {"nre_per_unit_usd", usd(lifetime.nre)},
          {"unit_usd", usd(lifetime.unit)}};
}

}  // namespace marquetry::report
