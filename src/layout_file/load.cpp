#include "layout_file/load.h"

#include "config/parse.h"
#include "layout/rules_file.h"
#include "layout_file/check.h"
#include "layout_file/row_reader.h"

namespace marquetry::layout_file {

std::optional<layout::Problem> load(const Node& root, Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  check_format(root, diagnostics);
  layout::Problem problem;
  Context context{names_in(root, diagnostics)};
  RowReader parts{root, {}, context, diagnostics};
  Reader& head = parts.reader();
  head.find("format");
  head.text("name", problem.name);
  const auto* section = head.find_table("placement");
  describe(problem, parts);
  head.reject_unknown_keys();
  if (section == nullptr) {
    if (diagnostics.errors() == errors_before)
      diagnostics.error({.file = root.where.file}, "there is no table [placement]",
                        "add it: docs/placement-format.md");
    return std::nullopt;
  }
  // Rules name dies, so that all of them must be there.
  if (diagnostics.errors() == errors_before) {
    RowReader fields{*section, "placement", context, diagnostics};
    describe_section(problem, fields);
    layout::read_rules(fields.reader(), layout::names_of(problem), problem);
    fields.reader().reject_unknown_keys();
  }
  if (diagnostics.errors() == errors_before) check(problem, root, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return problem;
}

}  // namespace marquetry::layout_file
