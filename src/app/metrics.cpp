#include "app/metrics.h"

#include <nlohmann/json.hpp>

#include "base/json_text.h"
#include "session/command.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

void flatten(const std::string& name, const Json& json, Metrics& metrics) {
  if (json.is_object()) {
    for (const auto& [key, value] : json.items()) flatten(name + "__" + key, value, metrics);
  } else if (json.is_array()) {
    metrics[name + "__count"] = std::to_string(json.size());
  } else if (json.is_number() || json.is_boolean()) {
    metrics[name] = json_text(json);
  }
}

}  // namespace

void collect(const Reply& reply, Metrics& metrics) {
  if (reply.command == nullptr || reply.is_help || reply.output.json.empty()) return;
  const std::string name{reply.command->name};
  // What an earlier run said is no news beside this one.
  std::erase_if(metrics, [&](const auto& metric) { return metric.first.starts_with(name + "__"); });
  flatten(name, Json::parse(reply.output.json), metrics);
  metrics[name + "__status"] = std::to_string(reply.output.status);
}

std::string metrics_json(const Metrics& metrics) {
  auto json = Json::object();
  for (const auto& [name, value] : metrics) json[name] = Json::parse(value);
  return json_text(json, 2) + "\n";
}

}  // namespace marquetry
