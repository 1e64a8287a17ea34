#include "library/merge.h"

#include <algorithm>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "config/parse.h"

namespace marquetry {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> toml_files(const fs::path& folder, Diagnostics& diagnostics) {
  std::vector<fs::path> files;
  std::error_code error;
  const SourceSpot spot{.file = folder.generic_string()};
  if (!fs::is_directory(folder, error)) {
    diagnostics.error(spot, "is no folder, where a library folder was expected",
                      "a library is a folder of .toml files");
    return files;
  }
  fs::recursive_directory_iterator it{folder, fs::directory_options::skip_permission_denied, error}, end;
  for (; !error && it != end; it.increment(error)) {
    if (it->path().extension() == ".toml") files.push_back(it->path());
  }
  std::ranges::sort(files);
  if (files.empty()) diagnostics.error(spot, "holds no .toml file", "a library is a folder of .toml files");
  return files;
}

// The text of a file, which is put to the hash with the name that it has in its folder.
std::optional<std::string> read_hashed(const fs::path& folder, const fs::path& file, std::uint64_t& hash,
                                       Diagnostics& diagnostics) {
  auto text = read_file(file, diagnostics);
  if (!text) return text;
  hash = fnv1a(file.lexically_relative(folder).generic_string(), hash);
  hash = fnv1a(*text, hash);
  return text;
}

void lay_over(MergedRow& row, Node table, SourceDefaults defaults) {
  const auto layer = row.defaults.size();
  row.defaults.push_back(std::move(defaults));
  for (auto& item : table.items) {
    item.layer = layer;
    const auto same = std::ranges::find(row.table.items, item.key, &Node::key);
    if (same == row.table.items.end()) {
      row.table.items.push_back(std::move(item));
    } else {
      *same = std::move(item);
    }
  }
}

class Merger {
 public:
  Merger(const std::vector<std::string_view>& categories, Diagnostics& diagnostics)
      : known_{categories}, diagnostics_{diagnostics} {
    for (const auto name : categories) library_.categories.push_back({std::string{name}, {}});
  }

  void add_folder(const fs::path& folder, std::size_t index) {
    name_ = folder.generic_string();
    index_ = index;
    for (const auto& file : toml_files(folder, diagnostics_)) add_file(folder, file);
  }

  MergedLibrary result() && {
    library_.hash = hex(hash_);
    return std::move(library_);
  }

 private:
  void add_file(const fs::path& folder, const fs::path& file) {
    const auto text = read_hashed(folder, file, hash_, diagnostics_);
    if (!text) return;
    auto root = parse_text(*text, file.generic_string(), diagnostics_);
    if (!root) return;
    check_format(*root, diagnostics_);
    for (auto& category : root->items) {
      if (category.key != "format") add_category(category);
    }
  }

  void add_category(Node& table) {
    const auto category = std::ranges::find(library_.categories, table.key, &MergedCategory::name);
    if (category == library_.categories.end()) {
      diagnostics_.error(table.key_where, "unknown category '" + table.key + "'", suggest(table.key, known_));
      return;
    }
    if (!table.is_table()) {
      diagnostics_.error(table.where, "'" + table.key + "' must be a table of rows",
                         "write each row as [" + table.key + ".its-name]");
      return;
    }
    for (auto& row : table.items) add_row(std::move(row), category->rows, table.key);
  }

  void add_row(Node table, std::vector<MergedRow>& rows, const std::string& category) {
    if (!table.is_table()) {
      diagnostics_.error(table.key_where, "'" + table.key + "' in '" + category + "' must be a table",
                         "write each row as [" + category + ".its-name]");
      return;
    }
    if (!is_kebab_case(table.key)) {
      diagnostics_.error(table.key_where, "'" + table.key + "' cannot name a row",
                         "a name has small letters, digits and hyphens only: 'tsmc-n7'");
    }
    auto defaults = read_source_defaults(table, diagnostics_);
    const auto row =
        std::ranges::find_if(rows, [&](const MergedRow& known) { return known.table.key == table.key; });
    const auto overlay = index_ > 0 ? name_ : std::string{};
    if (row == rows.end()) {
      rows.push_back({std::move(table), {std::move(defaults)}, overlay, index_});
    } else if (row->folder == index_) {
      const auto& first = row->table.key_where;
      diagnostics_.error(table.key_where, "'" + table.key + "' in '" + category + "' is there twice",
                         "the first is at " + first.file + ":" + std::to_string(first.line));
      return;
    } else {
      lay_over(*row, std::move(table), std::move(defaults));
      row->overlay = overlay;
      row->folder = index_;
    }
    auto& overlays = library_.overlays;
    if (index_ > 0 && std::ranges::find(overlays, name_) == overlays.end()) overlays.push_back(name_);
  }

  std::vector<std::string_view> known_;
  Diagnostics& diagnostics_;
  MergedLibrary library_{};
  std::string name_{};   // of the folder being read
  std::size_t index_{};  // its place among the folders
  std::uint64_t hash_{fnv1a({})};
};

}  // namespace

MergedLibrary merge_folders(const std::vector<fs::path>& folders,
                            const std::vector<std::string_view>& categories, Diagnostics& diagnostics) {
  Merger merger{categories, diagnostics};
  for (std::size_t i = 0; i < folders.size(); ++i) merger.add_folder(folders[i], i);
  return std::move(merger).result();
}

std::string library_hash(const std::vector<fs::path>& folders, Diagnostics& diagnostics) {
  std::uint64_t hash = fnv1a({});
  for (const auto& folder : folders)
    for (const auto& file : toml_files(folder, diagnostics)) read_hashed(folder, file, hash, diagnostics);
  return hex(hash);
}

}  // namespace marquetry
