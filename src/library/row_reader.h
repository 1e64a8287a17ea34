// Reads the rows of a library: what all tables share, and the three lists that only a library has.
#pragma once

#include "config/sourced_reader.h"
#include "library/module.h"
#include "library/product.h"
#include "library/profile.h"

namespace marquetry {

// The visitor with which `describe` fills a row.
class LibraryRowReader : public RowReader {
 public:
  using RowReader::RowReader;

  // [{ node = "tsmc-n7", area = "0.4 mm2" }]
  void areas(std::string_view key, std::vector<MeasuredArea>& field);
  // [{ name, node, count, area, transistors }]
  void dies(std::string_view key, std::vector<ProductDie>& field);
  void rules(Profile& profile);

 private:
  const std::vector<Node>& tables(std::string_view key);
  RowReader inner(const Node& item, std::string_view key, std::size_t index);
};

// Reads the rules of a profile: nodes, memories, packagings, links, suppliers, regions, caps.
void read_rules(Reader& reader, Profile& profile);

}  // namespace marquetry
