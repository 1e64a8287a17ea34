// evaluate, explain and explore as a user runs them: statuses, messages, files.
#include <catch2/catch.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "support/folder.h"
#include "support/program.h"

using namespace marquetry;
using nlohmann::json;
using test::run_program;
using test::text_of;

TEST_CASE("evaluate refuses open variables and says how to fix one") {
  const auto ran = run_program("evaluate designs/accelerator.toml --set cores=16");
  CHECK(ran.status == 2);
  CHECK(ran.out.empty());
  CHECK(ran.err.find(
            "error: variables are open: node, sram, clock, dies, stacks, memory, link, lanes, io-node, "
            "packaging, cooling") != std::string::npos);
  CHECK(ran.err.find("hint: fix each with --set, for example --set node=n28, or run `marquetry explore`") !=
        std::string::npos);
}

TEST_CASE("import names the formats it knows") {
  const auto ran = run_program("import cacth a.xml");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("marquetry import: error: no format 'cacth'") != std::string::npos);
  CHECK(run_program("import catch").err.find("missing FILE") != std::string::npos);
}

TEST_CASE("rungs and presets that are not there are refused") {
  const auto rung = run_program("evaluate designs/h200.toml --fidelity signoff");
  CHECK(rung.status == 2);
  CHECK(rung.err.find("the signoff rung is not part of this version") != std::string::npos);
  const auto preset = run_program("evaluate designs/h200.toml --preset defualt");
  CHECK(preset.status == 2);
  CHECK(preset.err.find("did you mean 'default'?") != std::string::npos);
}

TEST_CASE(
    "the physical rung prints the same bytes again, says what moved, and is for designs of dies alone") {
  const std::string command = "evaluate designs/epyc-rome.toml --fidelity physical --steps 3000 --json";
  const auto ran = run_program(command), again = run_program(command + " --threads 2");
  CHECK(ran.out == again.out);
  const auto e = json::parse(ran.out);
  CHECK(e["fidelity"] == "physical");
  CHECK(e["physical"]["networks"]["infinity-fabric"]["wire_mm"].get<double>() > 0);
  CHECK(e["analytic"]["thermal.peak_c"] != e["thermal"]["peak_c"]);
  CHECK(run_program(command + " --seed 2").out != ran.out);
  const auto open = run_program("evaluate designs/accelerator.toml --fidelity physical");
  CHECK(open.status == 2);
  const auto stack = run_program("evaluate designs/grid-16.toml --fidelity physical");
  CHECK(stack.status == 2);
  CHECK(stack.err.find("there is no physical rung of a file with [stack]") != std::string::npos);
}

TEST_CASE("evaluate prints the same figures for readers and for programs") {
  const auto text = run_program("evaluate designs/epyc-rome.toml");
  CHECK(text.status == 0);
  CHECK(text.out.find("feasible") != std::string::npos);
  CHECK(text.out.find("unit cost") != std::string::npos);
  const auto ran = run_program("evaluate designs/epyc-rome.toml --json");
  const auto e = json::parse(ran.out);
  CHECK(e["feasible"].get<bool>());
  CHECK(e["thermal"]["dies_c"].contains("ccd[7]"));
  CHECK(e["cost"]["unit_usd"].get<double>() ==
        Approx(e["cost"]["recurring_usd"].get<double>() + e["cost"]["nre_per_unit_usd"].get<double>()));
  double watts = 0;
  for (const auto& item : e["power"]["breakdown"]) watts += item["w"].get<double>();
  CHECK(watts == Approx(e["power"]["total_w"].get<double>()));
  const auto& range = e["ranges"]["cost.unit_usd"];
  CHECK(range["low"].get<double>() < e["cost"]["unit_usd"].get<double>());
  CHECK(range["high"].get<double>() > e["cost"]["unit_usd"].get<double>());
}

TEST_CASE("an infeasible system ends with 3, and says value, limit and a way out") {
  const test::Folder folder;
  folder.write("hot.toml", R"(format = 1
name = "hot"
packaging = "organic-mcm"
cooling = "air-free-convection"
test = "standard"
[dies.big]
node = "tsmc-n7"
clock = "1.0 GHz"
modules = { matrix-core = 200 }
[constraints]
"power.total_w" = { max = "100 W" }
)");
  const auto ran = run_program("evaluate " + (folder.path() / "hot.toml").string() + " --json");
  CHECK(ran.status == 3);
  const auto e = json::parse(ran.out);
  CHECK_FALSE(e["feasible"].get<bool>());
  std::vector<std::string> paths;
  for (const auto& v : e["violations"]) {
    paths.push_back(v["constraint"]);
    CHECK(v["value"].get<double>() > v["limit"].get<double>());
    CHECK_FALSE(v["hint"].get<std::string>().empty());
  }
  CHECK(std::find(paths.begin(), paths.end(), "rules.reticle.big") != paths.end());
  CHECK(std::find(paths.begin(), paths.end(), "power.total_w") != paths.end());
}

