#include "exchange/dblx/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "exchange/yaml.h"

namespace marquetry::exchange::dblx {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view define = "#!define";
constexpr std::size_t most_defines = 1000, most_files = 1000;
constexpr int deepest = 32;

struct Definition {
  std::string key{}, value{};
};

// Every occurrence, left to right, once. False where the line would grow beyond all measure.
bool replace_all(std::string& line, const Definition& d) {
  auto at = line.find(d.key);
  if (at == std::string::npos) return true;
  std::string out;
  std::size_t from = 0;
  for (; at != std::string::npos && out.size() <= largest_file; at = line.find(d.key, from)) {
    out.append(line, from, at - from).append(d.value);
    from = at + d.key.size();
  }
  out.append(line, from);
  line = std::move(out);
  return line.size() <= largest_file;
}

std::optional<Definition> definition(std::string_view line) {
  auto rest = trimmed(line.substr(define.size()));
  const auto end = rest.find_first_of(" \t");
  if (end == std::string_view::npos) return std::nullopt;
  return Definition{std::string{rest.substr(0, end)}, std::string{trimmed(rest.substr(end))}};
}

bool fits(std::string_view name, std::string_view pattern) {
  // By parts between stars: the first one in front, the last one at the end, the others in order.
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return name == pattern;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  name.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  for (auto next = pattern.find('*'); next != std::string_view::npos; next = pattern.find('*')) {
    const auto at = name.find(pattern.substr(0, next));
    if (at == std::string_view::npos) return false;
    name.remove_prefix(at + next);
    pattern.remove_prefix(next + 1);
  }
  return name.ends_with(pattern);
}

fs::path identity(const fs::path& path) {
  std::error_code error;
  auto out = fs::weakly_canonical(path, error);
  return error ? path.lexically_normal() : out;
}

bool is_below(const fs::path& path, const fs::path& folder) {
  const auto [end, rest] = std::ranges::mismatch(folder, path);
  return end == folder.end() || end->empty();
}

class Collector {
 public:
  explicit Collector(Diagnostics& diagnostics) : diagnostics_{diagnostics} {}

  Sources out{};

  bool add(const fs::path& file, int depth) {
    const auto id = identity(file);
    if (open_.contains(id)) {
      diagnostics_.error({.file = file.generic_string()}, "includes itself", "take one of the includes out");
      return false;
    }
    if (!read_.insert(id).second) return true;
    if (depth > deepest || read_.size() > most_files) {
      diagnostics_.error({.file = file.generic_string()},
                         "belongs to more includes than a description needs");
      return false;
    }
    auto text = read_file(file, diagnostics_);
    if (!text) return false;
    text = preprocessed(std::move(*text), file.generic_string(), diagnostics_);
    if (!text) return false;
    auto root = parse_yaml(*text, file.generic_string(), diagnostics_);
    if (!root) return false;
    if (!root->is_table()) {
      diagnostics_.error({.file = file.generic_string()}, "is no description in 3Dblox: it has no sections",
                         "it begins with a section 'Header:'");
      return false;
    }
    open_.insert(id);
    const bool ok = add_includes(file, *root, depth);
    open_.erase(id);
    if (ok) out.files.push_back({file, std::move(*root)});
    return ok;
  }

 private:
  bool add_includes(const fs::path& file, const Node& root, int depth) {
    const auto* header = find(root, "Header");
    const auto* list = header == nullptr ? nullptr : find(*header, "include");
    if (list == nullptr || (list->kind == NodeKind::text && list->text == "~")) return true;
    const auto one = std::span{list, 1};
    for (const auto& pattern : list->kind == NodeKind::list ? std::span{list->items} : one) {
      const auto files = matches(out, file, pattern, diagnostics_);
      if (files.empty()) return false;
      for (const auto& included : files)
        if (!add(included, depth + 1)) return false;
    }
    return true;
  }

  Diagnostics& diagnostics_;
  std::set<fs::path> read_{}, open_{};
};

}  // namespace

