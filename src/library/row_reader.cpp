#include "library/row_reader.h"

#include <algorithm>
#include <array>

#include "config/limit.h"
#include "units/text.h"

namespace marquetry {
namespace {

struct AllowList {
  std::string_view key;
  RuleKind kind;
};
constexpr std::array allow_lists{
    AllowList{"nodes", RuleKind::nodes},           AllowList{"memories", RuleKind::memories},
    AllowList{"packagings", RuleKind::packagings}, AllowList{"links", RuleKind::links},
    AllowList{"suppliers", RuleKind::suppliers},   AllowList{"regions", RuleKind::regions}};

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// Categories that a list of sellers is about.
std::vector<std::string> read_categories(Reader& table, const AllowList& list) {
  if (list.kind != RuleKind::suppliers && list.kind != RuleKind::regions) return {};
  const auto* node = table.find("of");
  if (node == nullptr) return {};
  auto names = read_texts(*node, "of", table.diagnostics());
  constexpr std::array<std::string_view, 3> sold{"nodes", "memories", "packagings"};
  for (const auto& name : names) {
    if (std::ranges::find(sold, name) != sold.end()) continue;
    table.diagnostics().error(node->where, "'" + name + "' is nothing that suppliers sell",
                              "one or more of nodes, memories, packagings");
  }
  return names;
}

void read_list(Reader& table, const AllowList& list, std::string_view key, const std::vector<std::string>& of,
               Profile& profile) {
  const auto* node = table.find(key);
  if (node == nullptr) return;
  Rule rule{.kind = list.kind, .is_deny = key == "deny", .of = of, .where = node->where};
  rule.names = read_texts(*node, key, table.diagnostics());
  rule.path = "profile." + profile.id + "." + std::string{list.key} + (rule.is_deny ? ".deny" : "");
  rule.text = (rule.is_deny ? "not " : "only ") + joined(rule.names);
  if (!of.empty()) rule.text += " for " + joined(of);
  if (rule.names.empty() && !rule.is_deny && node->kind == NodeKind::list) {
    table.diagnostics().error(node->where, "'allow' is empty, so that nothing is left",
                              "name what may be used, or drop the key to allow all");
  }
  profile.rules.push_back(std::move(rule));
}

void read_node_rules(Reader& table, Profile& profile) {
  if (const auto* euv = table.find("euv")) {
    const auto allowed = read_flag(*euv, "euv", table.diagnostics());
    if (allowed == false) {
      profile.rules.push_back({.kind = RuleKind::no_euv,
                               .path = "profile." + profile.id + ".nodes.euv",
                               .text = "no EUV",
                               .where = euv->where});
    }
  }
  if (const auto* least = table.find("least_feature")) {
    const auto si = read_quantity(*least, "least_feature", dimension::length, table.diagnostics());
    profile.rules.push_back({.kind = RuleKind::least_feature,
                             .path = "profile." + profile.id + ".nodes.least_feature",
                             .limit = si.value_or(0),
                             .text = "feature >= " + print_quantity(si.value_or(0), dimension::length),
                             .where = least->where});
  }
}

}  // namespace

void read_rules(Reader& reader, Profile& profile) {
  for (const auto& list : allow_lists) {
    const auto* node = reader.find_table(list.key);
    if (node == nullptr) continue;
    Reader table{*node, "'" + std::string{list.key} + "'", reader.diagnostics()};
    if (list.kind == RuleKind::nodes) read_node_rules(table, profile);
    const auto of = read_categories(table, list);
    read_list(table, list, "allow", of, profile);
    read_list(table, list, "deny", of, profile);
    table.reject_unknown_keys();
  }
  for (const auto& cap : reader.entries("caps")) {
    const auto limit = read_limit(cap, cap.key, reader.diagnostics());
    if (!limit) continue;
    profile.rules.push_back({.kind = RuleKind::cap,
                             .path = "profile." + profile.id + "." + cap.key,
                             .names = {cap.key},
                             .limit = limit->si,
                             .text = cap.key + " <= " + limit->text,
                             .where = cap.where});
  }
}

void LibraryRowReader::rules(Profile& profile) { read_rules(*this, profile); }

const std::vector<Node>& LibraryRowReader::tables(std::string_view key) {
  static const std::vector<Node> none;
  const auto* node = find(key);
  if (node == nullptr) return none;
  bool fits = node->kind == NodeKind::list;
  for (const auto& item : node->items) fits = fits && item.is_table();
  if (fits) return node->items;
  diagnostics().error(node->where, "'" + std::string{key} + "' must be a list of tables",
                      "[{ ... }, { ... }]");
  return none;
}

const std::vector<Node>& LibraryRowReader::quantity_items(const Node& list, std::string_view key) {
  static const std::vector<Node> none;
  if (list.kind == NodeKind::list) return list.items;
  diagnostics().error(list.where, "'" + std::string{key} + "' must be a list of numbers with their units",
                      "[\"4 Gbit/s\", \"8 Gbit/s\"]");
  return none;
}

RowReader LibraryRowReader::inner(const Node& item, std::string_view key, std::size_t index) {
  const auto name = std::string{key} + "[" + std::to_string(index) + "]";
  const auto layer = marquetry::find(table(), key)->layer;
  auto source = read_source_defaults(item, diagnostics());
  if (source.source.empty()) source.source = defaults().at(layer).source;
  RowReader reader{item, what() + ": " + name, row() + "." + name, {source}, diagnostics()};
  reader.in_category(category());
  return reader;
}

void LibraryRowReader::areas(std::string_view key, std::vector<MeasuredArea>& field) {
  for (const auto& item : tables(key)) {
    auto reader = inner(item, key, field.size());
    auto& measured = field.emplace_back();
    reader.text("node", measured.node);
    reader.required("area", measured.area, "as measured");
    reader.reject_unknown_estimates();
    reader.reject_unknown_keys();
  }
}

void LibraryRowReader::dies(std::string_view key, std::vector<ProductDie>& field) {
  for (const auto& item : tables(key)) {
    auto reader = inner(item, key, field.size());
    auto& die = field.emplace_back();
    reader.text("name", die.name);
    reader.text("node", die.node);
    if (const auto* count = reader.find("count")) {
      die.count = read_quantity(*count, "count", dimension::none, diagnostics()).value_or(1);
    }
    reader.optional("area", die.area, "of one");
    reader.optional("transistors", die.transistors, "of one");
    reader.reject_unknown_estimates();
    reader.reject_unknown_keys();
  }
}

void LibraryRowReader::remarks(std::string_view key, std::vector<Remark>& field) {
  for (const auto& item : tables(key)) {
    const auto name = what() + ": " + std::string{key} + "[" + std::to_string(field.size()) + "]";
    Reader reader{item, name, diagnostics()};
    auto& remark = field.emplace_back();
    remark.where = item.where;
    reader.text("figure", remark.figure);
    reader.text("value", remark.value);
    reader.text_if("source", remark.source);
    reader.text_if("why", remark.why);
    reader.reject_unknown_keys();
  }
}

void LibraryRowReader::operators(std::string_view key, std::vector<OperatorRow>& field) {
  for (const auto& item : tables(key)) field.push_back(read_operator(item, diagnostics()));
}

}  // namespace marquetry
