// The page of the products: its tables are those that the library and the rebuilt designs give.
#include <fmt/format.h>

#include <array>
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "evaluation/prepare.h"
#include "evaluation/rebuilt.h"
#include "support/folder.h"
#include "support/project.h"
#include "units/text.h"

using namespace marquetry;

namespace {

const std::filesystem::path page = test::source_folder() / "docs" / "products.md";

struct Rebuilt {
  std::string file;
  const Product* product;
  std::vector<RebuiltFigure> figures;
};

// By the order of the library's products.
std::vector<Rebuilt> all_rebuilt(const Library& library) {
  std::vector<Rebuilt> out;
  for (const auto& [file, design] : test::rebuilt_designs(library)) {
    Diagnostics diagnostics;
    const auto prepared = prepare(library, design, diagnostics);
    REQUIRE(prepared);
    const auto* product = find(library.products, design.reference);
    const auto evaluation = evaluate(compose(*prepared, {}), prepared->models);
    out.push_back({file, product, rebuilt_figures(*product, design, evaluation)});
  }
  std::ranges::sort(out, {}, &Rebuilt::product);
  return out;
}

std::string print(double si, const Dimension& dimension) { return print_quantity(si, dimension, 4); }

// "+0.0", "[+2.6]" where it is excused, "-" where nothing is published.
std::string error_cell(const Rebuilt& rebuilt, std::string_view name) {
  const auto found = std::ranges::find(rebuilt.figures, name, &RebuiltFigure::figure);
  if (found == rebuilt.figures.end()) return "-";
  const double percent = 100 * found->off();
  const auto text = fmt::format("{:+.1f}", std::abs(percent) < 0.05 ? 0.0 : percent);
  return found->agreement() == Agreement::close ? text : "[" + text + "]";
}

std::string area_cell(const Rebuilt& rebuilt) {
  std::string out;
  for (const auto& figure : rebuilt.figures) {
    if (!figure.figure.starts_with("dies.")) continue;
    const auto die = figure.figure.substr(5, figure.figure.size() - 10);
    out += (out.empty() ? "" : ", ") + die + " " + error_cell(rebuilt, figure.figure);
  }
  return out.empty() ? "-" : out;
}

std::string summary(const Library& library) {
  std::string out =
      "| product | design | FP16 | 8 bit | bandwidth | capacity | power | area of its dies |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const auto& rebuilt : all_rebuilt(library)) {
    out += fmt::format("| {} | [{}](../{}) |", rebuilt.product->name,
                       std::filesystem::path{rebuilt.file}.stem().string(), rebuilt.file);
    for (const auto* name : {"peak", "peak_int8", "memory_bandwidth", "memory_capacity", "power"}) {
      out += " " + error_cell(rebuilt, name) + " |";
    }
    out += " " + area_cell(rebuilt) + " |\n";
  }
  return out;
}

std::string excuses(const Library& library) {
  std::string out = "| product | figure | published | ours | error | why |\n|---|---|---|---|---|---|\n";
  for (const auto& rebuilt : all_rebuilt(library)) {
    for (const auto& figure : rebuilt.figures) {
      if (figure.deviation == nullptr) continue;
      out += fmt::format("| {} | `{}` | {} | {} | {:+.1f} % | {} |\n", rebuilt.product->name, figure.figure,
                         print(figure.published, figure.dimension), print(figure.ours, figure.dimension),
                         100 * figure.off(), figure.deviation->why);
    }
  }
  return out;
}

std::string missing(const Library& library) {
  std::string out = "| product | why |\n|---|---|\n";
  for (const auto& product : library.products) {
    if (!product.not_rebuilt.empty()) out += fmt::format("| {} | {} |\n", product.name, product.not_rebuilt);
  }
  return out;
}

std::string disagreements(const Library& library) {
  std::string out;
  for (const auto& product : library.products) {
    for (const auto& line : disagreement_lines(product)) out += "* " + product.name + ", " + line + "\n";
  }
  return out;
}

// A die shot by LLMCompass's categories (ISCA 2024, artifact, figure 6), and its own model's areas; in mm2.
struct DieShot {
  std::string_view die;
  std::array<double, 5> measured, model;
};
constexpr std::array die_shots{
    DieShot{"GA100", {476.25, 119.31, 116.44, 89.77, 20.95}, {525.08, 113.71, 58.88, 97.14, 31.96}},
    DieShot{"Aldebaran", {446.22, 25.20, 37.00, 124.09, 87.52}, {414.96, 15.61, 43.45, 122.32, 69.91}}};

// Ours: the first design that rebuilds a product with that die.
std::array<double, 5> rebuilt_areas(const Library& library, std::string_view name) {
  for (const auto& [file, design] : test::rebuilt_designs(library)) {
    const auto& product = *find(library.products, design.reference);
    for (const auto& die : product.dies) {
      const auto d = counterpart(product, design, die);
      if (!die.name.starts_with(name) || !d) continue;
      Diagnostics diagnostics;
      const auto prepared = prepare(library, design, diagnostics);
      REQUIRE(prepared);
      const auto ours = die_contents(library, compose(*prepared, {}), *d);
      using unit::mm2;
      return {ours.cores / mm2, ours.caches / mm2, ours.fabric / mm2, ours.memories / mm2, ours.links / mm2};
    }
  }
  FAIL("no design rebuilds " << name);
  return {};
}

std::string areas(const Library& library) {
  constexpr std::array parts{"cores", "caches on the die", "interconnect and the rest",
                             "memory PHYs and controllers", "links, their controllers, other PHYs"};
  std::string out = "| part |", rule = "|---|", sums = "| whole die |";
  std::array<std::string, 5> rows{};
  for (const auto& [die, measured, model] : die_shots) {
    const auto ours = rebuilt_areas(library, die);
    out += fmt::format(" {}, measured | LLMCompass | ours |", die);
    rule += "---|---|---|";
    std::array<double, 3> total{};
    for (std::size_t part = 0; part < parts.size(); ++part) {
      const std::array values{measured[part], model[part], ours[part]};
      for (std::size_t i = 0; i < 3; ++i) {
        rows[part] += fmt::format(" {:.1f} |", values[i]);
        total[i] += values[i];
      }
    }
    for (const double value : total) sums += fmt::format(" {:.1f} |", value);
  }
  out += "\n" + rule + "\n";
  for (std::size_t part = 0; part < parts.size(); ++part)
    out += fmt::format("| {} |{}\n", parts[part], rows[part]);
  return out + sums + "\n";
}

// Between "<!-- name -->" and the next "<!-- end -->".
void hold(std::string& text, std::string_view name, const std::string& now, bool update) {
  const auto mark = fmt::format("<!-- {} -->\n", name);
  const auto begin = text.find(mark);
  REQUIRE(begin != std::string::npos);
  const auto at = begin + mark.size();
  const auto end = text.find("<!-- end -->", at);
  REQUIRE(end != std::string::npos);
  if (update) {
    text.replace(at, end - at, now);
  } else {
    CHECK(text.substr(at, end - at) == now);
  }
}

}  // namespace

TEST_CASE("the page of the products says of each what its design gives") {
  const bool update = std::getenv("UPDATE_GOLDEN") != nullptr;
  std::ostringstream read;
  read << std::ifstream{page}.rdbuf();
  auto text = read.str();
  const auto library = test::project_library();
  hold(text, "summary", summary(library), update);
  hold(text, "excuses", excuses(library), update);
  hold(text, "missing", missing(library), update);
  hold(text, "disagreements", disagreements(library), update);
  hold(text, "areas", areas(library), update);
  if (update) std::ofstream{page, std::ios::binary} << text;
}
