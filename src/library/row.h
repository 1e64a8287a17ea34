// What every row of the library has, and the short names its field lists use.
//
// A row type is a plain struct with one `describe(row, visitor)`: the list of its fields. Loading, `library
// show`, `library check` and the schema test are visitors over that list, so a field is added by one member
// and one line.
//   visitor.text(key, string)            visitor.texts(key, vector<string>)      visitor.flag(key, bool)
//   visitor.choice(key, string, allowed) visitor.required(key, Sourced, help)    visitor.optional(key,
//   MaybeSourced, help)
#pragma once

#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "config/sourced.h"
#include "units/units.h"

namespace marquetry {

struct Row {
  std::string id{};       // the name by which designs refer to it, kebab-case
  std::string name{};     // as its maker writes it
  std::string note{};     // anything a reader should know; disagreements among sources
  SourceSpot where{};     // of the row in its file
  std::string overlay{};  // the folder that overrode it; empty for the project's own
};

template <class Visitor>
void describe_row(Row& row, Visitor& v) {
  v.text("name", row.name);
  v.text_if("note", row.note);
}

using SourcedCount = Sourced<dimension::none>;
using SourcedLength = Sourced<dimension::length>;
using SourcedArea = Sourced<dimension::area>;
using SourcedMoney = Sourced<dimension::money>;
using SourcedTime = Sourced<dimension::time>;

}  // namespace marquetry
