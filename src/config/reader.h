// Reads a table into plain structs, one line for each field, all complaints located.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "config/node.h"
#include "units/quantity.h"

namespace marquetry {

// Values by themselves. Nothing, and a complaint that names `key`, where the value is of another kind.
std::optional<std::string> read_text(const Node& value, std::string_view key, Diagnostics& diagnostics);
std::vector<std::string> read_texts(const Node& value, std::string_view key, Diagnostics& diagnostics);
std::optional<bool> read_flag(const Node& value, std::string_view key, Diagnostics& diagnostics);
// Coherent SI: a text with unit, or a bare number where the dimension is none. Finite and not negative;
// temperatures not below absolute zero.
std::optional<double> read_quantity(const Node& value, std::string_view key, const Dimension& expected,
                                    Diagnostics& diagnostics);

// The fields of one table. A missing or ill-formed key is reported, and the field keeps its value.
class Reader {
 public:
  // `what` begins each complaint about a missing key: "node 'n7'". May be empty.
  Reader(const Node& table, std::string what, Diagnostics& diagnostics)
      : table_{table}, what_{std::move(what)}, diagnostics_{diagnostics} {}

  void text(std::string_view key, std::string& field);
  void text_if(std::string_view key, std::string& field);
  void texts(std::string_view key, std::vector<std::string>& field);
  void texts_if(std::string_view key, std::vector<std::string>& field);
  void flag(std::string_view key, bool& field);  // a missing one is false
  void choice(std::string_view key, std::string& field, const std::vector<std::string>& allowed);

  // The value of a key, which is then known; null where it is missing.
  const Node* find(std::string_view key);
  // The same, with a complaint where it is missing; `help` says what it means, `example` how it looks.
  const Node* find_required(std::string_view key, std::string_view help = {}, std::string_view example = {});
  // The same for a table: a complaint where the value is something else. Null where it is missing or wrong.
  const Node* find_table(std::string_view key);
  // The entries of such a table; none where it is missing or wrong.
  const std::vector<Node>& entries(std::string_view key);

  // Reports keys that nothing asked for, with the nearest known one. Call last.
  void reject_unknown_keys();

  const Node& table() const { return table_; }
  const std::string& what() const { return what_; }
  Diagnostics& diagnostics() { return diagnostics_; }

 private:
  const Node& table_;
  std::string what_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_{};
};

}  // namespace marquetry
