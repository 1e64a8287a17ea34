// Diagnostics as a reader sees them, and a failure as a program sees it.
#pragma once

#include <string>

#include "base/diagnostic.h"
#include "session/session.h"

namespace marquetry {

enum class Paint { plain, colored };

// All of them with the lines of their files and carets; warnings are left out where the user wants quiet.
std::string rendered(const Diagnostics& diagnostics, const Options& options, Paint paint);

// {"error": {"id", "message", "place", ...}}: the first error, with the others beside it.
std::string failure_json(const Diagnostics& diagnostics, Message message);

}  // namespace marquetry
