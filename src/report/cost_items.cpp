#include "report/cost_items.h"

namespace marquetry::report {
namespace {

struct Items {
  std::vector<CostItem> list{};
  void add(std::string item, Money<> money) {
    if (money.si() != 0) list.push_back({std::move(item), money});
  }
};

}  // namespace

std::vector<CostItem> cost_by_part(const Design& design, const cost::UnitCost<double>& cost) {
  Items items;
  for (std::size_t d = 0; d < cost.dies.size(); ++d) items.add("dies: " + design.dies[d].id, cost.dies[d]);
  for (std::size_t m = 0; m < cost.memories.size(); ++m) {
    items.add("memory: " + design.memories[m].id, cost.memories[m]);
  }
  items.add("interposer", cost.carrier);
  items.add("substrate", cost.substrate);
  items.add("assembly", cost.assembly);
  items.add("tests of stacks and packages", cost.test);
  items.add("scrapped in assembly", cost.scrap());
  items.add("NRE", cost.nre);
  return std::move(items.list);
}

std::vector<CostItem> cost_waterfall(const System<double>& system, const cost::UnitCost<double>& cost) {
  Items items;
  items.add("wafers, all dies good", cost.silicon);
  items.add("dies that are bad", cost.bad_dies);
  items.add("wafer sort", cost.sort);
  items.add("bumps", cost.bumps);
  Money<> memories{};
  for (const auto& memory : cost.memories) memories += memory;
  items.add("memories", memories);
  items.add("interposer", cost.carrier - cost.bad_carriers);
  items.add("interposers that are bad", cost.bad_carriers);
  items.add("bonding", cost.bonding);
  items.add("cooling", system.cooling.price);
  items.add("bridges, lid, balls, handling", cost.assembly - cost.bonding - system.cooling.price);
  items.add("substrate", cost.substrate);
  items.add("tests of stacks and packages", cost.test);
  items.add("good dies scrapped in assembly", cost.scrap_dies);
  items.add("memories scrapped in assembly", cost.scrap_memories);
  items.add("the rest that assembly scraps", cost.scrap_package);
  items.add("NRE", cost.nre);
  items.add("bad units that were shipped", cost.per_good_unit - cost.unit);
  return std::move(items.list);
}

}  // namespace marquetry::report
