#include "config/sourced_reader.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.h"
#include "units/text.h"

namespace marquetry {
namespace {

std::string key_of(const std::string& name) { return name.substr(name.rfind('.') + 1); }

std::string as_written(const Dimension& dimension) {
  return dimension == Dimension{} ? example(dimension) : "\"" + example(dimension) + "\"";
}

std::vector<Reading> read_readings(const Node& list, const std::string& key, const Dimension& dimension,
                                   Diagnostics& diagnostics) {
  std::vector<Reading> readings;
  if (list.kind != NodeKind::list) {
    diagnostics.error(list.where, "'readings' must be a list of { value, source }");
    return readings;
  }
  for (const auto& item : list.items) {
    if (!item.is_table()) {
      diagnostics.error(item.where, "a reading must be { value = ..., source = \"...\" }");
      continue;
    }
    Reader reader{item, "reading of '" + key + "'", diagnostics};
    Reading reading;
    const auto* value = reader.find_required("value");
    reader.text("source", reading.source);
    reader.reject_unknown_keys();
    if (value == nullptr) continue;
    if (const auto si = read_quantity(*value, key, dimension, diagnostics)) {
      reading.value = *si;
      readings.push_back(std::move(reading));
    }
  }
  return readings;
}

void check_order(const Node& value, const std::string& key, const SourcedNumber& number,
                 const Dimension& dimension, Diagnostics& diagnostics) {
  if (number.low <= number.typ && number.typ <= number.high) return;
  diagnostics.error(value.where, "'" + key + "' must have low <= typ <= high, but they are " +
                                     print_quantity(number.low, dimension) + ", " +
                                     print_quantity(number.typ, dimension) + " and " +
                                     print_quantity(number.high, dimension));
}

// Of a number that names none: the reading that it took, its table's, or all readings.
std::string source_of(const SourcedNumber& number, const SourceDefaults& defaults) {
  const auto& readings = number.origin.readings;
  const auto taken = std::ranges::find(readings, number.typ, &Reading::value);
  if (taken != readings.end()) return taken->source;
  if (!defaults.source.empty()) return defaults.source;
  std::string all;
  for (const auto& reading : readings) all += (all.empty() ? "among: " : "; ") + reading.source;
  return all;
}

// { value, low, high, ... }
std::optional<SourcedNumber> read_inline(const Node& value, const std::string& key,
                                         const Dimension& dimension, Diagnostics& diagnostics) {
  SourcedNumber number;
  auto& origin = number.origin;
  Reader reader{value, "'" + key + "'", diagnostics};
  const auto* typ = reader.find("value");
  if (const auto* other = reader.find("typ")) {
    if (typ != nullptr)
      diagnostics.error(other->where, "'" + key + "' has both 'value' and 'typ'",
                        "they mean the same: drop one");
    typ = other;
  }
  const auto* low = reader.find("low");
  const auto* high = reader.find("high");
  reader.text_if("source", origin.source);
  reader.flag("estimate", origin.estimate);
  reader.text_if("group", origin.group);
  if (reader.find("distribution") != nullptr) {
    reader.choice("distribution", origin.distribution, distributions);
  }
  if (const auto* readings = reader.find("readings")) {
    origin.readings = read_readings(*readings, key, dimension, diagnostics);
  }
  reader.reject_unknown_keys();
  if (typ == nullptr) {
    diagnostics.error(value.where, "'" + key + "' has no 'value'",
                      "write { value = " + as_written(dimension) + ", source = \"...\" }");
    return std::nullopt;
  }
  const auto quantity = [&](const Node* node, double otherwise) {
    return node == nullptr ? std::optional{otherwise} : read_quantity(*node, key, dimension, diagnostics);
  };
  const auto typical = quantity(typ, 0);
  if (!typical) return std::nullopt;
  double least = *typical, greatest = *typical;
  for (const auto& reading : origin.readings) {
    least = std::min(least, reading.value);
    greatest = std::max(greatest, reading.value);
  }
  const auto lowest = quantity(low, least), highest = quantity(high, greatest);
  if (!lowest || !highest) return std::nullopt;
  number.low = *lowest;
  number.typ = *typical;
  number.high = *highest;
  check_order(value, key, number, dimension, diagnostics);
  return number;
}

// What the last words of a key say of its numbers. A yield of 0 would cost without end, and so on.
struct Meaning {
  std::string_view ending{}, wish{};
  double least{}, greatest{};
  bool least_too{}, greatest_too{};

