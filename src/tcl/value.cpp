#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "tcl/state.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

Tcl_Obj* value_of(const Json& json) {
  switch (json.type()) {
    case Json::value_t::object: {
      auto* dict = Tcl_NewDictObj();
      for (const auto& [key, item] : json.items())
        Tcl_DictObjPut(nullptr, dict, tcl_string(key), value_of(item));
      return dict;
    }
    case Json::value_t::array: {
      auto* list = Tcl_NewListObj(0, nullptr);
      for (const auto& item : json) Tcl_ListObjAppendElement(nullptr, list, value_of(item));
      return list;
    }
    case Json::value_t::string:
      return tcl_string(json.get_ref<const std::string&>());
    case Json::value_t::boolean:
      return Tcl_NewBooleanObj(json.get<bool>() ? 1 : 0);
    case Json::value_t::null:
      return Tcl_NewObj();
    default:
      return tcl_string(json_text(json));  // a number as it is printed, so that no digit is lost
  }
}

}  // namespace

Tcl_Obj* tcl_value(const std::string& json) {
  return json.empty() ? Tcl_NewObj() : value_of(Json::parse(json));
}

}  // namespace marquetry
