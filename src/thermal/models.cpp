#include "thermal/models.h"

#include <algorithm>
#include <array>

namespace marquetry::thermal {
namespace {

constexpr std::array rows{
    ModelRow{
        .model = Model::physical,
        .name = "physical",
        .what = "cell-centred finite volumes",
        .source =
            "Patankar, Numerical Heat Transfer and Fluid Flow, 1980, section 4.2; spreader and sink beyond "
            "the footprint: Huang et al., IEEE Trans. VLSI 14(5), 2006",
        .difference = "Half of each cell's resistance lies on both sides of every face, and the convection "
                      "counts once.",
    },
    ModelRow{
        .model = Model::hotspot7,
        .name = "hotspot7",
        .what = "the network of HotSpot 7's grid model, defects included",
        .source = "github.com/uvahotspot/HotSpot, temperature_grid.c",
        .difference =
            "Under the die about 1.5 times the convection is counted (detailed_3D on) or the upper "
            "half of every face is left out and blocks' own materials are ignored (off); the lateral "
            "resistances of rows and columns are exchanged; capacities are a third. For comparison "
            "with HotSpot only: peaks are off by up to tens of kelvin.",
    },
};

}  // namespace

std::span<const ModelRow> models() { return rows; }

const ModelRow& row(Model model) { return *std::ranges::find(rows, model, &ModelRow::model); }

const ModelRow* find_model(std::string_view name) {
  const auto* found = std::ranges::find(rows, name, &ModelRow::name);
  return found == rows.end() ? nullptr : found;
}

}  // namespace marquetry::thermal
