// A reader of GDSII for the tests alone, written from the format's description and apart from our writer.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace marquetry::test {

struct GdsPoint {
  long x{}, y{};
};

struct GdsElement {
  int kind{};  // type of its first record
  int layer{-1}, datatype{-1};
  long width{};
  std::string name{}, text{};  // of the structure; of the text
  bool is_mirrored{};
  double angle{};
  int columns{1}, rows{1};
  std::vector<GdsPoint> points{};
};

struct GdsFile {
  double user_unit{}, metres{};
  std::string library{};
  std::vector<std::string> order{};  // of structures
  std::map<std::string, std::vector<GdsElement>> structures{};
};

// Throws where the records are not in order.
GdsFile read_gds(const std::filesystem::path& file);

// Every boundary and path under that structure as "layer/datatype low high" in database units, sorted; paths
// as the box of their metal.
std::vector<std::string> flat_boxes(const GdsFile& file, const std::string& structure);

}  // namespace marquetry::test
