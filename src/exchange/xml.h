// XML files of which only elements and attributes count, read with the place of each.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace marquetry::exchange {

struct XmlText;  // the parsed document and its text

// An element of a file, which lives as long as any element of it.
class Element {
 public:
  std::string_view tag() const;
  SourceSpot where() const;
  SourceSpot where(std::string_view attribute) const;  // of its value; of the element where it has none
  std::vector<Element> children() const;
  std::optional<std::string> find(std::string_view attribute) const;

  // The attribute's value. After a complaint an empty text, 0, false.
  std::string text(std::string_view attribute, Diagnostics& diagnostics) const;
  double number(std::string_view attribute, Diagnostics& diagnostics) const;
  double count(std::string_view attribute, Diagnostics& diagnostics) const;  // a whole number
  bool flag(std::string_view attribute, Diagnostics& diagnostics) const;     // "true" in any case; else false
  // The same where it may be missing or empty.
  std::optional<double> number_if(std::string_view attribute, Diagnostics& diagnostics) const;
  std::optional<double> count_if(std::string_view attribute, Diagnostics& diagnostics) const;

 private:
  friend std::optional<Element> read_xml(const std::filesystem::path& path, Diagnostics& diagnostics);
  std::shared_ptr<const XmlText> text_{};
  void* node_{};  // pugi::xml_node_struct, which stays in xml.cpp
};

// The root element; nothing after a complaint.
std::optional<Element> read_xml(const std::filesystem::path& path, Diagnostics& diagnostics);

}  // namespace marquetry::exchange
