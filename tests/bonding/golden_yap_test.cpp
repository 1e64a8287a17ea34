// Hybrid bonding against the outputs of YAP, with all of its quirks. Every folder below golden/cost whose
// cases are YAP's is read; tolerances are those that the cases' own errors allow (Monte Carlo, 10 %
// quadrature).
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bonding/hybrid.h"
#include "support/golden.h"

using namespace marquetry;
using namespace marquetry::unit;
using nlohmann::json;

namespace {

struct Case {
  bonding::Process process{};
  bonding::DieSize die{};
  bonding::Pads pads{};
};

bonding::Normal<Length<>> normal(const json& in, const std::string& name, Length<> unit) {
  return {in.at(name + "_MEAN").get<double>() * unit, in.at(name + "_STD").get<double>() * unit};
}

bonding::Alignment alignment(const json& in) {
  bonding::Alignment a;
  a.x = normal(in, "SYSTEM_TRANSLATION_X", um);
  a.y = normal(in, "SYSTEM_TRANSLATION_Y", um);
  a.rotation = {in.at("SYSTEM_ROTATION_MEAN"), in.at("SYSTEM_ROTATION_STD")};
  a.bow = normal(in, "BOW_DIFFERENCE", um);
  a.magnification_per_bow = in.at("k_mag").get<double>() * ppm / um;
  // What bow does not explain of the given mean (M_0, in ppm, is part of it).
  a.magnification = in.at("SYSTEM_MAGNIFICATION_MEAN").get<double>() - a.magnification_per_bow * a.bow.mean;
  a.pad_error = normal(in, "RANDOM_MISALIGNMENT", um);
  a.contact_share = in.at("CONTACT_AREA_CONSTRAINT");
  a.distance_share = in.at("CRITICAL_DIST_CONSTRAINT");
  return a;
}

bonding::Particles particles(const json& in) {
  return {.density = in.at("D0").get<double>() / um2,
          .exponent = in.at("z"),
          .least_thickness = in.at("t_0").get<double>() * um,
          .reference = 1 * um,
          .void_radius = in.at("k_r0").get<double>() * um,
          .void_growth = in.at("k_r"),
          .void_tail = in.at("k_L")};
}

bonding::Recess recess(const json& in) {
  const auto number = [&in](const char* key) { return in.at(key).get<double>(); };
  return {.top = normal(in, "TOP_DISH", nm),
          .bottom = normal(in, "BOT_DISH", nm),
          .top_expansion = number("k_et") * nm / K,
          .bottom_expansion = number("k_eb") * nm / K,
          .room = number("T_R") * K + freezing_point,
          .anneal = number("T_anl") * K + freezing_point,
          .asperity_radius = number("Asperity_R") * m,
          .roughness = number("Roughness_sigma") * m,
          .dielectric = number("Dielectric_thickness") * m,
          .free_dish = number("DISH_0") * m,
          .roughness_constant = number("Roughness_constant"),
          .adhesion = number("Adhesion_energy") * J / m2,
          .stiffness = number("Young_modulus") * J / (m2 * m),
          .peel_stiffness = number("k_peel") * J / (m2 * m2)};
}

Case read(const json& file, const Quirks& quirks) {
  const auto& in = file.at("inputs");
  const bool on_wafer = file.at("mode") == "W2W";
  Case out;
  out.process = {.flow = on_wafer ? bonding::Flow::wafer_to_wafer : bonding::Flow::die_to_wafer,
                 .alignment = alignment(in),
                 .particles = particles(in),
                 .recess = recess(in)};
  out.process.street = in.at("dice_width").get<double>() * um;
  if (on_wafer) out.process.wafer_radius = in.at("WAF_R").get<double>() * um;
  out.die = {in.at("DIE_W").get<double>() * um, in.at("DIE_L").get<double>() * um};
  const bool redundant = in.at("redundant_flag");
  out.pads =
      bonding::pad_array(out.die,
                         {.pitch = in.at("PITCH").get<double>() * um,
                          .bottom_ratio = in.at("PAD_BOT_R_ratio"),
                          .top_ratio = in.at("PAD_TOP_R_ratio"),
                          .critical_share = redundant ? in.at("critical_pad_ratio").get<double>() : 1.0,
                          .redundant_share = redundant ? in.at("redundant_pad_ratio").get<double>() : 0.0,
                          .signals_per_pad = in.at("redundant_logical_pad_ratio"),
                          .copies = in.at("redundant_logical_pad_copy"),
                          .separation = in.at("redundant_logical_pad_dist").get<double>() * um},
                         quirks);
  return out;
}

bool is_yap(const json& file) {
  return file.contains("peer") && file.at("peer").get<std::string>().find("YAP") != std::string::npos;
}

// Calls check(file) for every case of YAP; how many there were.
template <class Check>
int each_case(const std::filesystem::path& root, Check check) {
  int count = 0;
  for (const auto& index : test::golden_indices(root)) {
    for (const auto& entry : index.cases) {
      if (entry.file.extension() != ".json") continue;
      const auto file = json::parse(std::ifstream{entry.file});
      if (!file.is_object() || !is_yap(file)) continue;
      INFO(entry.file.string());
      check(file);
      ++count;
    }
  }
  return count;
}

const Quirks all_of_yap = find_preset("yap-2025")->quirks();

// A case drawn with a random pad map is of the right order only.
bool exact(const json& file) { return file.at("reproducible_without_random_pad_map").get<bool>(); }

}  // namespace

TEST_CASE("yap-2025 reproduces YAP") {
  const auto root = test::golden_folder("cost");
  if (!root) return test::skip("no golden cases of cost");
  const int count = each_case(*root, [](const json& file) {
    const auto& out = file.at("outputs");
    const auto expected = [&out](const char* key) { return out.at(key).get<double>(); };
    const auto given = read(file, all_of_yap);
    const auto window = bonding::recess_window(given.process.recess, given.pads);
    const auto yield = bonding::bond_yield(given.process, given.pads, given.die, all_of_yap);
    CHECK(bonding::allowed_misalignment(given.process.alignment, given.pads) / nm ==
          Approx(expected("max_allowed_misalignment_nm")).epsilon(1e-6));
    CHECK(window.closing / nm == Approx(expected("zeta0_nm")).epsilon(1e-12));
    CHECK(window.opening / nm == Approx(expected("zeta1_raw_nm")).epsilon(1e-8));
    CHECK(1 - window.pad_failure == Approx(expected("single_pad_recess_yield")).epsilon(1e-12));
    if (!exact(file)) {
      CHECK(yield.particles == Approx(expected("defect_yield")).margin(0.1));
      return;
    }
    CHECK(given.pads.critical == expected("num_critical_pads"));
    CHECK(given.pads.redundant_signals == expected("num_redundant_logical_pads"));
    const bool on_wafer = file.at("mode") == "W2W";
    // YAP raises a double near 1 to the number of pads: each of its last digits is 1.1e-16 a pad.
    CHECK(yield.recess ==
          Approx(expected("Cu_expansion_yield")).epsilon(1e-9 + 2.5 * 1.11e-16 * given.pads.critical));
    CHECK(yield.overlay == Approx(expected("overlay_yield")).margin(on_wafer ? 4e-3 : 1e-3));
    CHECK(yield.particles == Approx(expected("defect_yield")).margin(1e-2));
    CHECK(yield.total() == Approx(expected("assembly_yield")).epsilon(1e-2).margin(5e-3));
  });
  CHECK(count > 0);
}
