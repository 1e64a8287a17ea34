// Complaints as text, for tests that hold them as a whole.
#pragma once

#include <string>

#include "base/diagnostic.h"

namespace marquetry::test {

// "file:line: message | hint", a line each.
inline std::string messages(const Diagnostics& diagnostics) {
  std::string out;
  for (const auto& d : diagnostics.all())
    out += d.where.file + ":" + std::to_string(d.where.line) + ": " + d.message +
           (d.hint.empty() ? "" : " | " + d.hint) + "\n";
  return out;
}

}  // namespace marquetry::test
