// JSON as text. It is UTF-8, which names of files need not be: what is none becomes U+FFFD.
#pragma once

#include <string>

namespace marquetry {

// `Json` is a type of nlohmann's. In one line, or indented by so many blanks.
template <class Json>
std::string json_text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace marquetry
