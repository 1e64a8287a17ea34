#include "exchange/booksim/settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/file.h"
#include "base/text.h"

namespace marquetry::exchange {
namespace {

constexpr std::string_view name_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-/.+({,)}";

constexpr std::string_view number_characters = "0123456789.eE+-";

bool is_whole(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

template <class Number>
bool parses(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

bool is_real(std::string_view text) {
  double number = 0;
  return text.find_first_not_of(number_characters) == std::string_view::npos && parses(text, number) &&
         std::isfinite(number);
}

// One `key = value;` with the places of its parts.
struct Statement {
  std::string_view key{}, value{};
  SourceSpot key_where{}, value_where{};
};

class Scanner {
 public:
  Scanner(std::string_view text, std::string file, Diagnostics& diagnostics)
      : text_{text}, file_{std::move(file)}, diagnostics_{diagnostics} {}

  // Nothing at the end or after a complaint.
  std::optional<Statement> next() {
    skip();
    if (at_ == text_.size()) return std::nullopt;
    Statement out{.key_where = spot()};
    out.key = word();
    if (out.key.empty()) return complaint("expected the name of a setting", "write 'key = value;'");
    skip();
    if (!take('=')) return complaint("expected '=' behind '" + std::string{out.key} + "'");
    skip();
    out.value_where = spot();
    out.value = word();
    if (out.value.empty())
      return complaint("'" + std::string{out.key} + "' has no value",
                       "a value is a number, a name, or a list in braces without blanks");
    const auto behind = spot();
    skip();
    if (take(';')) return out;
    diagnostics_.error(at_ == text_.size() ? behind : spot(),
                       "expected ';' behind the value of '" + std::string{out.key} + "'",
                       "end each setting with ';', and write lists without blanks");
    failed_ = true;
    return std::nullopt;
  }
  bool failed() const { return failed_; }

 private:
  SourceSpot spot() const { return {file_, line_, static_cast<int>(at_ - line_start_) + 1}; }

  std::optional<Statement> complaint(std::string message, std::string hint = {}) {
    diagnostics_.error(spot(), std::move(message), std::move(hint));
    failed_ = true;
    return std::nullopt;
  }

  // Blanks and comments.
  void skip() {
    for (; at_ < text_.size(); ++at_) {
      if (text_.substr(at_).starts_with("//")) at_ = std::min(text_.find('\n', at_), text_.size());
      if (at_ == text_.size()) return;
      if (text_[at_] == '\n') {
        ++line_;
        line_start_ = at_ + 1;
      } else if (text_[at_] != ' ' && text_[at_] != '\t' && text_[at_] != '\r') {
        return;
      }
    }
  }

  bool take(char c) {
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view word() {
    const bool number = at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9';
    const auto end =
        std::min(text_.find_first_not_of(number ? number_characters : name_characters, at_), text_.size());
    const auto out = text_.substr(at_, end - at_);
    at_ = end;
    return out;
  }

  std::string_view text_;
  std::string file_;
  Diagnostics& diagnostics_;
  std::size_t at_{}, line_start_{};
  int line_{1};
  bool failed_{};
};

// Names of earlier versions.
std::string hint_of(std::string_view key) {
  if (key == "const_flits_per_packet") return "BookSim2 calls it 'packet_size'";
  if (key == "physical_subnetworks") return "BookSim2 calls it 'subnets'";
  std::vector<std::string_view> known;
  for (const auto& row : settings()) known.push_back(row.key);
  return did_you_mean(key, known);
}

SettingType type_of(std::string_view value) {
  if (is_whole(value)) return SettingType::whole;
  return is_real(value) ? SettingType::real : SettingType::text;
}

void check_type(const SettingRow& row, const Statement& statement, Diagnostics& diagnostics) {
  const auto given = type_of(statement.value);
  const auto key = "'" + std::string{row.key} + "'";
  const auto value = "'" + std::string{statement.value.substr(0, 80)} + "'";
  if (given == row.type || (given == SettingType::text && row.may_be_list)) {
    int number = 0;
    if (given == SettingType::whole && !parses(statement.value, number))
      diagnostics.error(statement.value_where, key + " = " + std::string{statement.value.substr(0, 40)} +
                                                   " is more than a whole number can be");
    return;
  }
  if (row.type == SettingType::real && given == SettingType::whole) {
    diagnostics.warning(statement.value_where,
                        key + " is a number with a point: BookSim2 itself refuses " + value,
                        "write " + std::string{statement.value} + ".0");
    return;
  }
  const auto expected = row.type == SettingType::whole  ? "a whole number"
                        : row.type == SettingType::real ? "a number with a point"
                                                        : "a name";
  diagnostics.error(statement.value_where, key + " must be " + expected + ", not " + value);
}

}  // namespace

std::vector<std::string> list_parts(std::string_view text) {
  if (text.empty()) return {};
  if (text.front() != '{') return {std::string{text}};
  std::vector<std::string> parts;
  std::size_t start = 1;
  int nested = 0;
  for (std::size_t at = 1; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '{') {
      ++nested;
    } else if (c == '}' && nested > 0) {
      --nested;
    } else if ((c == ',' || c == '}') && nested == 0) {
      if (at > start) parts.emplace_back(text.substr(start, at - start));
      start = at + 1;
    }
  }
  return parts;
}

std::optional<BooksimSettings> BooksimSettings::load(const std::filesystem::path& file,
                                                     Diagnostics& diagnostics) {
  const auto text = read_file(file, diagnostics);
  if (!text) return std::nullopt;
  const int before = diagnostics.errors();
  BooksimSettings out;
  for (const auto& row : settings())
    out.values_.emplace(row.key,
                        SettingValue{std::string{row.fallback}, row.type, {.file = file.generic_string()}});
  Scanner scanner{*text, file.generic_string(), diagnostics};
  bool any = false;
  while (const auto statement = scanner.next()) {
    any = true;
    const auto* row = find_setting(statement->key);
    if (row == nullptr) {
      diagnostics.error(statement->key_where,
                        "BookSim2 has no setting '" + std::string{statement->key.substr(0, 80)} + "'",
                        hint_of(statement->key));
      continue;
    }
    check_type(*row, *statement, diagnostics);
    auto& value = out.values_.find(row->key)->second;
    if (value.where.line > 0)
      diagnostics.warning(statement->key_where,
                          "'" + std::string{row->key} + "' stands twice: the last one counts");
    value = {std::string{statement->value}, type_of(statement->value), statement->value_where};
  }
  if (!any && !scanner.failed())
    diagnostics.error({.file = file.generic_string()}, "there are no settings in it",
                      "a configuration of BookSim2 has lines like 'topology = mesh;'");
  if (diagnostics.errors() > before) return std::nullopt;
  return out;
}

const SettingValue& BooksimSettings::operator[](std::string_view key) const {
  static const SettingValue none;
  const auto found = values_.find(key);
  return found == values_.end() ? none : found->second;
}

std::int64_t BooksimSettings::whole(std::string_view key) const {
  std::int64_t number = 0;
  parses(text(key), number);
  return number;
}

double BooksimSettings::real(std::string_view key) const {
  double number = 0;
  parses(text(key), number);
  return number;
}

}  // namespace marquetry::exchange