std::optional<std::string> preprocessed(std::string text, const std::string& file, Diagnostics& diagnostics) {
  if (text.find(define) == std::string::npos) return text;
  std::vector<Definition> definitions;
  std::string out;
  int number = 0;
  for (std::string_view rest{text}; !rest.empty();) {
    ++number;
    const auto end = std::min(rest.find('\n'), rest.size());
    std::string line{rest.substr(0, end)};
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool fit = std::ranges::all_of(definitions, [&](const auto& d) { return replace_all(line, d); });
    if (!fit || out.size() > largest_file) {
      diagnostics.error({file, number, 1}, "its definitions make it larger than any description");
      return std::nullopt;
    }
    if (line.starts_with(define)) {
      auto made = definition(line);
      if (!made || definitions.size() >= most_defines) {
        diagnostics.error(
            {file, number, 1},
            made ? "more definitions than a description needs" : "a definition has a name and a value",
            "write it as: #!define NAME VALUE");
        return std::nullopt;
      }
      definitions.push_back(std::move(*made));
    }
    out += line;
    out += '\n';
  }
  return out;
}

std::vector<fs::path> matches(const Sources& sources, const fs::path& file, const Node& pattern,
                              Diagnostics& diagnostics) {
  if (pattern.kind != NodeKind::text || pattern.text.empty()) {
    diagnostics.error(pattern.where, "the name of a file was expected, but this is " + quoted(pattern));
    return {};
  }
  const fs::path asked = fs::path{pattern.text}.is_absolute()
                             ? fs::path{pattern.text}
                             : (file.parent_path() / pattern.text).lexically_normal();
  const auto folder = asked.parent_path();
  const auto may_read = [&](const fs::path& path) {
    const auto id = identity(path);
    return is_below(id, identity(file.has_parent_path() ? file.parent_path() : fs::path{"."})) ||
           std::ranges::find(sources.named, id) != sources.named.end();
  };
  const auto outside = [&] {
    diagnostics.error(pattern.where,
                      fmt::format("'{}' does not lie in the folder of this file", pattern.text),
                      "name it among the files of the command, or copy it beside this one");
    return std::vector<fs::path>{};
  };
  const auto name = asked.filename().string();
  if (folder.string().find('*') != std::string::npos) {
    diagnostics.error(pattern.where, "a star can stand in the last part of a path only");
    return {};
  }
  if (name.find('*') == std::string::npos) {
    if (!may_read(asked)) return outside();
    return {asked};
  }
  if (!may_read(folder)) return outside();
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it{folder.empty() ? fs::path{"."} : folder, error}, end; !error && it != end;
       it.increment(error)) {
    if (fits(it->path().filename().string(), name)) out.push_back(folder / it->path().filename());
  }
  std::ranges::sort(out);
  if (out.empty()) diagnostics.error(pattern.where, fmt::format("no file is like '{}'", pattern.text));
  return out;
}

std::optional<Sources> read_sources(std::span<const fs::path> files, Diagnostics& diagnostics) {
  Collector collector{diagnostics};
  for (const auto& file : files) collector.out.named.push_back(identity(file));
  // Descriptions of chiplets first, so that one is not included by nobody.
  std::vector<fs::path> order{files.begin(), files.end()};
  std::erase_if(order, [](const auto& file) {
    const auto extension = file.extension();
    return extension == ".bmap" || extension == ".pmap" || extension == ".v";
  });
  std::ranges::stable_partition(order, [](const auto& file) { return file.extension() != ".3dbx"; });
  for (const auto& file : order)
    if (!collector.add(file, 0)) return std::nullopt;
  if (collector.out.files.empty()) {
    diagnostics.error({.file = "marquetry import"}, "there is no description among the files",
                      "name the .3dbx, or a .3dbv of chiplets");
    return std::nullopt;
  }
  return std::move(collector.out);
}

}  // namespace marquetry::exchange::dblx
