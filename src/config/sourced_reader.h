// Reads numbers of the world: value or low / typ / high, source, estimate, correlation group, readings.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "config/reader.h"
#include "config/sourced.h"

namespace marquetry {

// What holds for the numbers of one table that do not say it themselves.
struct SourceDefaults {
  std::string source{};
  std::vector<std::string> estimates{};  // keys of numbers that no public source confirms
};

// How a number may be distributed within its range.
inline const std::vector<std::string> distributions{"triangular", "lognormal", "normal"};

// A Sourced of any dimension.
struct SourcedNumber {
  double low{}, typ{}, high{};
  Origin origin{};
};

// A number is "64 mm2" (or 0.5), or { value | typ, low, high, source, estimate, group, distribution,
// readings = [{ value, source }] }. Every number needs a source: its own, that of a reading, or the table's.
// Low and high that are not given are those of the readings.
std::optional<SourcedNumber> read_sourced(const Node& value, const std::string& name,
                                          const Dimension& dimension, const SourceDefaults& defaults,
                                          Diagnostics& diagnostics);

// The fields of a row, whose numbers have sources. A table that was merged from several has one set of
// defaults for each.
class RowReader : public Reader {
 public:
  // `row` begins the name of each number: "tsmc-n7".
  RowReader(const Node& table, std::string what, std::string row, std::vector<SourceDefaults> defaults,
            Diagnostics& found)
      : Reader{table, std::move(what), found}, row_{std::move(row)}, defaults_{std::move(defaults)} {
    find("source");
    find("estimates");
  }

  template <Dimension D>
  void required(std::string_view key, Sourced<D>& field, std::string_view help) {
    if (const auto number = number_of(find_number(key, D, help), key, D)) assign(field, *number);
  }
  template <Dimension D>
  void optional(std::string_view key, MaybeSourced<D>& field, std::string_view) {
    const auto number = number_of(find(key), key, D);
    if (number) assign(field, *number);
    field.known = number.has_value();
  }
  // Zero, without a source, where it is missing.
  template <Dimension D>
  void number_if(std::string_view key, Sourced<D>& field, std::string_view) {
    if (const auto number = number_of(find(key), key, D)) assign(field, *number);
    field.origin.name = row_ + "." + std::string{key};
  }
  // The category under which the numbers read from now on are known.
  void in_category(std::string_view category) { category_ = category; }
  std::string_view category() const { return category_; }
  // Estimates that name no number. Call last, with reject_unknown_keys.
  void reject_unknown_estimates();

  const std::string& row() const { return row_; }
  const std::vector<SourceDefaults>& defaults() const { return defaults_; }

 private:
  template <Dimension D>
  static void assign(Sourced<D>& field, const SourcedNumber& number) {
    field.low = number.low;
    field.typ = number.typ;
    field.high = number.high;
    field.origin = number.origin;
  }
  const Node* find_number(std::string_view key, const Dimension& dimension, std::string_view help);
  std::optional<SourcedNumber> number_of(const Node* value, std::string_view key, const Dimension& dimension);

  std::string row_;
  std::string_view category_{};
  std::vector<SourceDefaults> defaults_;
  std::vector<std::string> numbers_{};  // keys asked for
};

// The defaults that a table states: its `source` and `estimates`.
SourceDefaults read_source_defaults(const Node& table, Diagnostics& diagnostics);

}  // namespace marquetry
