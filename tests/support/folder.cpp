#include "support/folder.h"

#include <stdlib.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace marquetry::test {

namespace fs = std::filesystem;

fs::path source_folder() { return MARQUETRY_SOURCE_DIR; }

Folder::Folder() {
  auto name = (fs::temp_directory_path() / "marquetry-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error{"no folder for a test in " + name};
  path_ = name;
}

Folder::~Folder() {
  std::error_code error;
  fs::remove_all(path_, error);
}

fs::path Folder::write(const std::string& name, const std::string& text) const {
  const auto file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream{file, std::ios::binary} << text;
  return file;
}

std::string Folder::without_path(std::string text) const {
  return replaced(std::move(text), path_.string() + "/", "");
}

std::string text_of(const fs::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

}  // namespace marquetry::test
