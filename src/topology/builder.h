// A graph in the making: keeps the next free port of each router, so that a link takes constant time, and
// knows the ways in which a size may be given.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "topology/generators.h"

namespace marquetry::topology {

class Builder {
 public:
  Builder(std::string name, std::uint32_t routers);

  // Both directions at a port of each end that serves both; the ports must be free.
  void link_at(std::uint32_t a, std::uint32_t port_a, std::uint32_t b, std::uint32_t port_b,
               std::uint32_t latency = 1);
  // At the next free ports, from a lower number to a higher one or not, as it comes.
  void link(std::uint32_t a, std::uint32_t b, std::uint32_t latency = 1);
  // One direction of a link of its own number, at an output port and the next free input port.
  void channel(std::uint32_t from, std::uint32_t out_port, std::uint32_t to, std::uint32_t in_port,
               std::uint32_t latency, std::uint32_t number);
  void terminal_at(std::uint32_t router, std::uint32_t port, std::uint32_t latency = 1);
  void terminals();  // one for each router, at its next free port

  Graph graph{};

 private:
  std::vector<std::uint32_t> free_{};  // port, by router
  std::uint32_t links_{};
};

// A power, or nothing where it exceeds what a network may have.
std::optional<std::uint32_t> power(std::uint32_t base, std::uint32_t exponent);

// A number of dies, in whichever way it is given, for rows without rows and columns.
std::optional<std::uint32_t> dies(const Size& size, std::string& why);

// Routers one after the other, joined to their neighbours; closed: the last to the first; folded: the first
// two, the last two, and each to the next but one, a ring without long links. Two routers of a ring have two
// links.
enum class Line : std::uint8_t { open, closed, folded };
void join(Builder& made, const std::vector<std::uint32_t>& line, Line kind);

// Rows and columns of a rectangle; the last row may be short where a number of dies was asked for.
struct Grid {
  std::uint32_t columns{}, rows{}, routers{};
  bool is_full() const { return routers == columns * rows; }
};
// As given, or as near to a square as can be: ceil(sqrt n) columns.
std::optional<Grid> grid(const Size& size, std::string& why);
// The same, all rows full: of the factors of a number those that are nearest to a square.
std::optional<Grid> full_grid(const Size& size, std::string& why);

}  // namespace marquetry::topology
