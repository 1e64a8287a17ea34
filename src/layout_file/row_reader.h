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
Context names_in(const Node& placement, Diagnostics& diagnostics);

class RowReader {
 public:
  RowReader(const Node& table, std::string what, Context& context, Diagnostics& diagnostics)
      : reader_{table, std::move(what), diagnostics}, context_{context}, diagnostics_{diagnostics} {}

  Reader& reader() { return reader_; }

  void name(std::string_view key, std::string& field) { reader_.text(key, field); }
  void text(std::string_view key, std::string& field) { reader_.text_if(key, field); }
  void flag(std::string_view key, bool& field) { reader_.flag(key, field); }

  void number(std::string_view key, double& field, Range range = Range::any);
  void number_or(std::string_view key, double& field, double fallback, Range range = Range::any);
  void count(std::string_view key, std::size_t& field, Range range = Range::any);
  void area(std::string_view key, double& field);
  void power(std::string_view key, double& field);
  void temperature(std::string_view key, double& field, double fallback);
  void unit(std::string_view key, double& field);

  void length(std::string_view key, layout::Nanometre& field, Range range = Range::any);
  void length_required(std::string_view key, layout::Nanometre& field);
  void lengths(std::string_view key, std::vector<layout::Nanometre>& field);
  void size(std::string_view key, layout::Size& field);
  void size_if(std::string_view key, std::optional<layout::Size>& field);
  void point(std::string_view key, layout::Point& field);
  void rect(std::string_view key, layout::Rect& field);
  void rects(std::string_view key, std::vector<layout::Rect>& field);

  void shape(std::string_view size, std::string_view area, std::string_view least, std::string_view largest,
             layout::Die& die);
  void kind(std::string_view key, std::size_t& field);
  void rotations(std::string_view key, std::uint8_t& field);
  void fixed(std::string_view at, std::string_view rotation, std::optional<layout::Placement>& field);
  void clumps(std::string_view key, std::string_view outside, layout::Die& die);

  void side(std::string_view key, layout::Side& field);
  void side_if(std::string_view key, std::optional<layout::Side>& field);
  void line(std::string_view key, layout::Line& field);
  void axis(std::string_view key, bool& vertical);

  void die(std::string_view key, std::size_t& field);
  void die_if(std::string_view key, std::optional<std::size_t>& field);
  void dies(std::string_view key, std::vector<std::size_t>& field);
  void dies_if(std::string_view key, std::vector<std::size_t>& field);
  void pairs(std::string_view key, std::vector<std::pair<std::size_t, std::size_t>>& field);
  void pins(std::string_view key, std::vector<layout::Pin>& field);
  void terminals(std::string_view key, layout::Problem& problem);

  template <class Row>
  void rows(std::string_view key, std::string_view what, std::vector<Row>& field) {
    for (const auto& item : list(key)) {
      if (!is_row(item, what)) continue;
      context_.row = field.size();
      field.push_back(read_row<Row>(item, what));
    }
  }
  template <class Row>
  void table(std::string_view key, Row& field) {
    if (const auto* node = reader_.find_table(key)) field = read_row<Row>(*node, key);
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
  bool in_range(const Node& node, std::string_view key, double value, Range range);
  std::optional<layout::Nanometre> nanometres(const Node& node, std::string_view key);
  std::optional<layout::Nanometre> coordinate(const Node& node, std::string_view key);  // may be negative
  std::optional<layout::Size> size_of(const Node& node, std::string_view key);
  std::optional<layout::Point> point_of(const Node& node, std::string_view key);
  std::optional<layout::Rect> rect_of(const Node& node, std::string_view key);
  std::optional<std::size_t> die_of(const Node& node, std::string_view key);
  std::optional<layout::Pin> pin_of(const Node& node, std::string_view key);
  std::optional<layout::Rotation> rotation_of(const Node& node, std::string_view key);
  std::optional<std::size_t> one_of(const Node* node, std::string_view key,
                                    std::span<const std::string_view> names);

  Reader reader_;
  Context& context_;
  Diagnostics& diagnostics_;
};

}  // namespace marquetry::layout_file
