#include "base/diagnostic.h"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace marquetry {
namespace {

constexpr std::size_t longest_line_shown = 160;
constexpr std::size_t most_kept = 1000;  // complaints; a hostile file has millions to offer

std::string_view line_of(std::string_view text, int line) {
  for (int i = 1; i < line && !text.empty(); ++i) {
    const auto newline = text.find('\n');
    text = newline == std::string_view::npos ? std::string_view{} : text.substr(newline + 1);
  }
  text = text.substr(0, text.find('\n'));
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

// As wide as the first characters of the line: tabs stay tabs, a character of several bytes is one space.
std::string indent_to(std::string_view line, int column) {
  std::string indent;
  int characters = 1;
  for (const char c : line) {
    const bool continues = (static_cast<unsigned char>(c) & 0xc0u) == 0x80u;
    if (continues) continue;
    if (characters++ >= column) return indent;
    indent += c == '\t' ? '\t' : ' ';
  }
  return indent.append(static_cast<std::size_t>(std::max(0, column - characters)), ' ');
}

std::string caret_lines(std::string_view line, int column) {
  if (line.size() > longest_line_shown) return {};
  return "    " + std::string{line} + "\n    " + indent_to(line, column) + "^\n";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replace}));
    }
  }
  return row.back();
}

}  // namespace

void Diagnostics::error(SourceSpot where, std::string message, std::string hint) {
  ++errors_;
  if (all_.size() < most_kept)
    all_.push_back({Severity::error, std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::warning(SourceSpot where, std::string message, std::string hint) {
  if (all_.size() < most_kept)
    all_.push_back({Severity::warning, std::move(where), std::move(message), std::move(hint)});
}

void Diagnostics::keep_text(const std::string& file, std::string text) { texts_[file] = std::move(text); }

std::string_view Diagnostics::text_of(const std::string& file) const {
  const auto found = texts_.find(file);
  return found == texts_.end() ? std::string_view{} : found->second;
}

std::string render(const Diagnostic& diagnostic, std::string_view file_text) {
  const auto& [severity, where, message, hint] = diagnostic;
  std::string out = where.file;
  if (where.line > 0) out += ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
  if (!out.empty()) out += ": ";
  out += severity == Severity::error ? "error: " : "warning: ";
  out += message + "\n";
  if (where.line > 0 && !file_text.empty()) out += caret_lines(line_of(file_text, where.line), where.column);
  if (!hint.empty()) out += "  hint: " + hint + "\n";
  return out;
}

std::string render_all(const Diagnostics& diagnostics) {
  std::map<std::string, std::size_t> order;
  for (const auto& diagnostic : diagnostics.all()) order.try_emplace(diagnostic.where.file, order.size());
  auto sorted = diagnostics.all();
  std::ranges::stable_sort(sorted, {}, [&](const Diagnostic& d) {
    return std::tuple{order.at(d.where.file), d.where.line, d.where.column};
  });
  std::string out;
  for (const auto& diagnostic : sorted) out += render(diagnostic, diagnostics.text_of(diagnostic.where.file));
  if (sorted.size() == most_kept)
    out += "There is more to complain of; this is the first " + std::to_string(most_kept) + ".\n";
  return out;
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  std::string_view best;
  std::size_t best_distance = word.size() / 3 + 2;
  if (word.size() > 100) return best;  // no name is that long
  for (const auto candidate : candidates) {
    const auto distance = edit_distance(word, candidate);
    if (distance < best_distance && distance < std::max(word.size(), candidate.size())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto close = nearest(word, candidates);
  return close.empty() ? std::string{} : "did you mean '" + std::string{close} + "'?";
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (auto hint = did_you_mean(word, candidates); !hint.empty() || candidates.empty()) return hint;
  std::string hint = "known: ";
  for (std::size_t i = 0; i < candidates.size() && i < 8; ++i) {
    hint += (i > 0 ? ", " : "") + std::string{candidates[i]};
  }
  return candidates.size() > 8 ? hint + ", ..." : hint;
}

}  // namespace marquetry
