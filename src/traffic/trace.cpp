#include "traffic/trace.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <span>

#include "base/file.h"
#include "base/text.h"

namespace marquetry::traffic {
namespace {

constexpr std::size_t most_messages = 1'000'000, most_waits = 10'000'000;
constexpr std::uint64_t most_flits = 1'000'000'000, longest_delay = 1'000'000'000'000;
constexpr std::array<std::string_view, 6> columns{"id", "source", "destination", "flits", "delay", "after"};

struct Cell {
  std::string_view text{};
  int column{};
};

class TraceReader {
 public:
  TraceReader(std::string file, std::uint32_t nodes, Diagnostics& diagnostics)
      : file_{std::move(file)}, nodes_{nodes}, diagnostics_{diagnostics} {}

  std::optional<Trace> run(std::string_view text) {
    const int before = diagnostics_.errors();
    while (!text.empty()) {
      const auto end = std::min(text.find('\n'), text.size());
      ++line_;
      read_line(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      if (diagnostics_.errors() > before + 100) break;
    }
    if (out_.names.empty() && diagnostics_.errors() == before)
      diagnostics_.error({.file = file_}, "there are no messages in it",
                         "begin with the line id,source,destination,flits,delay,after");
    resolve();
    if (diagnostics_.errors() > before) return std::nullopt;
    complain_about_circle();
    if (diagnostics_.errors() > before) return std::nullopt;
    return std::move(out_);
  }

 private:
  void error(int column, std::string message, std::string hint = {}) {
    diagnostics_.error({file_, line_, column}, std::move(message), std::move(hint));
  }

  static std::vector<Cell> cells(std::string_view line, std::string_view between) {
    std::vector<Cell> out;
    for (std::size_t at = 0; at <= line.size();) {
      const auto end = std::min(line.find_first_of(between, at), line.size());
      const auto raw = line.substr(at, end - at);
      const auto text = trimmed(raw);
      const auto begin = text.empty() ? at : static_cast<std::size_t>(text.data() - line.data());
      out.push_back({text, static_cast<int>(begin) + 1});
      at = end + 1;
    }
    return out;
  }

  void read_line(std::string_view line) {
    line = line.substr(0, line.find('#'));
    if (trimmed(line).empty()) return;
    const auto row = cells(line, ",");
    if (!has_header_) return read_header(row);
    if (row.size() < 4 || row.size() > columns.size()) {
      error(1, "a message has 4 to 6 columns, not " + std::to_string(row.size()),
            "id,source,destination,flits,delay,after");
      return;
    }
    if (out_.names.size() == most_messages) {
      if (!is_full_) error(1, "more than a million messages are not read");
      is_full_ = true;
      return;
    }
    read_message(row);
  }

  void read_header(const std::vector<Cell>& row) {
    has_header_ = true;
    const bool is_one = row.size() <= columns.size() && row.size() >= 4 &&
                        std::ranges::equal(row, std::span{columns}.first(row.size()), {}, &Cell::text);
    if (!is_one)
      error(1, "the first line must name the columns", "write id,source,destination,flits,delay,after");
  }

  void read_message(const std::vector<Cell>& row) {
    const auto& name = row[0];
    if (name.text.empty() || name.text.find_first_of(" \t") != std::string_view::npos) {
      error(name.column, "a message needs a name without blanks");
      return;
    }
    const auto index = static_cast<std::uint32_t>(out_.names.size());
    const auto [at, is_new] = by_name_.emplace(name.text, index);
    if (!is_new) {
      error(name.column,
            "the message '" + std::string{name.text} + "' stands twice, first in line " +
                std::to_string(lines_[at->second]),
            "give each message a name of its own");
      return;
    }
    Message message{.source = node(row[1], "source"), .destination = node(row[2], "destination")};
    message.flits = count(row[3], "flits", 1, most_flits);
    if (row.size() > 4 && !row[4].text.empty()) message.delay = count(row[4], "delay", 0, longest_delay);
    if (row.size() > 5) {
      for (auto cell : cells(row[5].text, " \t;")) {
        if (cell.text.empty()) continue;
        cell.column += row[5].column - 1;
        waits_.push_back({index, line_, cell});
      }
    }
    out_.names.emplace_back(name.text);
    out_.messages.messages.push_back(std::move(message));
    lines_.push_back(line_);
  }

  std::uint64_t count(const Cell& cell, std::string_view what, std::uint64_t least, std::uint64_t most) {
    std::uint64_t value = 0;
    const auto end = cell.text.data() + cell.text.size();
    const auto [stop, failed] = std::from_chars(cell.text.data(), end, value);
    if (failed == std::errc{} && stop == end && value >= least && value <= most) return value;
    error(cell.column, "'" + std::string{what} + "' must be a whole number from " + std::to_string(least) +
                           " to " + std::to_string(most) + ", not '" + std::string{cell.text.substr(0, 40)} +
                           "'");
    return least;
  }

  std::uint32_t node(const Cell& cell, std::string_view what) {
    return static_cast<std::uint32_t>(count(cell, what, 0, nodes_ - 1));
  }

  void resolve() {
    if (waits_.size() > most_waits) {
      diagnostics_.error({.file = file_}, "the messages wait for more than ten million others");
      return;
    }
    for (const auto& wait : waits_) {
      const auto found = by_name_.find(wait.cell.text);
      if (found != by_name_.end()) {
        out_.messages.messages[wait.message].after.push_back(found->second);
        continue;
      }
      line_ = wait.line;
      std::vector<std::string_view> known;
      if (out_.names.size() <= 1000) known.assign(out_.names.begin(), out_.names.end());
      error(wait.cell.column,
            "there is no message '" + std::string{wait.cell.text.substr(0, 80)} + "' to wait for",
            did_you_mean(wait.cell.text, known));
    }
  }

  void complain_about_circle() {
    const auto round = circle(out_.messages);
    if (round.empty()) return;
    line_ = lines_[round.front()];
    std::string names;
    for (std::size_t i = 0; i < std::min<std::size_t>(round.size(), 8); ++i)
      names += "'" + out_.names[round[i]] + "' waits for ";
    if (round.size() > 8) names += "... waits for ";
    error(1, "messages wait for each other in a circle: " + names + "'" + out_.names[round.front()] + "'",
          "drop one of these waits");
  }

  struct Wait {
    std::uint32_t message{};
    int line{};
    Cell cell{};
  };

  std::string file_;
  std::uint32_t nodes_{};
  Diagnostics& diagnostics_;
  int line_{};
  bool has_header_{}, is_full_{};
  Trace out_{};
  std::map<std::string_view, std::uint32_t> by_name_{};
  std::vector<int> lines_{};
  std::vector<Wait> waits_{};
};

}  // namespace

std::vector<std::uint32_t> circle(const Messages& messages) {
  const auto& all = messages.messages;
  // Kahn: what is never free is on a circle or waits for one.
  std::vector<std::uint32_t> open(all.size());
  std::vector<std::vector<std::uint32_t>> then(all.size());
  std::vector<std::uint32_t> free;
  for (std::uint32_t i = 0; i < all.size(); ++i) {
    open[i] = static_cast<std::uint32_t>(all[i].after.size());
    for (const auto before : all[i].after) then[before].push_back(i);
    if (open[i] == 0) free.push_back(i);
  }
  while (!free.empty()) {
    const auto i = free.back();
    free.pop_back();
    for (const auto next : then[i])
      if (--open[next] == 0) free.push_back(next);
  }
  const auto stuck = std::ranges::find_if(open, [](std::uint32_t n) { return n > 0; });
  if (stuck == open.end()) return {};
  // From a stuck one to one that it waits for and that is stuck too, until one comes again.
  std::vector<std::uint32_t> way;
  std::vector<std::size_t> seen(all.size());
  for (auto i = static_cast<std::uint32_t>(stuck - open.begin());;) {
    if (seen[i] > 0) {
      way.erase(way.begin(), way.begin() + static_cast<std::ptrdiff_t>(seen[i] - 1));
      return way;
    }
    way.push_back(i);
    seen[i] = way.size();
    i = *std::ranges::find_if(all[i].after, [&](std::uint32_t before) { return open[before] > 0; });
  }
}

std::optional<Trace> read_trace(const std::filesystem::path& file, std::uint32_t nodes,
                                Diagnostics& diagnostics) {
  const auto text = read_file(file, diagnostics);
  if (!text) return std::nullopt;
  return TraceReader{file.generic_string(), nodes, diagnostics}.run(*text);
}

}  // namespace marquetry::traffic
