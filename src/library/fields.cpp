#include "library/fields.h"

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

void FieldCollector::rules(const Profile& profile) {
  for (const auto& rule : profile.rules) text(rule.path, rule.text);
}

}  // namespace marquetry
