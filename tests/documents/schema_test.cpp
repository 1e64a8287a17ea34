// The reference pages of docs/ against the program: what it reads is documented, and what is documented it
// reads.
#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/text.h"
#include "config/parse.h"
#include "evaluation/prepare.h"
#include "layout_file/fields.h"
#include "stack/fields.h"
#include "support/folder.h"
#include "support/small_design.h"
#include "topology/generators.h"

using namespace marquetry;

namespace {

using Keys = std::set<std::string>;
using Sections = std::map<std::string, Keys>;

// The first cell of each table row "| `key` | ...", by the heading "## section" above it.
Sections documented(const std::string& page) {
  std::ifstream in{test::source_folder() / "docs" / page};
  REQUIRE(in);
  Sections sections;
  std::string section;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("## ")) section = line.substr(3);
    if (line.starts_with("## ")) sections[section];
    if (!line.starts_with("| `")) continue;
    const auto end = line.find("` |", 3);
    REQUIRE(end != std::string::npos);
    INFO(page << ": '" << section << "' has this row twice: " << line);
    CHECK(sections[section].insert(line.substr(3, end - 3)).second);
  }
  return sections;
}

// The visitor of a row's fields that keeps their keys.
struct KeyCollector {
  Keys keys{};

  void text(std::string_view key, const std::string&) { keys.emplace(key); }
  void text_if(std::string_view key, const std::string&) { keys.emplace(key); }
  void texts(std::string_view key, const std::vector<std::string>&) { keys.emplace(key); }
  void texts_if(std::string_view key, const std::vector<std::string>&) { keys.emplace(key); }
  template <Dimension D>
  void quantities(std::string_view key, const std::vector<Quantity<D>>&) {
    keys.emplace(key);
  }
  void flag(std::string_view key, bool) { keys.emplace(key); }
  void choice(std::string_view key, const std::string&, const std::vector<std::string>&) {
    keys.emplace(key);
  }
  template <Dimension D>
  void required(std::string_view key, const Sourced<D>&, std::string_view) {
    keys.emplace(key);
  }
  template <Dimension D>
  void optional(std::string_view key, const MaybeSourced<D>&, std::string_view) {
    keys.emplace(key);
  }
  template <Dimension D>
  void number_if(std::string_view key, const Sourced<D>&, std::string_view) {
    keys.emplace(key);
  }
  void areas(std::string_view key, const std::vector<MeasuredArea>&) { keys.emplace(key); }
  void dies(std::string_view key, const std::vector<ProductDie>&) { keys.emplace(key); }
  void remarks(std::string_view key, const std::vector<Remark>&) { keys.emplace(key); }
  void operators(std::string_view key, const std::vector<OperatorRow>&) { keys.emplace(key); }
  void rules(const Profile&) {
    keys.insert({"nodes", "memories", "packagings", "links", "suppliers", "regions", "caps"});
  }
};

std::string with_name(std::string_view path) {
  std::string out{path};
  if (const auto hole = out.find("{}"); hole != std::string::npos) out.replace(hole, 2, "NAME");
  return out;
}

template <class Rows>
Keys paths_of(const Rows& rows) {
  Keys paths;
  for (const auto& row : rows) paths.insert(with_name(row.path));
  return paths;
}

// Keys of a design that the pages do not name.
void check_keys(const Node& table, const Keys& known) {
  for (const auto& item : table.items) {
    INFO(item.where.file << ":" << item.where.line << ": '" << item.key << "' is not documented");
    CHECK(known.contains(item.key));
  }
}

constexpr std::array part_tables{"dies", "memories", "links", "workloads"};

}  // namespace

TEST_CASE("every field of the library is documented in the section of its category, and nothing else is") {
  const auto sections = documented("library-format.md");
  Library library;
  for_each_category(library, [&](auto& rows) {
    using T = typename std::remove_reference_t<decltype(rows)>::value_type;
    INFO("category " << T::category);
    T row;
    KeyCollector collector;
    describe(row, collector);
    REQUIRE(sections.contains(std::string{T::category}));
    CHECK(sections.at(std::string{T::category}) == collector.keys);
  });
}

TEST_CASE("every figure and every rule of physics is documented, and nothing else is") {
  const auto sections = documented("design-format.md");
  CHECK(sections.at("Figures") == paths_of(figures()));
  CHECK(sections.at("Rules of physics") == paths_of(checks()));
}

TEST_CASE("every yield model and topology is documented") {
  const auto sections = documented("design-format.md");
  Keys yields, topologies;
  for (const auto& model : yield::models) yields.emplace(model.name);
  for (const auto& topology : topology::generators())
    if (topology.joins != topology::Joins::switches) topologies.emplace(topology.name);
  CHECK(sections.at("Yield models") == yields);
  CHECK(sections.at("Topologies") == topologies);
}

TEST_CASE("every key of a design that is documented is read") {
  const auto sections = documented("design-format.md");
  const auto check = [](const std::string& section, const std::string& before, const std::string& key) {
    const auto loaded = test::load_text(before + key + " = []\n");
    INFO("section " << section << ", key " << key << ": " << loaded.messages);
    CHECK(loaded.messages.find("unknown key '" + key + "'") == std::string::npos);
  };
  for (const auto& key : sections.at("top level")) check("top level", "", key);
  for (const std::string table : part_tables) {
    for (const auto& key : sections.at(table)) check(table, "[" + table + ".x]\n", key);
  }
  for (const auto& key : sections.at("layout")) check("layout", "[layout]\n", key);
}

