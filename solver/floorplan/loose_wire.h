// The half-perimeters of all nets, kept up to date while blocks move: a move costs the nets of its blocks.
#pragma once

#include "floorplan/loose.h"

namespace marquetry::floorplan {

class LooseWire {
 public:
  LooseWire(const Problem& problem, const LoosePlan& plan);

  // Puts the pins of a block where it now lies. Lengths follow with `change` and `keep`.
  void place(std::size_t block, const LooseBlock& at);
  // By how much the nets of the two blocks (or of one, given twice) have changed since the last `keep`.
  double change(std::size_t a, std::size_t b);
  void keep();  // what the last `change` found

  double pull(std::size_t block) const;  // the weights of its nets

 private:
  struct BlockPin {
    std::size_t slot{};
    Point at{};  // from the lower-left corner of the unturned block
    Size size{};
    bool at_centre{};
  };
  double length(std::size_t net) const;

  Nanometre gap_{};
  std::vector<double> x_{}, y_{};         // of pins on blocks, net by net
  std::vector<std::size_t> first_pin_{};  // of a net
  std::vector<LooseBox> terminals_{};     // of a net
  std::vector<double> weight_{}, length_{};
  std::vector<std::size_t> first_of_block_{}, first_net_{};
  std::vector<BlockPin> block_pins_{};
  std::vector<std::uint32_t> block_nets_{};
  std::vector<std::uint32_t> seen_{}, changed_{};
  std::vector<double> changed_to_{};
  std::uint32_t now_{};
};

}  // namespace marquetry::floorplan