  bool allows(double x) const {
    return (least_too ? x >= least : x > least) && (greatest_too ? x <= greatest : x < greatest);
  }
};
constexpr double without_end = std::numeric_limits<double>::infinity();
constexpr std::array meanings{
    Meaning{"_yield", "above 0 and at most 1", 0, 1, false, true},
    Meaning{"quality", "above 0 and at most 1", 0, 1, false, true},
    Meaning{"_uptime", "above 0 and at most 1", 0, 1, false, true},
    Meaning{"_coverage", "between 0 and 1", 0, 1, true, true},
    Meaning{"_overkill", "at least 0 and below 1", 0, 1, true, false},
    Meaning{"rework_share", "at least 0 and below 1", 0, 1, true, false},
    Meaning{"clustering", "above 0", 0, without_end, false, true},
    Meaning{"_diameter", "above 0", 0, without_end, false, true},
    Meaning{"_group", "at least 1", 1, without_end, true, true},
};

void check_meaning(const Node& value, const std::string& name, const SourcedNumber& number,
                   Diagnostics& diagnostics) {
  for (const auto& meaning : meanings) {
    if (!name.ends_with(meaning.ending)) continue;
    if (meaning.allows(number.low) && meaning.allows(number.typ) && meaning.allows(number.high)) continue;
    const double wrong = !meaning.allows(number.typ)   ? number.typ
                         : !meaning.allows(number.low) ? number.low
                                                       : number.high;
    diagnostics.error(value.where, "'" + name + "' must be " + std::string{meaning.wish} + ", but it is " +
                                       significant(wrong, 6));
  }
}

}  // namespace

std::optional<SourcedNumber> read_sourced(const Node& value, const std::string& name,
                                          const Dimension& dimension, const SourceDefaults& defaults,
                                          Diagnostics& diagnostics) {
  const auto key = key_of(name);
  std::optional<SourcedNumber> number;
  if (value.is_table()) {
    number = read_inline(value, key, dimension, diagnostics);
  } else if (const auto si = read_quantity(value, key, dimension, diagnostics)) {
    number = SourcedNumber{*si, *si, *si, {}};
  }
  if (!number) return std::nullopt;
  check_meaning(value, name, *number, diagnostics);
  auto& origin = number->origin;
  origin.name = name;
  origin.estimate = origin.estimate || std::ranges::find(defaults.estimates, key) != defaults.estimates.end();
  if (origin.source.empty()) origin.source = source_of(*number, defaults);
  if (origin.source.empty()) {
    diagnostics.error(
        value.where, "'" + name + "' has no source",
        "write { value = " + as_written(dimension) + ", source = \"...\" }, or give its table a 'source'");
  }
  return number;
}

const Node* RowReader::find_number(std::string_view key, const Dimension& dimension, std::string_view help) {
  return find_required(key, help, as_written(dimension));
}

std::optional<SourcedNumber> RowReader::number_of(const Node* value, std::string_view key,
                                                  const Dimension& dimension) {
  numbers_.emplace_back(key);
  if (value == nullptr) return std::nullopt;
  auto number = read_sourced(*value, row_ + "." + std::string{key}, dimension, defaults_.at(value->layer),
                             diagnostics());
  if (number) number->origin.category = category_;
  return number;
}

void RowReader::reject_unknown_estimates() {
  const auto* list = find("estimates");
  if (list == nullptr || list->kind != NodeKind::list) return;
  for (const auto& item : list->items) {
    if (item.kind != NodeKind::text || std::ranges::find(numbers_, item.text) != numbers_.end()) continue;
    diagnostics().error(item.where,
                        what() + ": 'estimates' names '" + item.text + "', which is no number of it",
                        did_you_mean(item.text, {numbers_.begin(), numbers_.end()}));
  }
}

SourceDefaults read_source_defaults(const Node& table, Diagnostics& diagnostics) {
  SourceDefaults defaults;
  Reader reader{table, {}, diagnostics};
  reader.text_if("source", defaults.source);
  reader.texts_if("estimates", defaults.estimates);
  return defaults;
}

}  // namespace marquetry
