// Reads the values of [assembly]: lengths in whole database units, points, lists of rows.
#pragma once

#include "assembly/places.h"
#include "assembly/row_file.h"
#include "config/reader.h"

namespace marquetry::assembly {

class Fields : public Reader {
 public:
  Fields(const Node& table, std::string what, int precision, Diagnostics& diagnostics)
      : Reader{table, std::move(what), diagnostics}, precision_{precision} {}

  // "300 um"; a missing one keeps its value.
  void length(std::string_view key, Units& field);
  void length_required(std::string_view key, Units& field);
  void point(std::string_view key, Point& field);  // ["100 um", "200 um"]
  void size_required(std::string_view key, Size& field);
  void margins(std::string_view key, Margins& field);
  void corners(std::string_view key, std::array<Point, 4>& field);
  void files(std::string_view key, ExternalFiles& field);

  std::optional<Units> units(const Node& value, std::string_view key);

 private:
  // That many lengths.
  std::optional<std::vector<Units>> lengths(const Node& value, std::string_view key, std::size_t count);
  const Node* list(std::string_view key);

  int precision_;
};

// The rows behind a key: of a list of texts, or of the file that a text names. `text` keeps the file's text
// alive. Nothing after complaints.
std::optional<Rows> rows_of(const Node& value, std::string_view key, std::string& text,
                            Diagnostics& diagnostics);

}  // namespace marquetry::assembly