TEST_CASE("a die larger than the wafer is said to be one, in place of a price") {
  const test::Folder folder;
  folder.write("huge.toml", R"(format = 1
name = "huge"
packaging = "organic-mcm"
cooling = "air-free-convection"
test = "standard"
[dies.big]
node = "tsmc-n7"
clock = "1.0 GHz"
modules = { matrix-core = 100_000 }
)");
  const auto ran = run_program("evaluate " + (folder.path() / "huge.toml").string());
  CHECK(ran.status == 3);
  CHECK(ran.err.empty());
  CHECK(ran.out.find("rules.wafer.big: no wafer holds a die of this size") != std::string::npos);
  CHECK(ran.out.find("none: a die or its carrier is larger than the wafer") != std::string::npos);
}

TEST_CASE("explain goes down to numbers with their sources") {
  const auto ran = run_program("explain cost.unit_usd designs/h200.toml");
  CHECK(ran.status == 0);
  CHECK(ran.out.find("cost.unit_usd = ") == 0);
  CHECK(ran.out.find("= recurring cost + NRE per unit") != std::string::npos);
  CHECK(ran.out.find("tsmc-n4.wafer_price = ") != std::string::npos);
  CHECK(ran.out.find("Stapper, IBM J. Res. Dev. 27, 1983") != std::string::npos);
  const auto e = json::parse(run_program("evaluate designs/h200.toml --json").out);
  for (const char* path :
       {"cost.unit_usd", "power.total_w", "performance.llama-decode.value", "thermal.peak_c"}) {
    CAPTURE(path);
    const auto derived =
        json::parse(run_program("explain " + std::string{path} + " designs/h200.toml --json").out);
    CHECK_FALSE(derived["from"].empty());
    const double offset =
        std::string_view{path} == "thermal.peak_c" ? 273.15 : 0;  // absolute temperatures in kelvin
    std::string pointer = "/" + std::string{path};
    std::replace(pointer.begin(), pointer.end(), '.', '/');
    CHECK(derived["value"].get<double>() - offset == Approx(e[json::json_pointer{pointer}].get<double>()));
  }
}

TEST_CASE("a figure that is not there is refused with the nearest one") {
  const auto ran = run_program("explain cost.unit_us designs/h200.toml");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("no figure 'cost.unit_us'") != std::string::npos);
  CHECK(ran.err.find("did you mean 'cost.unit_usd'?") != std::string::npos);
}

TEST_CASE("explore writes its results as JSON and CSV, all or nothing") {
  const test::Folder folder;
  const std::string fixed =
      " --set node=tsmc-n7 --set clock='1.4 GHz' --set sram=16 --set io-node=n14 --set lanes=8";
  const auto ran =
      run_program("explore designs/accelerator.toml" + fixed + " --out " + (folder.path() / "run").string());
  CHECK(ran.status == 0);
  const auto result = json::parse(text_of((folder.path() / "run/exploration.json").string()));
  const auto csv = text_of((folder.path() / "run/front.csv").string());
  CHECK(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')) == result["front"].size() + 1);
  CHECK(csv.find("node,cores,sram,clock,dies,stacks,memory,") == 0);
  const auto refused = run_program("explore designs/accelerator.toml" + fixed + " --out designs/h200.toml");
  CHECK(refused.status == 2);
  CHECK(refused.err.find("designs/h200.toml") != std::string::npos);
}

TEST_CASE("a profile or reference from the command line replaces the design's own") {
  const std::string fixed = " --set clock='1.4 GHz' --set sram=16 --set io-node=n14 --set lanes=8 --json";
  const auto ran = run_program("explore designs/accelerator.toml --profile any --reference a100" + fixed);
  CHECK(ran.status == 0);
  const auto result = json::parse(ran.out);
  CHECK(result["reference"]["name"] == "a100");
  bool has_euv = false;
  for (const auto& point : result["front"]) has_euv = has_euv || point["choice"]["node"] == "tsmc-n5";
  CHECK(has_euv);
  const auto wrong = run_program("explore designs/accelerator.toml --profile no-uev --reference h2000");
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("no profile 'no-uev'") != std::string::npos);
  CHECK(wrong.err.find("no product 'h2000'") != std::string::npos);
}

