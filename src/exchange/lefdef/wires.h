// The wires of a net of DEF: what stands behind + ROUTED.
#pragma once

#include "exchange/lefdef/def.h"
#include "exchange/lefdef/lexer.h"

namespace marquetry::exchange {

// What wires hold that a package cannot.
struct LostOfWires {
  std::size_t vias{}, patches{}, unknown_vias{};
};

enum class NetKind : std::uint8_t { regular, special };

// Reads to the next + or ; that is no part of the wires.
void read_wires(Lexer& in, NetKind kind, const Def& def, std::vector<DefWire>& wires, LostOfWires& lost,
                std::size_t& points);

}  // namespace marquetry::exchange
