// Reads the rows of a placement document; see `describe` in fields.h.
#pragma once

#include <map>
#include <span>

#include "config/reader.h"
#include "layout_file/fields.h"

namespace marquetry::layout_file {

// Where the names of a document lead.
struct Context {
  std::map<std::string, std::size_t, std::less<>> dies{};
  std::map<std::string, layout::Point, std::less<>> terminals{};
  std::map<std::string, std::size_t, std::less<>> kinds{};  // the first die of each
  std::size_t row{};                                        // that is being read, of its list
};

// The dies' names, in the order of the file.
Context names_in(const Node& root, Diagnostics& diagnostics);

class RowReader {
 public:
  RowReader(const Node& table, std::string what, Context& context, Diagnostics& diagnostics)
      : reader_{table, std::move(what), diagnostics}, context_{context}, diagnostics_{diagnostics} {}

  Reader& reader() { return reader_; }

  void name(std::string_view key, std::string& field) { reader_.text(key, field); }
  void text(std::string_view key, std::string& field) { reader_.text_if(key, field); }
  void flag(std::string_view key, bool& field) { reader_.flag(key, field); }

  void number(std::string_view key, double& field);
  void weight(std::string_view key, double& field);
  void count(std::string_view key, std::size_t& field);  // 1 or more
  void power(std::string_view key, double& field);
  void temperature(std::string_view key, double& field, double fallback);
  void unit(std::string_view key, double& field);
  void length(std::string_view key, layout::Nanometre& field, Range range = Range::any);
  void coordinate(std::string_view key, layout::Nanometre& field);

  void shape(std::string_view width, std::string_view height, layout::Die& die);
  void soft(std::string_view area, std::string_view least, std::string_view largest, layout::Die& die);
  void clumps(std::string_view key, std::string_view outside, layout::Die& die);
  void kind(std::string_view key, std::size_t& field);
  void rotations(std::string_view key, std::uint8_t& field);
  void side_if(std::string_view key, std::optional<layout::Side>& field);

  void die(std::string_view key, std::size_t& field);
  void die_if(std::string_view key, std::optional<std::size_t>& field);
  void pins(std::string_view key, std::vector<layout::Pin>& field);
  void terminals(std::string_view key, layout::Problem& problem);

  template <class Row>
  void rows(std::string_view key, std::vector<Row>& field) {
    for (const auto& item : list(key)) {
      if (!is_row(item, key)) continue;
      context_.row = field.size();
      field.push_back(read_row<Row>(item, key));
    }
  }
  template <class Row>
  void table_if(std::string_view key, std::optional<Row>& field) {
    if (const auto* node = reader_.find_table(key)) field = read_row<Row>(*node, key);
  }

 private:
  template <class Row>
  Row read_row(const Node& node, std::string_view what) {
    Row row;
    RowReader fields{node, label(node, what), context_, diagnostics_};
    describe(row, fields);
    fields.reader().reject_unknown_keys();
    return row;
  }
  // "die 'cpu'", or "net" where a row has no name.
  static std::string label(const Node& node, std::string_view what);
  // None, after a complaint, where the value is no list.
  std::span<const Node> list(std::string_view key);
  bool is_row(const Node& item, std::string_view what);
  const std::vector<Node>* items(const Node& node, std::string_view key, std::size_t size,
                                 std::string_view form);
  std::optional<double> pure(const Node& node, std::string_view key);
  std::optional<layout::Nanometre> signed_length(const Node& node, std::string_view key);
  std::optional<std::size_t> die_of(const Node& node, std::string_view key);
  std::optional<layout::Pin> pin_of(const Node& node, std::string_view key);

  Reader reader_;
  Context& context_;
  Diagnostics& diagnostics_;
};

}  // namespace marquetry::layout_file
