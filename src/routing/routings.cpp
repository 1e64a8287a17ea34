#include "routing/routings.h"

#include <algorithm>
#include <array>

#include "routing/adaptive.h"
#include "routing/dimension_order.h"
#include "routing/rows.h"
#include "routing/tables.h"

namespace marquetry::routing {
namespace {

using topology::Family;
using topology::Graph;

Made in_order(const char* name, const Graph& graph, std::uint32_t vcs, Express express, std::string& why) {
  const auto ports = dimension_order_ports(graph, Dimensions::ascending, express, why);
  if (!ports) return std::nullopt;
  return table(name, graph, *ports, vcs);
}

Made dimension_order(const Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family == Family::arbitrary || graph.shape.family == Family::torus) {
    const auto on = grid(graph, why);
    if (!on) return std::nullopt;
    if (on->wraps) return torus_order(graph, vcs, why);
  }
  return in_order("dimension-order", graph, vcs, Express::left_out, why);
}

Made dimension_order_express(const Graph& graph, std::uint32_t vcs, std::string& why) {
  if (graph.shape.family != Family::concentrated_mesh) {
    why = "only a concentrated mesh has express channels";
    return std::nullopt;
  }
  return in_order("dimension-order-express", graph, vcs, Express::taken, why);
}

constexpr std::array table_of_routings{
    Row{"shortest", "shortest paths; the lowest router last, as BookSim2 breaks ties", shortest},
    Row{"shortest-lowest-id", "fewest links; the lowest router next, as RapidChiplet breaks ties",
        shortest_lowest_id},
    Row{"shortest-balanced", "shortest paths; of equal ones that with the least load, greedily",
        shortest_balanced},
    Row{"shortest-layered", "shortest paths, in layers of virtual channels that break all circles",
        shortest_layered},
    Row{"up-down", "up a tree to a common router, then down: free of deadlock on any graph", up_down},
    Row{"turn-prohibition", "shortest paths without the turns that close circles, on any graph",
        turn_prohibition},
    Row{"dimension-order", "one dimension after the other; on a torus the shorter way around",
        dimension_order},
    Row{"dimension-order-express", "the same, over the express channels of a concentrated mesh",
        dimension_order_express},
    Row{"dimension-order-balanced", "the same on a torus, with virtual channels used more evenly",
        balanced_torus_order},
    Row{"xy-yx", "the first dimension first or last, by lot", xy_yx},
    Row{"xy-yx-express", "the same, over the express channels of a concentrated mesh", xy_yx_express},
    Row{"minimal-adaptive", "any minimal direction; dimension order, else up*/down*, to escape",
        minimal_adaptive},
    Row{"minimal-adaptive-booksim2", "the same as BookSim2 does it: only in the lowest dimension",
        booksim_minimal_adaptive},
    Row{"valiant", "by way of a node drawn by lot", valiant},
    Row{"valiant-booksim2", "the same with BookSim2's virtual channels, which can deadlock", booksim_valiant},
    Row{"romm", "by way of a node drawn between source and destination", romm},
    Row{"nearest-common-ancestor", "up a fat tree by lot, then down", nearest_common_ancestor},
};

// Names and topologies as BookSim2 registers them (src/routefunc.cpp and src/networks).
struct BookSim {
  std::string_view function{}, topology{}, row{};
};
constexpr std::array booksim{
    BookSim{"min", "anynet", "shortest"},
    BookSim{"dor", "mesh", "dimension-order"},
    BookSim{"dim_order", "mesh", "dimension-order"},
    BookSim{"xy_yx", "mesh", "xy-yx"},
    BookSim{"min_adapt", "mesh", "minimal-adaptive-booksim2"},
    BookSim{"valiant", "mesh", "valiant-booksim2"},
    BookSim{"romm", "mesh", "romm"},
    BookSim{"dim_order", "torus", "dimension-order"},
    BookSim{"dim_order_bal", "torus", "dimension-order-balanced"},
    BookSim{"min_adapt", "torus", "minimal-adaptive-booksim2"},
    BookSim{"valiant", "torus", "valiant"},
    BookSim{"dor", "cmesh", "dimension-order-express"},
    BookSim{"dor_no_express", "cmesh", "dimension-order"},
    BookSim{"xy_yx", "cmesh", "xy-yx-express"},
    BookSim{"xy_yx_no_express", "cmesh", "xy-yx"},
    BookSim{"ran_min", "flatfly", "dimension-order"},
    BookSim{"xyyx", "flatfly", "xy-yx"},
    BookSim{"valiant", "flatfly", "valiant-booksim2"},
    BookSim{"nca", "fattree", "nearest-common-ancestor"},
};

}  // namespace

std::span<const Row> rows() { return table_of_routings; }

const Row* find(std::string_view name) {
  const auto* const found = std::ranges::find(table_of_routings, name, &Row::name);
  return found == table_of_routings.end() ? nullptr : &*found;
}

const Row* find_booksim(std::string_view routing_function, std::string_view topology) {
  for (const auto& row : booksim) {
    if (row.function == routing_function && row.topology == topology) return find(row.row);
  }
  return nullptr;
}

}  // namespace marquetry::routing
