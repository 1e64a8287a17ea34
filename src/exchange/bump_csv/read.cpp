#include "exchange/bump_csv/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "assembly/places.h"
#include "base/large_file.h"
#include "base/text.h"
#include "exchange/bump_csv/columns.h"
#include "exchange/bump_csv/groups.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;

constexpr std::size_t most_bytes = 512'000'000;
constexpr std::size_t longest_line = 10'000;
constexpr std::size_t most_rows = 10'000'000;
constexpr int most_errors = 20;

class Reader {
 public:
  Reader(std::string_view text, const std::string& file, const std::string& stem, Diagnostics& diagnostics)
      : text_{text}, file_{file}, stem_{stem}, diagnostics_{diagnostics}, before_{diagnostics.errors()} {}

  std::optional<Assembly> run() {
    const auto precision = precision_of(text_);
    BumpGroups groups{precision, diagnostics_};
    while (!text_.empty() && diagnostics_.errors() - before_ < most_errors) {
      const auto line = next_line();
      if (trimmed(line).empty() || line.starts_with('#')) continue;
      if (line.size() > longest_line) {
        error(fmt::format("a line of {} characters, where at most {} are read", line.size(), longest_line));
        break;
      }
      if (!split_line(line, fields_)) {
        error("a quotation mark is not closed on its line");
      } else if (!has_head_) {
        head();
      } else {
        row(precision, groups);
      }
    }
    if (!has_head_ && diagnostics_.errors() == before_)
      diagnostics_.error({.file = file_}, "no table in it",
                         "it begins with the names of its columns: " + known());
    if (has_head_ && rows_ == 0 && diagnostics_.errors() == before_)
      diagnostics_.error({.file = file_}, "no bumps in it", "add a row for each bump");
    if (diagnostics_.errors() > before_) return std::nullopt;
    auto package = groups.package(stem_, file_);
    if (diagnostics_.errors() > before_) return std::nullopt;
    if (rounded_ > 0)
      diagnostics_.warning({.file = file_}, fmt::format("{} places are finer than 1/{} um: they are rounded",
                                                        rounded_, precision));
    diagnostics_.warning({.file = file_},
                         "outlines of dies are the boxes round their bumps' centres: the table has none");
    return package;
  }

 private:
  void error(std::string message, std::string hint = {}) {
    diagnostics_.error({file_, line_, 1}, std::move(message), std::move(hint));
  }

  std::string_view next_line() {
    const auto end = std::min(text_.find('\n'), text_.size());
    auto line = text_.substr(0, end);
    text_.remove_prefix(std::min(end + 1, text_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++line_;
    return line;
  }

  // As many units in a micrometre as the finest number with a point has digits; 1000 or more.
  static int precision_of(std::string_view text) {
    int most = 3, digits = 0;
    bool is_behind = false;
    for (const char c : text) {
      if (c >= '0' && c <= '9') {
        digits += is_behind ? 1 : 0;
      } else {
        if (is_behind && (c == ',' || c == '\r' || c == '\n')) most = std::max(most, digits);
        is_behind = c == '.';
        digits = 0;
      }
    }
    int precision = 1;
    for (int i = 0; i < std::min(most, 6); ++i) precision *= 10;
    return precision;
  }

  static std::string known() { return fmt::format("{}", fmt::join(column_names, ",")); }

  void head() {
    has_head_ = true;
    places_.fill(-1);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      auto name = fields_[i];
      if (name == "x" || name == "y") name += "_um";
      const auto found = std::ranges::find(column_names, name);
      if (found == column_names.end()) {
        diagnostics_.warning({file_, line_, 1}, fmt::format("column '{}' is not read", name),
                             "known: " + known());
        continue;
      }
      auto& place = places_[static_cast<std::size_t>(found - column_names.begin())];
      if (place >= 0) error(fmt::format("column '{}' stands twice", name));
      place = static_cast<int>(i);
    }
    for (const auto needed : {bump, x_um, y_um}) {
      if (places_[needed] < 0)
        error(fmt::format("there is no column '{}'", column_names[needed]),
              "the first line names the columns, with commas between: " + known());
    }
    columns_ = fields_.size();
  }

  const std::string& field(Column column, const std::string& otherwise) const {
    const auto at = places_[column];
    return at < 0 ? otherwise : fields_[static_cast<std::size_t>(at)];
  }

  void row(int precision, BumpGroups& groups) {
    if (fields_.size() != columns_)
      return error(fmt::format("{} fields, but the table has {} columns", fields_.size(), columns_),
                   "a name with a comma stands in quotation marks");
    if (++rows_ > most_rows) return error(fmt::format("more than {} bumps", most_rows));
    const std::string nothing;
    const auto place = [&](Column column) -> std::optional<assembly::Units> {
      const auto& text = field(column, nothing);
      const auto units = assembly::units_of(text, precision);
      if (!units) {
        error(fmt::format("{} must be a number of micrometres, at most 1e9, not '{}'", column_names[column],
                          text));
        return std::nullopt;
      }
      if (!units->is_whole) ++rounded_;
      return units->units;
    };
    const auto x = place(x_um), y = place(y_um);
    if (!x || !y) return;
    const auto& face_word = field(face, front_);
    const auto looks = assembly::face_of(face_word.empty() ? front_ : face_word);
    if (!looks)
      return error(fmt::format("'{}' is no face", face_word), suggest(face_word, assembly::face_names()));
    const auto& name = field(bump, nothing);
    if (name.empty()) return error("a bump without a name");
    const auto or_else = [](const std::string& text, const std::string& other) -> const std::string& {
      return text.empty() ? other : text;
    };
    const auto& of = or_else(field(instance, stem_), stem_);
    groups.add({.instance = of,
                .chiplet = or_else(field(chiplet, of), of),
                .region = or_else(field(region, bumps_), bumps_),
                .face = *looks,
                .bump = name,
                .cell = or_else(field(cell, bump_), bump_),
                .at = {*x, *y},
                .port = field(port, nothing),
                .net = field(net, nothing)},
               {file_, line_, 1});
  }

  std::string_view text_;
  const std::string& file_;
  const std::string& stem_;
  Diagnostics& diagnostics_;
  int before_{}, line_{};
  bool has_head_{};
  std::array<int, column_names.size()> places_{};
  std::size_t columns_{}, rows_{}, rounded_{};
  std::vector<std::string> fields_{};
  const std::string front_{"front"}, bumps_{"bumps"}, bump_{"bump"};
};

}  // namespace

std::optional<Assembly> parse_bump_csv(std::string_view text, const std::string& file,
                                       const std::string& stem, Diagnostics& diagnostics) {
  return Reader{text, file, stem, diagnostics}.run();
}

std::optional<Assembly> read_bump_csv(std::span<const std::filesystem::path> files,
                                      Diagnostics& diagnostics) {
  if (files.size() != 1) {
    diagnostics.error({.file = "bump-csv"}, "a table of bumps is one file: give it alone");
    return std::nullopt;
  }
  const auto text = read_large_file(files[0], most_bytes, diagnostics);
  if (!text) return std::nullopt;
  return parse_bump_csv(*text, files[0].generic_string(), files[0].stem().string(), diagnostics);
}

}  // namespace marquetry::exchange
