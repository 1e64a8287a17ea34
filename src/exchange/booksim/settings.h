// The settings of a BookSim2 configuration: `key = value;`, with the defaults of the program itself
// (booksim/booksim2, src/booksim_config.cpp; the syntax is that of src/config.l and config.y).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::exchange {

enum class SettingType : std::uint8_t { whole, real, text };

// What we make of a key.
enum class SettingUse : std::uint8_t {
  read,   // it counts
  idle,   // it has no bearing on the result: what is printed, what only other modes look at
  fixed,  // only the default is simulated; anything else is refused
};

struct SettingRow {
  std::string_view key{};
  SettingType type{};
  SettingUse use{};
  std::string_view fallback{};
  std::string_view meaning{};  // of fixed ones: what is not simulated
  bool may_be_list{};          // a text or list stands for a number too: one value a class of traffic
};
std::span<const SettingRow> settings();
const SettingRow* find_setting(std::string_view key);

struct SettingValue {
  std::string text{};
  SettingType type{};
  SourceSpot where{};  // without a line: it is the default
};

class BooksimSettings {
 public:
  // Nothing after complaints.
  static std::optional<BooksimSettings> load(const std::filesystem::path& file, Diagnostics& diagnostics);

  const SettingValue& operator[](std::string_view key) const;
  std::int64_t whole(std::string_view key) const;
  double real(std::string_view key) const;
  const std::string& text(std::string_view key) const { return (*this)[key].text; }
  bool given(std::string_view key) const { return (*this)[key].where.line > 0; }

 private:
  std::map<std::string, SettingValue, std::less<>> values_{};
};

// "{a,b(1,2),{c}}" in parts, as BookSim2 takes it apart; a text without braces is one part.
std::vector<std::string> list_parts(std::string_view text);

}  // namespace marquetry::exchange
