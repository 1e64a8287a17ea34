// Bump maps.
#include <algorithm>
#include <unordered_map>

#include "assembly/places.h"
#include "assembly/row_words.h"

namespace marquetry::assembly {
namespace {

constexpr std::size_t columns = 6;
constexpr std::string_view form = "bumpInst bumpCell x y port net, with - for none";

std::string text_or_none(std::string_view word) { return word == "-" ? std::string{} : std::string{word}; }
std::string_view word_or_none(std::string_view text) { return text.empty() ? "-" : text; }

}  // namespace

void read_bumps(const Rows& rows, Assembly& assembly, Region& region, Diagnostics& diagnostics) {
  std::unordered_map<std::string, std::size_t> cells;
  for (std::size_t c = 0; c < assembly.cells.size(); ++c) cells.emplace(assembly.cells[c].name, c);
  Complaints complaints{diagnostics};
  std::size_t rounded = 0;
  region.bumps.reserve(region.bumps.size() + rows.rows.size());
  for (const auto& row : rows.rows) {
    const auto words = words_of(row.text);
    if (words.size() != columns) {
      if (!complaints.add({rows.file, row.line, row.column},
                          "a row of bumps has six columns, but this one has " + std::to_string(words.size()),
                          std::string{form}))
        return;
      continue;
    }
    const auto x = units_of(words[2], assembly.precision), y = units_of(words[3], assembly.precision);
    if (!x || !y) {
      const auto& wrong = x ? words[3] : words[2];
      if (!complaints.add(at_word(rows, row, wrong),
                          "a place must be a number of micrometres, but '" + shortened(wrong) + "' is none",
                          std::string{form}))
        return;
      continue;
    }
    if (!x->is_whole || !y->is_whole) ++rounded;
    const auto cell = cells.try_emplace(std::string{words[1]}, assembly.cells.size());
    if (cell.second) assembly.cells.push_back({.name = std::string{words[1]}});
    region.bumps.push_back({std::string{words[0]},
                            cell.first->second,
                            {x->units, y->units},
                            text_or_none(words[4]),
                            text_or_none(words[5])});
  }
  if (rounded > 0)
    diagnostics.warning({.file = rows.file},
                        std::to_string(rounded) + " bumps do not lie on whole database units of 1/" +
                            std::to_string(assembly.precision) + " um: they are rounded");
}

std::string bump_rows(const Assembly& assembly, const Region& region) {
  std::string out = "# bumpInstName bumpCellType x y portName netName\n";
  out.reserve(out.size() + 48 * region.bumps.size());
  for (const auto& bump : region.bumps) {
    out += bump.name;
    out += ' ';
    out += assembly.cells[bump.cell].name;
    out += ' ';
    out += micrometres(bump.at.x, assembly.precision);
    out += ' ';
    out += micrometres(bump.at.y, assembly.precision);
    out += ' ';
    out += word_or_none(bump.port);
    out += ' ';
    out += word_or_none(bump.net);
    out += '\n';
  }
  return out;
}

}  // namespace marquetry::assembly
