// Reads the variables of a design, and the fields that are fixed or refer to one by "$name".
#pragma once

#include <limits>

#include "config/reader.h"
#include "design/variable.h"

namespace marquetry {

// What a field of names may hold.
struct Names {
  std::string_view singular{};
  std::vector<std::string_view> known{};
};

template <class T>
Names names_of(const std::vector<T>& rows) {
  Names names{.singular = T::singular};
  for (const auto& row : rows) names.known.emplace_back(row.id);
  return names;
}

// What a field of numbers may hold.
struct NumberKind {
  Dimension dimension{};
  bool is_whole{};
  double least{}, greatest{std::numeric_limits<double>::infinity()};
};

class OpenFields {
 public:
  // `entries`: those of [variables].
  OpenFields(const std::vector<Node>& entries, Diagnostics& diagnostics);

  // A missing key leaves the field as it is; see Reader::find_required for one that must be there.
  void name(const Node* value, std::string_view key, const Names& names, OpenName& field);
  void number(const Node* value, std::string_view key, const NumberKind& kind, OpenNumber& field);
  void number(const Node* value, std::string_view key, const NumberKind& kind,
              std::optional<OpenNumber>& field);

  // The values that a field may take, fixed or open.
  std::vector<std::string> values(const OpenName& field) const;
  std::vector<double> numbers(const OpenNumber& field) const;

  void warn_unused();
  std::vector<Variable> variables() const;

 private:
  struct Entry {
    Variable variable{};
    std::vector<Node> sources{};  // of each value; as many as the domain
    std::string uses{};           // what it has been checked for
    bool failed{};                // complained about already
  };
  Entry read_variable(const Node& source);
  void read_list(const Node& list, Entry& entry);
  void read_range(const Node& range, Entry& entry);
  void add_value(const Node& source, Value value, Entry& entry);
  std::optional<VariableId> variable_of(const Node& value);
  bool check_number(const Node& value, std::string_view key, const NumberKind& kind, double& si);
  void check_name(const Node& value, std::string_view key, const Names& names);

  std::vector<Entry> entries_{};
  Diagnostics& diagnostics_;
};

}  // namespace marquetry