TEST_CASE("a design without objectives cannot be explored, and says what to add") {
  const auto text = text_of(test::source_folder() / "designs/h200.toml");
  const test::Folder folder;
  folder.write("plain.toml", text.substr(0, text.find("[objectives]")));
  const auto ran = run_program("explore " + (folder.path() / "plain.toml").string());
  CHECK(ran.status == 2);
  CHECK(ran.err.find("no objectives: nothing to explore for") != std::string::npos);
}

TEST_CASE("a family sets its variables itself, and reports each product") {
  const auto family = json::parse(run_program("evaluate examples/reuse-family/family.toml --json").out);
  CHECK(family["family"].size() == 3);
  CHECK(family["nre_total_usd"].get<double>() > 0);
  const auto set = run_program("evaluate examples/reuse-family/family.toml --set dies=1");
  CHECK(set.status == 2);
  CHECK(set.err.find("set its variables") != std::string::npos);
}

TEST_CASE("compare says what each fix of a peer is worth, and the fixes add up") {
  const auto out =
      json::parse(run_program("compare designs/epyc-rome.toml --preset actuary-2022 --json").out);
  REQUIRE(out["columns"].size() == 2);
  CHECK(out["columns"][1]["preset"] == "actuary-2022");
  const auto& fixes = out["fixes"][0];
  CHECK(fixes["figure"] == "cost.unit_usd");
  double sum = fixes["peer"];
  for (const auto& row : fixes["rows"]) sum += row["so_far"].get<double>();
  CHECK(sum == Approx(fixes["default"].get<double>()));
  const auto alone = json::parse(run_program("evaluate designs/epyc-rome.toml --json").out);
  CHECK(fixes["default"].get<double>() == Approx(alone["cost"]["unit_usd"].get<double>()));
  const auto peers =
      json::parse(run_program("evaluate designs/epyc-rome.toml --preset actuary-2022 --json").out);
  CHECK(fixes["peer"].get<double>() == Approx(peers["cost"]["unit_usd"].get<double>()));
  for (const auto& figure : out["figures"]) {
    if (figure["path"] == "cost.unit_usd") CHECK(figure["values"][0] == alone["cost"]["unit_usd"]);
  }
}

TEST_CASE("compare puts a product beside designs, with what is published of it") {
  const auto out =
      json::parse(run_program("compare designs/h200.toml designs/epyc-rome.toml h200 --json").out);
  CHECK(out["columns"].size() == 3);
  CHECK_FALSE(out["columns"][2].contains("preset"));
  for (const auto& figure : out["figures"]) {
    if (figure["path"] == "power.total_w") CHECK(figure["values"][2] == 700);
    if (figure["path"] == "cost.recurring_usd") CHECK(figure["values"][2].is_null());
  }
}

TEST_CASE("compare measures products alone on a standard set of workloads, a watt and a dollar each") {
  const auto out = json::parse(run_program("compare h200 a100 --json").out);
  REQUIRE(out["columns"].size() == 2);
  const auto row = [&](const std::string& path) -> json {
    for (const auto& figure : out["figures"])
      if (figure["path"] == path) return figure["values"];
    return nullptr;
  };
  const auto value = row("performance.llama-decode.value"), watt = row("performance.llama-decode.per_watt"),
             dollar = row("performance.llama-decode.per_1000_usd");
  REQUIRE(value.is_array());
  CHECK(watt[0].get<double>() == Approx(value[0].get<double>() / 700));
  CHECK(dollar[0].get<double>() == Approx(value[0].get<double>() / 35));
  CHECK(row("area.silicon_mm2")[1].get<double>() == Approx(826));
  CHECK(row("supply.performance_density")[1].get<double>() == Approx(4992 / 826.0).epsilon(0.001));
  CHECK(out["columns"][0]["notes"][0].get<std::string>().find("from 30 000 to 40 000") != std::string::npos);
}

TEST_CASE("compare says how a rebuilt design agrees with its product, and what other sources say of that") {
  const auto text = run_program("compare designs/products/b200.toml b200").out;
  CHECK(text.find("rebuilds B200:") != std::string::npos);
  CHECK(text.find("other source: memory_bandwidth: 8 TB/s here, 7700 GB/s by haink.org (effective)") !=
        std::string::npos);
}

TEST_CASE("compare refuses what it does not know, with the nearest name") {
  const auto preset = run_program("compare designs/h200.toml --preset actuary");
  CHECK(preset.status == 2);
  CHECK(preset.err.find("no preset 'actuary'") != std::string::npos);
  CHECK(run_program("compare designs/no-such.toml").status == 2);
}

