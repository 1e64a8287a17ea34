// Verifies certificates without a line of src/routing: its own packets, its own sort.
#pragma once

#include <string>

#include "routing/certificate.h"
#include "routing/walk.h"

namespace marquetry::test {

// Kahn's algorithm on what was seen.
bool goes_round(const std::set<std::pair<Hop, Hop>>& dependencies);

// What is wrong with the certificate of the routing that was walked; empty where nothing is.
std::string complaint(const Seen& seen, const routing::Certificate& certificate);

}  // namespace marquetry::test
