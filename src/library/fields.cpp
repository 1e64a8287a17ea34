#include "library/fields.h"

#include <algorithm>

#include "base/text.h"

namespace marquetry {

void FieldCollector::areas(std::string_view key, const std::vector<MeasuredArea>& measured) {
  for (const auto& [node, area] : measured) {
    required(std::string{key} + "." + node, area, "measured on that node");
  }
}

void FieldCollector::dies(std::string_view key, const std::vector<ProductDie>& dies) {
  for (const auto& die : dies) {
    const auto name = std::string{key} + "." + die.name;
    text(name, exact(die.count) + " x " + die.node);
    optional(name + ".area", die.area, "of one");
    optional(name + ".transistors", die.transistors, "of one");
  }
}

void FieldCollector::remarks(std::string_view key, const std::vector<Remark>& remarks) {
  for (const auto& remark : remarks) {
    auto said = remark.value;
    if (!remark.source.empty()) said += " by " + remark.source;
    if (!remark.why.empty()) said += ": " + remark.why;
    text(std::string{key} + "." + remark.figure, said);
  }
}

void FieldCollector::operators(std::string_view key, const std::vector<OperatorRow>& operators) {
  std::vector<std::string> printed;
  for (const auto& row : operators) {
    const auto kind = std::ranges::find(operator_kinds(), row.op, &OperatorKind::name);
    std::string text = row.count == 1 ? row.op : exact(row.count) + " x " + row.op;
    for (std::size_t i = 0; i < row.sizes.size(); ++i) {
      const auto& size = kind->sizes[i];
      if (row.sizes[i] != size.fallback) text += " " + std::string{size.key} + " " + exact(row.sizes[i]);
    }
    printed.push_back(text);
  }
  texts_if(key, printed);
}

void FieldCollector::rules(const Profile& profile) {
  for (const auto& rule : profile.rules) text(rule.path, rule.text);
}

}  // namespace marquetry
