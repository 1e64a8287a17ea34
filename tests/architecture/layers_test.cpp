// Holds the sources against the module graph that CMake declares, and each file against its size. Each rule
// is also tried on a made-up tree that breaks it.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "support/folder.h"

namespace fs = std::filesystem;

namespace {

using Graph = std::map<std::string, std::set<std::string>>;
using Findings = std::vector<std::string>;

// A source file: where it lies, below which of our folders, and its lines.
struct Source {
  std::string path{};
  std::vector<std::string> lines{};
};

// Each module with all that it may include: what it names, and what that may include.
Graph graph_of(std::istream& in, Findings& findings) {
  Graph graph;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words{line};
    std::string module;
    words >> module;
    module.pop_back();  // the colon
    auto& reach = graph[module];
    for (std::string dependency; words >> dependency;) {
      if (dependency == module || !graph.contains(dependency)) {
        findings.push_back("'" + module + "' names '" + dependency +
                           "', which is declared later or not at all");
        continue;
      }
      reach.insert(dependency);
      reach.insert(graph[dependency].begin(), graph[dependency].end());
    }
  }
  return graph;
}

std::vector<Source> sources_below(const std::vector<std::string>& folders) {
  std::vector<Source> sources;
  for (const auto& folder : folders) {
    for (const auto& entry : fs::recursive_directory_iterator{marquetry::test::source_folder() / folder}) {
      const auto extension = entry.path().extension();
      if (extension != ".h" && extension != ".cpp") continue;
      Source source{fs::relative(entry.path(), marquetry::test::source_folder()).string(), {}};
      std::ifstream in{entry.path()};
      for (std::string line; std::getline(in, line);) source.lines.push_back(line);
      sources.push_back(std::move(source));
    }
  }
  return sources;
}

// src/session/commands/check.cpp belongs to session; a file straight in src or solver to none.
std::string module_of(const std::string& path) {
  const auto first = path.find('/');
  const auto second = path.find('/', first + 1);
  return second == std::string::npos ? std::string{} : path.substr(first + 1, second - first - 1);
}

Findings layer_findings(const std::vector<Source>& sources, const Graph& graph) {
  const std::regex include{R"re(^\s*#\s*include\s*"([^"/]+)/)re"};
  Findings findings;
  for (const auto& [path, lines] : sources) {
    const auto module = module_of(path);
    if (!graph.contains(module)) {
      findings.push_back(path + ": lies in no declared module");
      continue;
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (!std::regex_search(lines[i], match, include)) continue;
      const auto used = match[1].str();
      if (used != module && !graph.at(module).contains(used))
        findings.push_back(path + ":" + std::to_string(i + 1) + ": module '" + module +
                           "' may not include '" + used + "'");
    }
  }
  return findings;
}

Findings size_findings(const std::vector<Source>& sources) {
  Findings findings;
  for (const auto& [path, lines] : sources) {
    if (lines.size() > 400)
      findings.push_back(path + " has " + std::to_string(lines.size()) + " lines; split it by what it does");
  }
  return findings;
}

// Headers of packages that stay out of our headers, and what may include them.
Findings package_findings(const std::vector<Source>& sources) {
  const std::regex fenced{
      R"re(^\s*#\s*include\s*<(toml\+\+|nlohmann/json\.hpp|CLI|tcl|histedit|sqlite3|glpk|boost|fmt)[/.>])re"};
  Findings findings;
  for (const auto& [path, lines] : sources) {
    if (!path.ends_with(".h")) continue;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      std::smatch match;
      if (std::regex_search(lines[i], match, fenced))
        findings.push_back(path + ":" + std::to_string(i + 1) + ": a header may not include <" +
                           match[1].str() + ">; keep it in the .cpp");
    }
  }
  // Shared by the sources of one front end only.
  std::erase_if(findings, [](const auto& f) { return f.starts_with("src/tcl/"); });
  return findings;
}

Graph declared_graph(Findings& findings) {
  std::ifstream in{MODULE_GRAPH};
  return graph_of(in, findings);
}

}  // namespace

TEST_CASE("a module includes only what it declares") {
  Findings findings;
  const auto graph = declared_graph(findings);
  CHECK(graph.size() > 3);
  CHECK(findings == Findings{});
  CHECK(layer_findings(sources_below({"src", "solver"}), graph) == Findings{});
}

TEST_CASE("files stay small") {
  const auto sources = sources_below({"src", "solver", "tests"});
  CHECK(sources.size() > 20);
  CHECK(size_findings(sources) == Findings{});
}

TEST_CASE("headers of packages stay in the sources") {
  CHECK(package_findings(sources_below({"src", "solver"})) == Findings{});
}

TEST_CASE("broken on purpose: an include across the layers is found") {
  Findings findings;
  std::istringstream text{"base: \nunits: base\nyield: units\nconfig: base\n"};
  const auto graph = graph_of(text, findings);
  CHECK(findings == Findings{});
  const std::vector<Source> sources{
      {"src/yield/models.h",
       {"#pragma once", "#include \"units/units.h\"", "  # include \"config/reader.h\""}},
      {"src/yield/deep/er.cpp", {"#include \"base/text.h\"", "#include \"yield/models.h\""}},
      {"solver/lost/a.cpp", {}},
      {"src/astray.h", {}},
  };
  CHECK(layer_findings(sources, graph) == Findings{
                                              "src/yield/models.h:3: module 'yield' may not include 'config'",
                                              "solver/lost/a.cpp: lies in no declared module",
                                              "src/astray.h: lies in no declared module",
                                          });
}

TEST_CASE("broken on purpose: a module that names a later one is found") {
  Findings findings;
  std::istringstream text{"base: units\nunits: base\nself: self\n"};
  graph_of(text, findings);
  CHECK(findings == Findings{"'base' names 'units', which is declared later or not at all",
                             "'self' names 'self', which is declared later or not at all"});
}

TEST_CASE("broken on purpose: a long file is found") {
  const std::vector<Source> sources{{"src/base/short.h", std::vector<std::string>(400)},
                                    {"src/base/long.h", std::vector<std::string>(401)}};
  CHECK(size_findings(sources) == Findings{"src/base/long.h has 401 lines; split it by what it does"});
}

TEST_CASE("broken on purpose: a package in a header is found") {
  const std::vector<Source> sources{{"src/config/reader.h", {"#include <toml++/toml.h>"}},
                                    {"src/config/reader.cpp", {"#include <toml++/toml.h>"}}};
  CHECK(package_findings(sources) ==
        Findings{"src/config/reader.h:1: a header may not include <toml++>; keep it in the .cpp"});
}
