// Rows of a bump table gathered by instance, and made a package: which instances are of one kind, and how
// each is turned.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "assembly/assembly.h"
#include "base/diagnostic.h"

namespace marquetry::exchange {

struct BumpRow {
  std::string instance{}, chiplet{}, region{};
  assembly::Face face{};
  std::string bump{}, cell{};
  assembly::Point at{};  // in the package
  std::string port{}, net{};
};

class BumpGroups {
 public:
  BumpGroups(int precision, Diagnostics& diagnostics) : diagnostics_{diagnostics} {
    package_.precision = precision;
  }

  void add(BumpRow row, SourceSpot where);
  // Once, after all rows. Complains of an instance whose bumps are not those of its kind.
  assembly::Assembly package(const std::string& name, const std::string& file);

 private:
  struct Instance {
    std::string chiplet{};
    std::vector<assembly::Region> regions{};       // bumps where they lie in the package
    std::vector<std::vector<std::size_t>> nets{};  // of each bump; none: as many as there are nets
    std::unordered_map<std::string, int> names{};  // region and bump
    SourceSpot where{};
  };
  // Turned and moved so that its bumps are those of the chiplet; false where none of the eight ways does it.
  static bool fits(const Instance& from, const assembly::Chiplet& chiplet, assembly::Instance& to);

  assembly::Assembly package_{};
  Diagnostics& diagnostics_;
  std::vector<std::string> order_{};
  std::unordered_map<std::string, Instance> instances_{};
  std::unordered_map<std::string, std::size_t> cells_{}, nets_{};
};

}  // namespace marquetry::exchange
