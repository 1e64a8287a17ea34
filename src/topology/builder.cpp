#include "topology/builder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace marquetry::topology {

Builder::Builder(std::string name, std::uint32_t routers) {
  graph.name = std::move(name);
  graph.routers = routers;
  free_.resize(routers);
}

void Builder::channel(std::uint32_t from, std::uint32_t out_port, std::uint32_t to, std::uint32_t in_port,
                      std::uint32_t latency, std::uint32_t number) {
  graph.channels.push_back(
      {.from = from, .to = to, .out_port = out_port, .in_port = in_port, .latency = latency, .link = number});
  free_[from] = std::max(free_[from], out_port + 1);
  free_[to] = std::max(free_[to], in_port + 1);
  links_ = std::max(links_, number + 1);
}

void Builder::link_at(std::uint32_t a, std::uint32_t port_a, std::uint32_t b, std::uint32_t port_b,
                      std::uint32_t latency) {
  const std::uint32_t number = links_;
  channel(a, port_a, b, port_b, latency, number);
  channel(b, port_b, a, port_a, latency, number);
}

void Builder::link(std::uint32_t a, std::uint32_t b, std::uint32_t latency) {
  link_at(a, free_[a], b, free_[b], latency);
}

void Builder::terminal_at(std::uint32_t router, std::uint32_t port, std::uint32_t latency) {
  graph.terminals.push_back({router, port, port, latency});
  free_[router] = std::max(free_[router], port + 1);
}

void Builder::terminals() {
  for (std::uint32_t router = 0; router < graph.routers; ++router) terminal_at(router, free_[router]);
}

std::optional<std::uint32_t> power(std::uint32_t base, std::uint32_t exponent) {
  std::uint64_t value = 1;
  for (std::uint32_t i = 0; i < exponent; ++i) {
    value *= base;
    if (value > most_routers) return std::nullopt;
  }
  return static_cast<std::uint32_t>(value);
}

std::optional<std::uint32_t> dies(const Size& size, std::string& why) {
  const auto sides = grid(size, why);
  return sides ? std::optional{sides->routers} : std::nullopt;
}

void join(Builder& made, const std::vector<std::uint32_t>& line, Line kind) {
  const std::size_t n = line.size();
  if (n < 2) return;
  if (kind == Line::folded) {
    made.link(line[0], line[1]);
    for (std::size_t i = 0; i + 2 < n; ++i) made.link(line[i], line[i + 2], 2);
    made.link(line[n - 2], line[n - 1]);
    return;
  }
  for (std::size_t i = 0; i + 1 < n; ++i) made.link(line[i], line[i + 1]);
  if (kind == Line::closed) made.link(line[n - 1], line[0]);
}

std::optional<Grid> grid(const Size& size, std::string& why) {
  Grid made{std::max(size.columns, 1u), std::max(size.rows, 1u), 0};
  if (size.rows == 0 && size.columns == 0) {
    if (size.routers == 0) {
      why = "it needs a number of dies, or rows and columns";
      return std::nullopt;
    }
    made.columns = static_cast<std::uint32_t>(std::ceil(std::sqrt(size.routers)));
    made.rows = (size.routers + made.columns - 1) / made.columns;
    made.routers = size.routers;
  } else {
    const std::uint64_t routers = std::uint64_t{made.columns} * made.rows;
    if (size.routers != 0 && size.routers != routers) {
      why = std::to_string(made.rows) + " rows of " + std::to_string(made.columns) + " do not make " +
            std::to_string(size.routers) + " dies";
      return std::nullopt;
    }
    made.routers = static_cast<std::uint32_t>(std::min<std::uint64_t>(routers, most_routers + 1));
  }
  if (made.routers > most_routers) {
    why = "it would have more than " + std::to_string(most_routers) + " dies";
    return std::nullopt;
  }
  return made;
}

std::optional<Grid> full_grid(const Size& size, std::string& why) {
  auto made = grid(size, why);
  if (!made || made->is_full()) return made;
  std::uint32_t rows = made->rows;
  while (made->routers % rows != 0) --rows;
  return Grid{made->routers / rows, rows, made->routers};
}

}  // namespace marquetry::topology
