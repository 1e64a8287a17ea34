// Dies of one make: those whose outline, height and bumps are the same share a chiplet.
#pragma once

#include <map>

#include "assemble/pads.h"
#include "assembly/assembly.h"

namespace marquetry::assemble {

// Cells of bumps, by their pitch: half as wide as that, which is what joints usually are.
std::size_t cell_of(assembly::Assembly& out, const char* name, geometry::Nanometre pitch);

assembly::Region whole_face(std::string name, assembly::Face face, geometry::Size size);

class Chiplets {
 public:
  explicit Chiplets(const Pads& pads, assembly::Assembly& out) : pads_{pads}, out_{out} {}

  // An instance of that die; the nets of its bumps, by region (front, back).
  struct Die {
    std::string make{}, name{};
    std::size_t die{};
    geometry::Size size{};
    geometry::Point low{};  // of the placed outline
    assembly::Units thickness{}, z{};
    assembly::Orientation orientation{};
    std::size_t front_cell{}, back_cell{};
    bool has_tsv{};
  };
  struct Nets {
    std::vector<std::uint32_t> front{}, back{};
  };
  Nets add(const Die& die);

  // Makes that needed more than one chiplet, with how many.
  std::map<std::string, std::size_t> variants() const;

 private:
  struct Sorted {
    std::vector<std::pair<geometry::Point, PortId>> pads{};  // of the chiplet, row by row
    std::vector<std::uint32_t> nets{};
    friend bool operator==(const Sorted& a, const Sorted& b) { return a.pads == b.pads; }
  };
  struct Make {
    std::size_t chiplet{};
    Sorted front{}, back{};
    std::vector<geometry::Rect> phys{};
  };
  Sorted sorted(const std::vector<Pad>& pads, const Die& die) const;
  std::size_t add_chiplet(const Die& die, const Sorted& front, const Sorted& back);
  std::string port_name(PortId port) const;

  const Pads& pads_;
  assembly::Assembly& out_;
  std::map<std::string, std::vector<Make>> makes_{};
};

}  // namespace marquetry::assemble
