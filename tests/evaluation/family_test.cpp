// Families of products and products over the years.
#include "evaluation/family.h"

#include <catch2/catch.hpp>

#include "evaluation/lifetime.h"
#include "support/folder.h"
#include "support/project.h"

using namespace marquetry;

namespace {

const std::string head = R"(format = 1
name = "family"
packaging = "organic-mcm"
cooling = "air-vapour-chamber"
test = "standard"
[variables]
dies = [1, 2, 4]
[dies.compute]
node = "tsmc-n7"
count = "$dies"
clock = "1.2 GHz"
modules = { matrix-core = 16 }
)";

Family family_of(const std::string& products, const Preset& preset = presets.front()) {
  const auto& library = test::project_library();
  const test::Folder folder;
  const auto file = folder.write("family.toml", head + products);
  Diagnostics diagnostics;
  const auto design = load_design(file, library, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(design);
  auto family = evaluate_family(library, *design, preset, diagnostics);
  INFO(render_all(diagnostics));
  REQUIRE(family);
  return *family;
}

const std::string small = "[[product]]\nid = \"small\"\nvolume = 1000\nset = { dies = 1 }\n";
const std::string large = "[[product]]\nid = \"large\"\nvolume = 500\nset = { dies = 4 }\n";

}  // namespace

TEST_CASE("a family pays for each design once") {
  const auto family = family_of(small + large);
  REQUIRE(family.products.size() == 2);
  Money<> paid{};
  for (const auto& product : family.products) paid += product.volume * product.nre;
  CHECK(paid / family.nre_total == Approx(1));
  Money<> alone{};
  for (const auto& product : family.products) alone += product.volume * product.nre_alone;
  // The die and its module are shared, the packages are not.
  Money<> twice = family.nre_total;
  for (const auto& design : family.designs) {
    if (design.counts[0] > 0 && design.counts[1] > 0) twice += design.money;
  }
  CHECK(alone / twice == Approx(1));
  CHECK(alone > family.nre_total);
}

TEST_CASE("a product pays for a shared die by how many of it it holds") {
  const auto family = family_of(small + large);
  const auto die =
      std::ranges::find_if(family.designs, [](const auto& d) { return d.name.starts_with("die "); });
  REQUIRE(die != family.designs.end());
  CHECK(die->counts == std::vector<double>{1, 4});
  // 1000 x 1 + 500 x 4 dies: the small one bears a third of the die, over 1000 units.
  double share = 0;
  for (const auto& design : family.designs) {
    const double uses = design.counts[0] * 1000 + design.counts[1] * 500;
    share += design.money / unit::USD * design.counts[0] / uses;
  }
  CHECK(family.products[0].nre / unit::USD == Approx(share));
}

TEST_CASE("a family of one is that product") {
  const auto family = family_of(small);
  CHECK(family.products[0].nre / family.products[0].nre_alone == Approx(1));
}

TEST_CASE("a shared package is as large as the largest product needs it") {
  auto sharing = small;
  sharing += "package = \"large\"\n";
  const auto own = family_of(small + large), shared = family_of(sharing + large);
  const auto& package = shared.products[0].evaluation.area.substrate;
  CHECK(package / shared.products[1].evaluation.area.substrate == Approx(1));
  CHECK(package > own.products[0].evaluation.area.substrate);
  CHECK(shared.nre_total < own.nre_total);
  CHECK(shared.products[0].evaluation.cost.recurring > own.products[0].evaluation.cost.recurring);
}

TEST_CASE("packages of equal area are one for the peer, and two for us") {
  auto twin = small;
  twin.replace(twin.find("small"), 5, "other");
  const auto count = [](const Family& family) {
    return std::ranges::count_if(family.designs, [](const auto& d) { return d.name.starts_with("package"); });
  };
  CHECK(count(family_of(small + twin)) == 2);
  CHECK(count(family_of(small + twin, *find_preset("actuary-2022"))) == 1);
}

TEST_CASE("a family that does not fit its design is refused where it stands") {
  const auto& library = test::project_library();
  const test::Folder folder;
  const auto complaints = [&](const std::string& products) {
    const auto file = folder.write("family.toml", head + products);
    Diagnostics diagnostics;
    const auto design = load_design(file, library, diagnostics);
    if (design) CHECK_FALSE(evaluate_family(library, *design, presets.front(), diagnostics));
    return render_all(diagnostics);
  };
  CHECK(complaints("[[product]]\nid = \"a\"\nvolume = 0\n").find("'volume' must be at least 1") !=
        std::string::npos);
  CHECK(complaints("[[product]]\nid = \"a\"\nvolume = 10\n").find("leaves the variable 'dies' open") !=
        std::string::npos);
  CHECK(complaints(small + small).find("two products are called 'small'") != std::string::npos);
  CHECK(complaints("[[product]]\nid = \"a\"\nvolume = 10\npackage = \"b\"\nset = { dies = 1 }\n")
            .find("no product") != std::string::npos);
}

TEST_CASE("over the years defects and prices fall, and so does the cost") {
  const auto& library = test::project_library();
  const test::Folder folder;
  auto text = head;
  text.replace(text.find("[variables]"), 11, "volumes = [1000, 3000, 2000]\n[variables]");
  Diagnostics diagnostics;
  auto design = load_design(folder.write("years.toml", text), library, diagnostics);
  REQUIRE(design);
  REQUIRE(set_variables(*design, {"dies=2"}, library, diagnostics));
  CHECK(design->volume.value == 6000);
  const auto prepared = prepare(library, *design, diagnostics);
  REQUIRE(prepared);
  const auto system = compose(*prepared, Choice{0});
  const auto life = evaluate_lifetime(system, prepared->models, design->volumes);
  REQUIRE(life.years.size() == 3);
  const auto now = evaluate(system, prepared->models);
  CHECK(life.years[0].recurring / now.cost.recurring == Approx(1));
  CHECK(life.years[1].recurring < life.years[0].recurring);
  CHECK(life.years[2].recurring < life.years[1].recurring);
  // 0.5 + 0.5 exp(-1 / 2) after one year; 2 % a year
  CHECK(life.years[1].defects == Approx(0.5 + 0.5 * std::exp(-0.5)));
  CHECK(life.years[2].wafer_price == Approx(0.98 * 0.98));
  const auto usd = [](Money<> m) { return m / unit::USD; };
  CHECK(usd(life.recurring) ==
        Approx((1000 * usd(life.years[0].recurring) + 3000 * usd(life.years[1].recurring) +
                2000 * usd(life.years[2].recurring)) /
               6000));
  CHECK(usd(life.nre) == Approx(usd(now.cost.nre)));
}