namespace {

// The visitor of a stack's rows that keeps their keys; what is given besides the key does not matter.
struct StackKeys {
  Keys keys{};
  template <class... Rest>
  void number(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void number_or(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void number_if(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void count(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void count_if(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void length(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void energy(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void flag(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void text(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void texts(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void reference(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void facing(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
  template <class... Rest>
  void side(std::string_view key, Rest&&...) {
    keys.emplace(key);
  }
};

template <class Row>
Keys keys_of() {
  Row row;
  StackKeys keys;
  describe(row, keys);
  return keys.keys;
}

}  // namespace

TEST_CASE("every field of a stack is documented, and nothing else is") {
  const auto sections = documented("stack-format.md");
  CHECK(sections.at("links") == keys_of<stack::Link<>>());
  CHECK(sections.at("layers") == keys_of<stack::Layer<>>());
  CHECK(sections.at("wafers") == keys_of<stack::Wafer<>>());
  CHECK(sections.at("assemblies") == keys_of<stack::Assembly<>>());
  CHECK(sections.at("tests") == keys_of<stack::Test<>>());
  CHECK(sections.at("nets") == keys_of<stack::Net<>>());
  CHECK(sections.at("chip") == keys_of<stack::Chip<>>());
}

namespace {

// The visitor of a placement's parts that keeps their keys: every text that it is called with.
struct PlacementKeys {
  Keys keys{};

  template <class... Rest>
  void keep(const Rest&... rest) {
    (keep_one(rest), ...);
  }
  template <class T>
  void keep_one(const T& value) {
    if constexpr (std::is_convertible_v<T, std::string_view> && !std::is_same_v<T, std::string>)
      keys.emplace(std::string_view{value});
  }
#define MARQUETRY_KEEPS(name)      \
  template <class... Rest>         \
  void name(const Rest&... rest) { \
    keep(rest...);                 \
  }
  MARQUETRY_KEEPS(name)
  MARQUETRY_KEEPS(text)
  MARQUETRY_KEEPS(flag)
  MARQUETRY_KEEPS(number)
  MARQUETRY_KEEPS(weight)
  MARQUETRY_KEEPS(count)
  MARQUETRY_KEEPS(power)
  MARQUETRY_KEEPS(temperature)
  MARQUETRY_KEEPS(unit)
  MARQUETRY_KEEPS(length)
  MARQUETRY_KEEPS(coordinate)
  MARQUETRY_KEEPS(shape)
  MARQUETRY_KEEPS(soft)
  MARQUETRY_KEEPS(kind)
  MARQUETRY_KEEPS(rotations)
  MARQUETRY_KEEPS(clumps)
  MARQUETRY_KEEPS(side_if)
  MARQUETRY_KEEPS(die)
  MARQUETRY_KEEPS(die_if)
  MARQUETRY_KEEPS(pins)
  MARQUETRY_KEEPS(rows)
  MARQUETRY_KEEPS(terminals)
  MARQUETRY_KEEPS(table_if)
#undef MARQUETRY_KEEPS
};

template <class Row>
Keys placement_keys() {
  Row row;
  PlacementKeys keys;
  layout_file::describe(row, keys);
  return keys.keys;
}

}  // namespace

TEST_CASE("every field of a placement document is documented, and nothing else is") {
  const auto sections = documented("placement-format.md");
  layout::Problem problem;
  PlacementKeys section;
  layout_file::describe_section(problem, section);
  CHECK(sections.at("placement") == section.keys);
  CHECK(sections.at("die") == placement_keys<layout::Die>());
  CHECK(sections.at("link") == placement_keys<layout::Link>());
  CHECK(sections.at("phy") == placement_keys<layout::Phy>());
  CHECK(sections.at("external") == placement_keys<layout::ExternalPhy>());
  CHECK(sections.at("terminal") == placement_keys<layout_file::Terminal>());
  CHECK(sections.at("net") == placement_keys<layout::Net>());
  for (const auto& part : placement_keys<layout::Problem>()) CHECK(sections.contains(part));
}

TEST_CASE("every key of the project's designs is documented") {
  const auto sections = documented("design-format.md");
  std::size_t designs = 0;
  for (const auto& entry : std::filesystem::directory_iterator{test::source_folder() / "designs"}) {
    if (entry.path().extension() != ".toml") continue;
    Diagnostics diagnostics;
    const auto root = parse_file(entry.path(), diagnostics);
    REQUIRE(root);
    if (find(*root, "stack") || find(*root, "footprint") || find(*root, "placement"))
      continue;  // of other kinds
    check_keys(*root, sections.at("top level"));
    for (const std::string name : part_tables) {
      const auto* table = find(*root, name);
      if (table == nullptr) continue;
      for (const auto& part : table->items) check_keys(part, sections.at(name));
    }
    ++designs;
  }
  CHECK(designs > 0);
}
