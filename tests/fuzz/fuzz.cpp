// libFuzzer on one reader: $MARQUETRY_FUZZ names it (fuzz --list). An input is one file, or several behind
// lines
// "=== NAME". They are written into a folder of this process, in which it runs and which it leaves empty.
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>

#include "fuzz/targets.h"

namespace fs = std::filesystem;
using namespace marquetry;

namespace {

constexpr std::string_view mark = "=== ";
constexpr std::size_t most_files = 12;

struct Run {
  fuzz::Target target{};
  fs::path folder{};
  fuzz::Files files{};
  ~Run() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
};

Run& run() {
  static Run it;
  return it;
}

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "%s\n", why.c_str());
  std::abort();
}

bool is_name(std::string_view name) {
  constexpr std::string_view fine = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.";
  return !name.empty() && name.size() < 40 && name.front() != '.' &&
         name.find_first_not_of(fine) == std::string_view::npos;
}

void write(const std::string& name, std::string_view text) {
  const auto path = run().folder / name;
  std::ofstream{path, std::ios::binary} << text;
  run().files.push_back(path);
}

void write_parts(std::string_view text) {
  while (text.starts_with(mark) && run().files.size() < most_files) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto name = text.substr(mark.size(), end - mark.size());
    if (!is_name(name)) break;
    text.remove_prefix(std::min(end + 1, text.size()));
    const auto next = text.starts_with(mark) ? 0 : text.find("\n=== ");
    const auto length = next == std::string_view::npos ? text.size() : next == 0 ? 0 : next + 1;
    write(std::string{name}, text.substr(0, length));
    text.remove_prefix(length);
  }
  if (run().files.empty()) write(run().target.file, text);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* count, char*** arguments) {
  const auto targets = fuzz::targets();
  if (*count > 1 && std::string_view{(*arguments)[1]} == "--list") {
    for (const auto& target : targets) std::puts(target.name.c_str());
    std::exit(0);
  }
  const char* name = std::getenv("MARQUETRY_FUZZ");
  for (const auto& target : targets) {
    if (name != nullptr && target.name == name) run().target = target;
  }
  if (run().target.read == nullptr) stop("MARQUETRY_FUZZ names no reader; fuzz --list lists them");
  std::string folder = (fs::temp_directory_path() / "marquetry-fuzz.XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) stop("there is no folder for temporary files");
  run().folder = folder;
  fs::current_path(run().folder);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  auto& [target, folder, files] = run();
  write_parts({reinterpret_cast<const char*>(bytes), size});
  Diagnostics diagnostics;
  const bool made = target.read(target, files, diagnostics);
  if (!made && diagnostics.ok()) stop("refused without a word");
  if (made && !diagnostics.ok()) stop("made something in spite of: " + render_all(diagnostics));
  render_all(diagnostics);
  for (const auto& file : files) fs::remove(file);
  files.clear();
  return 0;
}
