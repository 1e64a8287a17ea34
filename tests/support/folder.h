// A folder of its own for one test, gone afterwards.
#pragma once

#include <filesystem>
#include <string>

namespace marquetry::test {

class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes a file below it, with the folders that it needs.
  std::filesystem::path write(const std::string& name, const std::string& text) const;
  // The text without the folder's path, so that messages can be compared.
  std::string without_path(std::string text) const;

 private:
  std::filesystem::path path_;
};

// The tree of sources, with its libraries and designs.
std::filesystem::path source_folder();

// What a file holds; empty where it cannot be read.
std::string text_of(const std::filesystem::path& file);

std::string replaced(std::string text, const std::string& from, const std::string& to);

}  // namespace marquetry::test
