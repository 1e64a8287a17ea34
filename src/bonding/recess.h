// Whether the copper of two pads meets when it is heated, and does not push the oxide apart.
#pragma once

#include "bonding/process.h"

namespace marquetry::bonding {

// Both pads together stand `gap` above the oxide: good between -closing and -opening.
struct RecessWindow {
  Length<> closing{};    // what heat lifts
  Length<> opening{};    // least depth at which the faces hold; may be negative: then any depth does
  double pad_failure{};  // P(one pair of pads is not joined)
};

RecessWindow recess_window(const Recess& recess, const Pads& pads);

double recess_yield(const RecessWindow& window, const Pads& pads);

// The share of a rough face that truly touches the other: asperities of normal height, adhesion between them
// (Maugis, J. Adhesion Sci. Technol. 10, 1996, as YAP uses it).
double contact_share(const Recess& recess);

}  // namespace marquetry::bonding
