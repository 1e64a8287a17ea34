#include "exchange/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <pugixml.hpp>

#include "base/file.h"
#include "base/text.h"

namespace marquetry::exchange {

struct XmlText {
  std::string file{}, text{};
  pugi::xml_document document{};

  std::vector<SourceSpot>
      marks{};  // of each `between`-th byte, so that no place is counted from the beginning

  static constexpr std::size_t between = 4096;

  // Columns are characters: the later bytes of a UTF-8 sequence do not count.
  static void pass(std::string_view bytes, SourceSpot& spot) {
    for (const char c : bytes) {
      if (c == '\n') {
        ++spot.line;
        spot.column = 1;
      } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
        ++spot.column;
      }
    }
  }
  void index() {
    SourceSpot spot{{}, 1, 1};
    for (std::size_t at = 0; at <= text.size(); at += between) {
      marks.push_back(spot);
      pass(std::string_view{text}.substr(at, between), spot);
    }
  }
  SourceSpot spot(std::size_t offset) const {
    const auto end = std::min(offset, text.size());
    const auto mark = end / between;
    auto out = marks[mark];
    out.file = file;
    pass(std::string_view{text}.substr(mark * between, end - mark * between), out);
    return out;
  }
};

namespace {

pugi::xml_node node_of(void* node) { return pugi::xml_node{static_cast<pugi::xml_node_struct*>(node)}; }

std::optional<double> parsed(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

std::string_view Element::tag() const { return node_of(node_).name(); }

SourceSpot Element::where() const {
  const auto offset = node_of(node_).offset_debug();
  return text_->spot(offset < 1 ? 0 : static_cast<std::size_t>(offset) - 1);  // of the '<' before the name
}

SourceSpot Element::where(std::string_view attribute) const {
  const std::string_view all = text_->text;
  const auto begin = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, node_of(node_).offset_debug()));
  const auto end = std::min(all.find('>', begin), all.size());
  const auto text = all.substr(0, end);
  for (auto at = text.find(attribute, begin); at < end; at = text.find(attribute, at + 1)) {
    const bool begins = at > 0 && std::string_view{" \t\r\n"}.find(text[at - 1]) != std::string_view::npos;
    const auto equals = text.find_first_not_of(" \t\r\n", at + attribute.size());
    if (!begins || equals == std::string_view::npos || text[equals] != '=') continue;
    const auto value = text.find_first_of("\"'", equals);
    return text_->spot(value == std::string_view::npos ? at : value);
  }
  return where();
}

std::vector<Element> Element::children() const {
  std::vector<Element> out;
  for (const auto& child : node_of(node_).children()) {
    if (child.type() != pugi::node_element) continue;
    Element element;
    element.text_ = text_;
    element.node_ = child.internal_object();
    out.push_back(std::move(element));
  }
  return out;
}

std::optional<std::string> Element::find(std::string_view attribute) const {
  const auto found = node_of(node_).attribute(std::string{attribute}.c_str());
  return found.empty() ? std::nullopt : std::optional<std::string>{found.value()};
}

std::string Element::text(std::string_view attribute, Diagnostics& diagnostics) const {
  auto value = find(attribute);
  if (!value) diagnostics.error(where(), fmt::format("<{}> has no attribute '{}'", tag(), attribute));
  return value.value_or("");
}

double Element::number(std::string_view attribute, Diagnostics& diagnostics) const {
  if (!find(attribute)) {
    text(attribute, diagnostics);
    return 0;
  }
  const auto value = number_if(attribute, diagnostics);
  if (!value && find(attribute)->empty())
    diagnostics.error(where(attribute), fmt::format("'{}' is empty, but it must be a number", attribute));
  return value.value_or(0);
}

double Element::count(std::string_view attribute, Diagnostics& diagnostics) const {
  const double value = number(attribute, diagnostics);
  if (std::floor(value) != value)
    diagnostics.error(where(attribute), fmt::format("'{}' is \"{}\", but it must be a whole number",
                                                    attribute, find(attribute).value_or("")));
  return value;
}

bool Element::flag(std::string_view attribute, Diagnostics& diagnostics) const {
  auto value = text(attribute, diagnostics);
  std::ranges::transform(value, value.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return value == "true";
}

std::optional<double> Element::number_if(std::string_view attribute, Diagnostics& diagnostics) const {
  const auto value = find(attribute);
  if (!value || value->empty()) return std::nullopt;
  const auto number = parsed(*value);
  if (!number || *number < 0) {
    diagnostics.error(where(attribute), fmt::format("'{}' is \"{}\", but it must be a number{}", attribute,
                                                    *value, number ? ", 0 or more" : ""));
    return std::nullopt;
  }
  return number;
}

std::optional<double> Element::count_if(std::string_view attribute, Diagnostics& diagnostics) const {
  const auto value = find(attribute);
  if (!value || value->empty()) return std::nullopt;
  return count(attribute, diagnostics);
}

std::optional<Element> read_xml(const std::filesystem::path& path, Diagnostics& diagnostics) {
  auto text = read_file(path, diagnostics);
  if (!text) return std::nullopt;
  auto file = std::make_shared<XmlText>();
  file->file = path.generic_string();
  file->text = std::move(*text);
  file->index();
  const auto result = file->document.load_buffer(file->text.data(), file->text.size(), pugi::parse_default,
                                                 pugi::encoding_utf8);
  const auto root = file->document.document_element();
  if (!result || !root) {
    const auto offset =
        result ? file->text.size() : static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, result.offset));
    diagnostics.error(
        file->spot(offset),
        fmt::format("the file is no complete XML: {}", result ? "there is no element" : result.description()),
        "is the file cut off?");
    return std::nullopt;
  }
  Element element;
  element.node_ = root.internal_object();
  element.text_ = std::move(file);
  return element;
}

}  // namespace marquetry::exchange
