// What is wrong with the user's input, where, and how to put it right.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace marquetry {

struct SourceSpot {
  std::string file{};
  int line{};    // 1-based; 0 where the complaint is about the whole file
  int column{};  // 1-based, in characters
};

enum class Severity { error, warning };

struct Diagnostic {
  Severity severity{};
  SourceSpot where{};
  std::string message{};  // what was found and what was expected
  std::string hint{};     // what to do; may be empty
};

// Collects every complaint of a run, so that a user mends a file once. Functions that read user
// input take one by reference and go on after an error; they never throw for bad input.
class Diagnostics {
 public:
  void error(SourceSpot where, std::string message, std::string hint = {});
  void warning(SourceSpot where, std::string message, std::string hint = {});
  // Keeps the text of a file that was read, so that complaints can show its lines.
  void keep_text(const std::string& file, std::string text);

  bool ok() const { return errors_ == 0; }
  int errors() const { return errors_; }
  const std::vector<Diagnostic>& all() const { return all_; }
  // Empty where the file was not read.
  std::string_view text_of(const std::string& file) const;

 private:
  std::vector<Diagnostic> all_{};
  std::map<std::string, std::string> texts_{};
  int errors_{};
};

// "designs/a.toml:7:8: error: ..." with the line itself and a caret where its text is given.
std::string render(const Diagnostic& diagnostic, std::string_view file_text = {});

// All complaints with their lines: file by file as they were first named, then by line.
std::string render_all(const Diagnostics& diagnostics);

// The candidate nearest to a misspelt word by edit distance; empty where none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

// "did you mean 'n7'?" for that candidate; empty where none is near.
std::string did_you_mean(std::string_view word, const std::vector<std::string_view>& candidates);

// The same, or else the candidates themselves: "known: a, b, c", at most eight of them.
std::string suggest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace marquetry
