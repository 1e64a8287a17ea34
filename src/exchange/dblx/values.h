// Values of 3Dblox's YAML, each complaint located.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "assembly/places.h"
#include "config/node.h"

namespace marquetry::exchange::dblx {

// A table whose keys are asked for one by one.
class Table {
 public:
  Table(const Node& table, std::string what, int precision, Diagnostics& diagnostics)
      : table_{table}, what_{std::move(what)}, precision_{precision}, diagnostics_{diagnostics} {}

  const Node* find(std::string_view key);
  const Node* find_required(std::string_view key, std::string_view hint);

  std::optional<assembly::Units> length(const Node& value, std::string_view key);
  void length(std::string_view key, assembly::Units& field);
  // That many lengths.
  template <std::size_t N>
  std::optional<std::array<assembly::Units, N>> lengths(const Node& value, std::string_view key) {
    std::array<assembly::Units, N> out{};
    if (!read_lengths(value, key, out.data(), N)) return std::nullopt;
    return out;
  }
  std::optional<double> number(const Node& value, std::string_view key);
  std::optional<std::string> text(const Node& value, std::string_view key);
  // The entries of a table; none where it is missing. A complaint where it is something else.
  const std::vector<Node>& entries(std::string_view key);

  // Warns of keys that nothing asked for.
  void warn_of_unknown_keys();

 private:
  bool read_lengths(const Node& value, std::string_view key, assembly::Units* out, std::size_t count);

  const Node& table_;
  std::string what_;
  int precision_;
  Diagnostics& diagnostics_;
  std::vector<std::string> known_{};
};

bool is_null(const Node& value);

// One text or a list of them, to the files under that key.
void add_files(const Node& value, assembly::ExternalFiles& files, Diagnostics& diagnostics);

}  // namespace marquetry::exchange::dblx
