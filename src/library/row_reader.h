// Reads the rows of a library: what all tables share, and the three lists that only a library has.
#pragma once

#include "config/sourced_reader.h"
#include "library/module.h"
#include "library/product.h"
#include "library/profile.h"
#include "library/workload.h"

namespace marquetry {

// The visitor with which `describe` fills a row.
class LibraryRowReader : public RowReader {
 public:
  using RowReader::RowReader;

  // [{ node = "tsmc-n7", area = "0.4 mm2" }]
  void areas(std::string_view key, std::vector<MeasuredArea>& field);
  // [{ name, node, count, area, transistors }]
  void dies(std::string_view key, std::vector<ProductDie>& field);
  // [{ figure, value, source, why }]
  void remarks(std::string_view key, std::vector<Remark>& field);
  // [{ op = "matmul", m = 1, n = 1000, k = 2048 }]
  void operators(std::string_view key, std::vector<OperatorRow>& field);
  void rules(Profile& profile);
  // ["4 Gbit/s", "8 Gbit/s"]; none where the key is missing.
  template <Dimension D>
  void quantities(std::string_view key, std::vector<Quantity<D>>& field) {
    const auto* list = find(key);
    if (list == nullptr) return;
    for (const auto& text : quantity_items(*list, key)) {
      if (const auto si = read_quantity(text, key, D, diagnostics())) {
        field.push_back(Quantity<D>::from_si(*si));
      }
    }
  }

 private:
  const std::vector<Node>& tables(std::string_view key);
  const std::vector<Node>& quantity_items(const Node& list, std::string_view key);
  RowReader inner(const Node& item, std::string_view key, std::size_t index);
};

// Reads the rules of a profile: nodes, memories, packagings, links, suppliers, regions, caps.
void read_rules(Reader& reader, Profile& profile);

}  // namespace marquetry
