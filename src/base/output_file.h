// A file that is written piece by piece and comes into being as a whole: beside its place first, then
// renamed. A link stays a link; a device or pipe is written to, not replaced.
#pragma once

#include <filesystem>
#include <fstream>
#include <string_view>

#include "base/diagnostic.h"

namespace marquetry {

class OutputFile {
 public:
  explicit OutputFile(const std::filesystem::path& path);
  ~OutputFile();  // nothing is left of what was not finished
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;

  void write(std::string_view bytes);
  // False after a complaint about any write since the start.
  bool finish(Diagnostics& diagnostics);

 private:
  std::filesystem::path path_{}, target_{}, part_{};
  bool is_device_{}, is_done_{};
  int failure_{};  // errno of the first
  std::ofstream out_{};
};

}  // namespace marquetry
