// A row as a list of fields of any kind: what `library show`, `library check` and the schema test look at.
#pragma once

#include "config/sourced_reader.h"
#include "library/library.h"
#include "units/text.h"

namespace marquetry {

enum class FieldKind { text, texts, flag, number };

struct Field {
  std::string key{};
  FieldKind kind{};
  std::string help{};
  bool known{true};  // false: the row leaves it open
  std::string text{};
  std::vector<std::string> texts{};
  bool flag{};
  Dimension dimension{};
  SourcedNumber number{};
};

// The visitor that makes them.
class FieldCollector {
 public:
  void text(std::string_view key, const std::string& value) { add(key, FieldKind::text).text = value; }
  void text_if(std::string_view key, const std::string& value) {
    if (!value.empty()) text(key, value);
  }
  void texts(std::string_view key, const std::vector<std::string>& value) {
    add(key, FieldKind::texts).texts = value;
  }
  void texts_if(std::string_view key, const std::vector<std::string>& value) {
    if (!value.empty()) texts(key, value);
  }
  template <Dimension D>
  void quantities(std::string_view key, const std::vector<Quantity<D>>& value) {
    std::vector<std::string> printed;
    for (const auto& one : value) printed.push_back(print_quantity(one.si(), D, 4));
    texts_if(key, printed);
  }
  void flag(std::string_view key, bool value) { add(key, FieldKind::flag).flag = value; }
  void choice(std::string_view key, const std::string& value, const std::vector<std::string>&) {
    text(key, value);
  }
  template <Dimension D>
  void required(std::string_view key, const Sourced<D>& value, std::string_view help) {
    auto& field = add(key, FieldKind::number);
    field.help = help;
    field.dimension = D;
    field.number = {value.low, value.typ, value.high, value.origin};
  }
  template <Dimension D>
  void optional(std::string_view key, const MaybeSourced<D>& value, std::string_view help) {
    required<D>(key, value, help);
    fields_.back().known = value.known;
  }
  template <Dimension D>
  void number_if(std::string_view key, const Sourced<D>& value, std::string_view help) {
    required<D>(key, value, help);
    fields_.back().known = !value.origin.source.empty();
  }
  void areas(std::string_view key, const std::vector<MeasuredArea>& measured);
  void dies(std::string_view key, const std::vector<ProductDie>& dies);
  void remarks(std::string_view key, const std::vector<Remark>& remarks);
  void operators(std::string_view key, const std::vector<OperatorRow>& operators);
  void rules(const Profile& profile);

  std::vector<Field> result() && { return std::move(fields_); }

 private:
  Field& add(std::string_view key, FieldKind kind) {
    return fields_.emplace_back(Field{.key = std::string{key}, .kind = kind});
  }
  std::vector<Field> fields_{};
};

template <class T>
std::vector<Field> fields_of(T row) {
  FieldCollector collector;
  describe(row, collector);
  return std::move(collector).result();
}

}  // namespace marquetry
