// BookSim2's patterns of traffic: "hotspot({{5,6},{1,2}})" (booksim/booksim2, src/traffic.cpp).
#include <algorithm>
#include <charconv>

#include "exchange/booksim/parts.h"
#include "exchange/network_parts.h"
#include "traffic/patterns.h"

namespace marquetry::exchange {
namespace {

std::optional<std::uint32_t> number(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

class PatternReader {
 public:
  PatternReader(const BooksimSettings& settings, std::uint32_t nodes, Diagnostics& diagnostics)
      : settings_{settings}, nodes_{nodes}, diagnostics_{diagnostics}, where_{settings["traffic"].where} {}

  std::optional<traffic::Traffic> run() {
    const auto classes = list_parts(settings_.text("traffic"));
    if (classes.size() != 1) return complaint("several classes of traffic are not simulated");
    const std::string_view text = classes.front();
    const auto left = std::min(text.find('('), text.size());
    const auto name = text.substr(0, left);
    if (left < text.size()) {
      const auto right = text.rfind(')');
      parts_ = list_parts(text.substr(left + 1, right == std::string_view::npos ? right : right - left - 1));
    }
    const auto* row = traffic::find_pattern(name);
    const bool theirs = row != nullptr && row->name != "permutation" && row->name != "matrix" &&
                        (row->alias.empty() || row->alias == name);
    if (!theirs) return unknown(name);
    traffic::PatternArguments arguments{.includes_self = true};
    if (!read(row->name, arguments)) return std::nullopt;
    if (row->name == "random-permutation") return booksim_permutation(nodes_, arguments.seed);
    std::string why;
    auto made = row->make(nodes_, arguments, why);
    if (!made) return complaint(why);
    if (made->kind == traffic::Kind::matrix)
      diagnostics_.warning(where_, "'" + std::string{name} +
                                       "' is drawn from shares: alike in the mean, but not draw for draw as "
                                       "BookSim2 does");
    return made;
  }

 private:
  std::optional<traffic::Traffic> complaint(std::string message, std::string hint = {}) {
    diagnostics_.error(where_, std::move(message), std::move(hint));
    return std::nullopt;
  }

  std::optional<traffic::Traffic> unknown(std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& row : traffic::patterns())
      if (row.name != "permutation" && row.name != "matrix")
        names.push_back(row.alias.empty() ? row.name : row.alias);
    return complaint("BookSim2 has no traffic '" + std::string{name.substr(0, 80)} + "'",
                     suggest(name, names));
  }

  bool read(std::string_view pattern, traffic::PatternArguments& arguments) {
    if (pattern == "hotspot") return read_spots(arguments);
    if (pattern == "background") {
      if (!parts_.empty()) return numbers(parts_[0], arguments.spots);
      complaint("background traffic needs the list of the nodes that it leaves out",
                "traffic = background({{0,1}});");
      return false;
    }
    if (pattern == "random-permutation") {
      const auto& text = parts_.empty() ? settings_.text("perm_seed") : parts_[0];
      const auto seed = number(text);
      if (!seed) complaint("the seed of the permutation is '" + text + "', not a whole number from 0");
      arguments.seed = seed.value_or(0);
      return seed.has_value();
    }
    if (pattern == "tornado" || pattern == "neighbour" || pattern == "row-to-column")
      return read_digits(arguments);
    if (pattern == "next-group") {
      const auto k = argument(0, "k");
      arguments.group = 2 * k * k;
      return k > 0;
    }
    return true;
  }

  // Of the k, n and xr of the call, or of the configuration.
  std::uint32_t argument(std::size_t i, std::string_view key) {
    const auto& text = i < parts_.size() ? parts_[i] : settings_.text(key);
    const auto value = number(text);
    if (value && *value >= 1 && *value <= most_nodes) return *value;
    complaint("'" + std::string{key} + "' of the traffic is '" + text + "', not a number from 1");
    return 0;
  }

  bool read_digits(traffic::PatternArguments& arguments) {
    const auto k = argument(0, "k"), n = argument(1, "n"), xr = argument(2, "xr");
    arguments.radix = k * xr;
    arguments.dimensions = n;
    return k > 0 && n > 0 && xr > 0;
  }

  bool numbers(std::string_view list, std::vector<std::uint32_t>& out) {
    for (const auto& part : list_parts(list)) {
      const auto value = number(part);
      if (!value) {
        complaint("'" + part.substr(0, 40) + "' in the list of the traffic is no node",
                  part.starts_with('-')
                      ? "BookSim2 draws a spot for it before it sets its seed: name the spot"
                      : std::string{braces});
        return false;
      }
      out.push_back(*value);
    }
    return true;
  }

  bool read_spots(traffic::PatternArguments& arguments) {
    if (parts_.empty()) {
      complaint("hotspot traffic without spots: BookSim2 draws one before it sets its seed",
                "name the spots: traffic = hotspot({{5,6}});");
      return false;
    }
    // hotspot({5,6}) is spot 5 at rate 6: the outer braces are those of the arguments.
    const bool single = parts_.size() > 1 && !parts_[0].starts_with('{') && !parts_[1].starts_with('{');
    if (single)
      diagnostics_.warning(
          where_, "single braces: BookSim2 reads one spot, " + parts_[0] + ", at rate " + parts_[1],
          "write a list of spots in double braces: hotspot({{" + parts_[0] + "," + parts_[1] + "}})");
    if (!numbers(parts_[0], arguments.spots)) return false;
    return parts_.size() < 2 || numbers(parts_[1], arguments.rates);
  }

  static constexpr std::string_view braces = "write lists in double braces: hotspot({{5,6}})";

  const BooksimSettings& settings_;
  std::uint32_t nodes_{};
  Diagnostics& diagnostics_;
  SourceSpot where_{};
  std::vector<std::string> parts_{};
};

}  // namespace

std::optional<traffic::Traffic> booksim_traffic(const BooksimSettings& settings, std::uint32_t nodes,
                                                Diagnostics& diagnostics) {
  return PatternReader{settings, nodes, diagnostics}.run();
}

}  // namespace marquetry::exchange
