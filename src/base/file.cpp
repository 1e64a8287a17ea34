#include "base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "base/large_file.h"
#include "base/named_file.h"
#include "base/output_file.h"
#include "base/text.h"

namespace marquetry {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";  // as some editors put before UTF-8

std::string reason(int error_number) { return std::generic_category().message(error_number); }

std::string similar_file(const fs::path& path) {
  std::error_code error;
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  std::vector<std::string> names;
  for (fs::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    names.push_back(it->path().filename().string());
  }
  std::ranges::sort(names);
  const auto close = nearest(path.filename().string(), {names.begin(), names.end()});
  if (close.empty()) return "give the path of a file that exists, from the folder you are in";
  return "did you mean '" + (path.parent_path() / close).generic_string() + "'?";
}

// The number of bytes of the UTF-8 character at the front; 0 if there is none: RFC 3629, section 4.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) return 0;
  const auto is_inner = [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u; };
  if (length > 2) {  // no overlong form, no surrogate, nothing above U+10FFFF
    const auto second = static_cast<unsigned char>(text[1]);
    if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
        (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f))
      return 0;
  }
  return std::ranges::all_of(text.substr(1, length - 1), is_inner) ? length : 0;
}

// Complains where the text is not text.
bool is_text(std::string_view text, SourceSpot spot, Diagnostics& diagnostics) {
  if (text.find('\0') != std::string_view::npos) {
    diagnostics.error({.file = spot.file}, "is a binary file, where a text file was expected");
    return false;
  }
  spot.line = spot.column = 1;
  while (!text.empty()) {
    const auto length = character_length(text);
    if (length == 0) {
      diagnostics.error(spot, "is not UTF-8 text from this character on", "save the file as UTF-8");
      return false;
    }
    ++spot.column;
    if (text.front() == '\n') {
      ++spot.line;
      spot.column = 1;
    }
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace

std::optional<std::string> read_large_file(const fs::path& path, std::size_t most_bytes,
                                           Diagnostics& diagnostics) {
  const SourceSpot spot{.file = path.generic_string()};
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) {
    diagnostics.error(spot, "there is no such file", similar_file(path));
    return std::nullopt;
  }
  if (fs::is_directory(status)) {
    diagnostics.error(spot, "is a folder, where a file was expected");
    return std::nullopt;
  }
  if (fs::is_character_file(status) || fs::is_block_file(status)) {
    diagnostics.error(spot, "is a device, where a file was expected");
    return std::nullopt;
  }
  std::ifstream in{path, std::ios::binary};
  if (!in) {
    diagnostics.error(spot, "cannot be read: " + reason(errno));
    return std::nullopt;
  }
  std::string text;
  for (std::array<char, 65536> block{}; in && text.size() <= most_bytes;) {  // a pipe has no size to ask for
    in.read(block.data(), block.size());
    text.append(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (text.size() > most_bytes) {
    diagnostics.error(spot, "is larger than " + significant(static_cast<double>(most_bytes) / 1e6, 6) +
                                " MB, the most that is read of one file");
    return std::nullopt;
  }
  if (text.starts_with(byte_order_mark)) text.erase(0, byte_order_mark.size());
  if (!is_text(text, spot, diagnostics)) return std::nullopt;
  return text;
}

std::optional<std::string> read_file(const fs::path& path, Diagnostics& diagnostics) {
  auto text = read_large_file(path, largest_file, diagnostics);
  if (text) diagnostics.keep_text(path.generic_string(), *text);
  return text;
}

std::optional<fs::path> file_below(const fs::path& folder, std::string_view name, const SourceSpot& where,
                                   Diagnostics& diagnostics) {
  const fs::path path{name};
  const bool leads_up = std::ranges::find(path, fs::path{".."}) != path.end();
  if (std::error_code error; fs::is_fifo(folder / path, error)) {
    diagnostics.error(where,
                      "'" + std::string{name.substr(0, 80)} + "' is a pipe, where a file was expected");
    return std::nullopt;
  }
  if (!path.empty() && path.is_relative() && !leads_up) return folder / path;
  diagnostics.error(where,
                    "'" + std::string{name.substr(0, 80)} + "' does not lie in the folder of this file",
                    "files are read from the folder of the file that names them, and from below it");
  return std::nullopt;
}

bool make_folder(const fs::path& path, Diagnostics& diagnostics) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error) return true;
  diagnostics.error({.file = path.generic_string()}, "cannot be made: " + error.message());
  return false;
}

bool write_file(const fs::path& path, std::string_view text, Diagnostics& diagnostics) {
  OutputFile out{path};
  out.write(text);
  return out.finish(diagnostics);
}

}  // namespace marquetry
