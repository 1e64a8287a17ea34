// Files of rows with words between blanks, beside a description: bump maps as 3Dblox has them, and nets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::assembly {

// A line of such a file, or of a list of texts in TOML.
struct Row {
  std::string_view text{};
  int line{}, column{};  // of its first character
};
struct Rows {
  std::string file{};
  std::vector<Row> rows{};
};

// The lines of a text without comments, which begin with # in the first column, and blank ones.
Rows rows_of(std::string_view text, std::string file);

// bumpInst bumpCell x y port net, - for none. Adds the bumps to the region and their cells to the assembly.
void read_bumps(const Rows& rows, Assembly& assembly, Region& region, Diagnostics& diagnostics);
// A row each, with a comment that names the columns.
std::string bump_rows(const Assembly& assembly, const Region& region);

// "net NAME USE", then rows of what belongs to it: "pin INSTANCE REGION BUMP", "port NAME",
// "metal LAYER WIDTH X Y X Y ...".
void read_nets(const Rows& rows, Assembly& assembly, Diagnostics& diagnostics);
std::string net_rows(const Assembly& assembly);

// Whether it can stand in a row, and be told from its neighbours.
bool is_word(std::string_view name);

// The largest file of rows: ten million bumps.
inline constexpr std::size_t largest_rows = 640'000'000;

}  // namespace marquetry::assembly
