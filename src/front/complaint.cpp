#include "front/complaint.h"

#include <nlohmann/json.hpp>
#include <sstream>

#include "base/json_text.h"

namespace marquetry {
namespace {

void paint_word(std::string& text, std::string_view word, std::string_view code) {
  const auto at = text.find(word);
  if (at == std::string::npos) return;
  text.insert(at + word.size(), "\x1b[0m");
  text.insert(at, code);
}

// The lines of files, which are set in, keep their colour.
std::string painted(const std::string& text) {
  constexpr std::string_view red = "\x1b[1;31m", magenta = "\x1b[1;35m", green = "\x1b[1;32m",
                             cyan = "\x1b[36m";
  std::istringstream lines{text};
  std::string out;
  for (std::string line; std::getline(lines, line); out += line + "\n") {
    if (!line.starts_with("    ")) {
      paint_word(line, " error:", red);
      paint_word(line, " warning:", magenta);
      paint_word(line, "  hint:", cyan);
    } else if (line.find_first_not_of(' ') == line.size() - 1) {
      paint_word(line, "^", green);
    }
  }
  return out;
}

Diagnostics errors_of(const Diagnostics& diagnostics) {
  Diagnostics errors;
  for (const auto& [severity, where, message, hint] : diagnostics.all()) {
    if (severity != Severity::error) continue;
    errors.keep_text(where.file, std::string{diagnostics.text_of(where.file)});
    errors.error(where, message, hint);
  }
  return errors;
}

std::string place_of(const SourceSpot& where) {
  if (where.line == 0) return where.file;
  return where.file + ":" + std::to_string(where.line) + ":" + std::to_string(where.column);
}

nlohmann::ordered_json entry(const Diagnostic& diagnostic, Message message) {
  nlohmann::ordered_json json{
      {"id", message.id}, {"message", diagnostic.message}, {"place", place_of(diagnostic.where)}};
  if (!diagnostic.hint.empty()) json["hint"] = diagnostic.hint;
  return json;
}

}  // namespace

std::string rendered(const Diagnostics& diagnostics, const Options& options, Paint paint) {
  const auto text = render_all(options.quiet ? errors_of(diagnostics) : diagnostics);
  return paint == Paint::colored ? painted(text) : text;
}

std::string failure_json(const Diagnostics& diagnostics, Message message) {
  std::vector<nlohmann::ordered_json> errors;
  for (const auto& diagnostic : diagnostics.all()) {
    if (diagnostic.severity == Severity::error) errors.push_back(entry(diagnostic, message));
  }
  if (errors.empty()) errors.push_back({{"id", message.id}, {"message", message.meaning}, {"place", ""}});
  nlohmann::ordered_json json{{"error", errors.front()}};
  if (errors.size() > 1) json["errors"] = errors;
  return json_text(json);
}

}  // namespace marquetry
