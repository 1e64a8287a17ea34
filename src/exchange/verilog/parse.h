// Structural Verilog as data: modules with ports and wires, instances with what is joined to their ports.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assembly/assembly.h"

namespace marquetry::exchange {

struct Range {
  std::int64_t left{}, right{};
};
struct Signal {
  std::optional<assembly::Direction> direction{};  // none: a wire
  std::optional<Range> range{};                    // none: one bit
};
// A wire, or part of one; no name: nothing, or a constant.
struct Bits {
  std::string name{};
  std::optional<Range> range{};
};
using Expression = std::vector<Bits>;  // joined, highest first
struct ModuleInstance {
  std::string module{}, name{};
  std::vector<std::pair<std::string, Expression>> ports{};
};
struct VerilogModule {
  std::string name{};
  std::map<std::string, Signal, std::less<>> signals{};
  std::vector<ModuleInstance> instances{};
  std::vector<std::pair<Expression, Expression>> assigns{};
};

// Names of the bits of a range, "d[7]" to "d[0]"; the name alone without one.
std::vector<std::string> bit_names(std::string_view name, const std::optional<Range>& range);

struct ParsedVerilog {
  std::vector<VerilogModule> modules{};
  int line{};           // where something is that is not structural; 0: nowhere
  std::string wrong{};  // what
};
ParsedVerilog parse_verilog(std::string_view text);

}  // namespace marquetry::exchange
