#include "layout_file/load.h"

#include <fmt/format.h>

#include "config/parse.h"
#include "layout_file/check.h"
#include "layout_file/row_reader.h"

namespace marquetry::layout_file {

std::optional<layout::Problem> load(const Node& root, Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  check_format(root, diagnostics);
  layout::Problem problem;
  Reader head{root, {}, diagnostics};
  head.find("format");
  head.text("name", problem.name);
  const auto* table = head.find_table("placement");
  head.reject_unknown_keys();
  if (table == nullptr) return std::nullopt;
  Context context{names_in(*table, diagnostics)};
  RowReader fields{*table, "placement", context, diagnostics};
  describe(problem, fields);
  fields.reader().reject_unknown_keys();
  if (diagnostics.errors() == errors_before) check(problem, *table, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return problem;
}

}  // namespace marquetry::layout_file
