#include "support/random_design.h"

#include <stdexcept>

#include "support/folder.h"

namespace marquetry::test {
namespace {

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

struct Writer {
  Rng rng;
  std::string text{};
  bool supplied{};  // a voltage of its own and caps

  bool coin() { return rng.below(2) == 0; }
  std::string among(const std::vector<std::string>& words) { return words[rng.below(words.size())]; }

  // [variables] NAME: one to four of these words.
  void variable(const std::string& name, const std::vector<std::string>& words) {
    std::vector<std::string> left = words;
    text += name + " = [";
    for (std::size_t n = 1 + rng.below(4); n-- > 0 && !left.empty();) {
      const auto i = static_cast<std::ptrdiff_t>(rng.below(left.size()));
      text += left[static_cast<std::size_t>(i)] + ", ";
      left.erase(left.begin() + i);
    }
    text += "]\n";
  }
  template <class Row>
  std::vector<std::string> ids(const std::vector<Row>& rows) const {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(quoted(row.id));
    return out;
  }
  std::vector<std::string> nodes(const Library& library) const {
    std::vector<std::string> out;
    for (const auto& node : library.nodes) {
      if (supplied && !node.threshold.known) continue;
      if (node.wafer_price.known && node.defect_density.known && node.nre.known)
        out.push_back(quoted(node.id));
    }
    return out;
  }

  // Packagings that put one die on another.
  static std::vector<std::string> joints(const Library& library) {
    std::vector<std::string> out;
    for (const auto& row : library.packagings)
      if (row.family.starts_with("3d-")) out.push_back(quoted(row.id));
    return out;
  }

  void variables(const Library& library, bool stacked) {
    text += "[variables]\n";
    variable("node", nodes(library));
    variable("cores", {"1", "4", "16", "40", "64"});
    variable("clock", {"\"0.8 GHz\"", "\"1 GHz\"", "\"1.5 GHz\"", "\"2 GHz\""});
    variable("dies", {"1", "2", "3", "4", "6", "7", "9"});
    variable("activity", {"0.2", "0.5", "1"});
    variable("aspect", {"0.5", "1", "1.7"});
    variable("memory", ids(library.memories));
    variable("stacks", {"0", "1", "2", "4"});
    variable("link", ids(library.links));
    variable("lanes", {"0", "1", "4", "16"});
    variable("shape", {"\"all\"", "\"mesh\""});
    variable("packaging", ids(library.packagings));
    variable("cooling", ids(library.coolings));
    variable("format", {"\"fp64\"", "\"fp32\"", "\"fp16\"", "\"int8\""});
    variable("volume", {"1000", "50000", "1000000"});
    if (stacked) variable("stacking", joints(library));
    if (supplied) variable("volts", {"\"0.8 V\"", "\"0.85 V\"", "\"0.9 V\""});
    if (supplied) variable("cap", {"\"2 W\"", "\"40 W\"", "\"400 W\""});
  }
  void dies(const Library& library, bool stacked) {
    const auto module = [&] { return library.modules[rng.below(library.modules.size())].id; };
    text +=
        "[dies.compute]\nnode = \"$node\"\ncount = \"$dies\"\nclock = \"$clock\"\nactivity = \"$activity\"\n";
    text += "aspect = \"$aspect\"\nmodules = { " + module() + " = \"$cores\" }\n";
    if (supplied) text += "voltage = \"$volts\"\npower_cap = \"$cap\"\n";
    text += "[dies.io]\nnode = " + among(nodes(library)) + "\nclock = \"1 GHz\"\n";
    const auto harvested = module();
    text += coin() ? "area = \"90 mm2\"\npower = \"7 W\"\n"
                   : "modules = { " + harvested + " = { count = 6, active = 4 } }\nharvest = \"" + harvested +
                         "\"\n";
    if (stacked) {
      text += "[dies.cache]\nnode = \"$node\"\ncount = \"$dies\"\nclock = \"1 GHz\"\non = \"compute\"\n";
      text += "stacking = \"$stacking\"\nmodules = { " + module() + " = 5 }\n";
    }
  }
  void parts(bool stacked) {
    text += "[memories.main]\nmemory = \"$memory\"\nstacks = \"$stacks\"\nhost = ";
    text += coin() ? "\"compute\"\n" : "\"io\"\n";
    text += "[links.mesh]\nfrom = \"compute\"\nto = \"compute\"\nlink = \"$link\"\nmodules = \"$lanes\"\n";
    text += "topology = \"$shape\"\n[links.hub]\nfrom = \"compute\"\nto = \"io\"\nlink = \"$link\"\n";
    if (coin())
      text += "[links.out]\nfrom = \"io\"\nto = \"outside\"\nlink = \"$link\"\nmodules = \"$lanes\"\n";
    if (stacked) text += "[links.up]\nfrom = \"cache\"\nto = \"compute\"\nlink = \"$link\"\nmodules = 2\n";
  }
  void workloads(const Library& library) {
    int left = 12;  // a design has no more than 16
    for (const auto& model : library.workloads) {
      if (rng.below(3) != 0 || left-- <= 0) continue;
      text += "[workloads." + model.id + "]\nmodel = " + quoted(model.id) +
              "\nprecision = \"$format\"\nbatch = 4\n";
      if (model.kind == "transformer") {
        text += "context = 1500\nphase = ";
        text += model.encoder || coin() ? "\"prefill\"\n" : "\"decode\"\n";
      }
    }
    text += "[workloads.product]\nmodel = \"gemm-4k\"\nprecision = \"$format\"\n";
  }
};

}  // namespace

std::string random_design_text(Rng rng, const Library& library) {
  Writer writer{.rng = rng};
  writer.supplied = rng.fork(1).below(3) == 0;
  const bool stacked = writer.coin();
  writer.text = "format = 1\nname = \"random\"\nvolume = \"$volume\"\npackaging = \"$packaging\"\n";
  writer.text += "cooling = \"$cooling\"\ntest = " + writer.among(writer.ids(library.test_flows)) + "\n";
  if (writer.supplied) writer.text += "power_cap = \"300 W\"\n";
  writer.variables(library, stacked);
  writer.dies(library, stacked);
  writer.parts(stacked);
  writer.workloads(library);
  return writer.text;
}

Design random_design(Rng rng, const Library& library) {
  const Folder folder;
  const auto text = random_design_text(rng, library);
  Diagnostics diagnostics;
  auto design = load_design(folder.write("random.toml", text), library, diagnostics);
  if (!design) throw std::runtime_error{render_all(diagnostics) + text};
  return std::move(*design);
}

Choice random_choice(Rng& rng, const Design& design) {
  return random_completion(rng, all_choices(design.variables));
}

PartialChoice random_partial_choice(Rng& rng, const Design& design) {
  auto partial = all_choices(design.variables);
  for (auto& range : partial) {
    const auto kind = rng.below(4);
    if (kind == 0) continue;
    range.first = rng.below(range.last + 1);
    range.last = kind == 1 ? range.first + rng.below(range.last - range.first + 1) : range.first;
  }
  return partial;
}

Choice random_completion(Rng& rng, const PartialChoice& partial) {
  Choice choice;
  for (const auto& [first, last] : partial) {
    choice.push_back(static_cast<std::uint32_t>(first + rng.below(last - first + 1)));
  }
  return choice;
}

}  // namespace marquetry::test