TEST_CASE("a model that overrides the preset's is named and used") {
  const auto text = text_of(test::source_folder() / "designs/h200.toml");
  const test::Folder folder;
  folder.write("murphy.toml", text + "\n[models]\nyield = \"murphy\"\n");
  const auto file = (folder.path() / "murphy.toml").string();
  const auto plain = json::parse(run_program("evaluate designs/h200.toml --json").out);
  const auto other = json::parse(run_program("evaluate " + file + " --preset default --json").out);
  CHECK(plain["models"]["yield"] == "negative-binomial");
  CHECK(other["models"]["yield"] == "murphy");
  CHECK(other["yield"]["dies"]["gh100"].get<double>() < plain["yield"]["dies"]["gh100"].get<double>());
  CHECK(run_program("evaluate " + file).out.find("preset default with yield murphy") != std::string::npos);
}

TEST_CASE("the items of the power are all of it, on both rungs and below a cap") {
  const test::Folder folder;
  auto capped = run_program("--version >/dev/null; cat designs/h200.toml").out;
  const auto head = capped.find("\n[");
  REQUIRE(head != std::string::npos);
  const auto file = folder.write("capped.toml", capped.insert(head, "\npower_cap = \"500 W\"\n"));
  for (const auto& words : {std::string{"designs/h200.toml"}, std::string{"designs/epyc-rome.toml"},
                            std::string{"designs/ascend-910.toml --fidelity physical --steps 2000"},
                            file.string(), file.string() + " --fidelity physical --steps 2000"}) {
    INFO(words);
    const auto ran = run_program("evaluate " + words + " --json");
    const auto power = json::parse(ran.out)["power"];
    double sum = 0;
    for (const auto& item : power["breakdown"]) {
      CHECK(item["w"].get<double>() >= 0);
      sum += item["w"].get<double>();
    }
    CHECK(sum == Approx(power["total_w"].get<double>()).epsilon(1e-9));
    if (words.find("capped") != std::string::npos) CHECK(sum <= 500 * (1 + 1e-9));
  }
}

TEST_CASE("compare suggests the product that was meant, and names the unit of every performance") {
  const auto wrong = run_program("compare h101 h100");
  CHECK(wrong.status == 2);
  CHECK(wrong.err.find("h101: error: there is no such file, nor such a product") != std::string::npos);
  CHECK(wrong.err.find("did you mean 'h100'?") != std::string::npos);
  const auto ran = json::parse(run_program("compare h100 h200 --json").out);
  for (const auto& figure : ran["figures"]) {
    const auto path = figure["path"].get<std::string>();
    if (path.starts_with("performance.")) CHECK_FALSE(figure["unit"].get<std::string>().empty());
  }
}

TEST_CASE("the answer names no empty list, no range of one number, and one choice in the singular") {
  const auto none = run_program("explore designs/h200.toml --reference epyc-genoa");
  CHECK(none.status == 0);
  CHECK(none.out.find("No performance of the EPYC 9654 (Genoa) on these workloads is public") !=
        std::string::npos);
  CHECK(none.out.find("gives ,") == std::string::npos);
  CHECK(none.out.find("1 choice of 0 variables") != std::string::npos);
  const auto one = run_program("explore designs/h200.toml --reference gaudi3");
  CHECK(one.out.find("15 650 .. 15 650") == std::string::npos);
  CHECK(one.out.find("Buyers pay 15 650 USD for one") != std::string::npos);
  CHECK(one.out.find("It is also the cheapest match and that of least power.") != std::string::npos);
  const auto two = run_program("explore designs/h200.toml --profile no-euv,no-tsmc");
  CHECK(two.err.find("give each by itself: --profile no-euv --profile ...") != std::string::npos);
}

TEST_CASE(
    "a product's performance density and silicon are figures like any other, in compare and as objectives") {
  const auto ran = json::parse(run_program("compare a100 h100 --json").out);
  std::map<std::string, double> a100;
  for (const auto& figure : ran["figures"]) {
    if (!figure["values"][0].is_null()) a100[figure["path"]] = figure["values"][0];
  }
  CHECK(a100.at("area.silicon_mm2") == Approx(826));
  CHECK(a100.at("supply.performance_density") == Approx(a100.at("supply.tpp") / 826));
  const test::Folder folder;
  std::string text = text_of(test::source_folder() / "designs/h200.toml");
  text.replace(text.find("minimize = ["), 12, "minimize = [\"supply.performance_density\", ");
  const auto file = folder.write("dense.toml", text);
  const auto out = json::parse(run_program("explore " + file.string() + " --reference a100 --json").out);
  CHECK(out["reference"]["values"]["supply.performance_density"].get<double>() ==
        Approx(a100.at("supply.performance_density")));
}
