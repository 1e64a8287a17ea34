// The records of GDSII Stream, release 6: big-endian, each with its length, type and kind of data. They go to
// the file as they come, so that a million bumps need no memory. Every date is that of the format's first
// release: the same input gives the same bytes.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "assembly/assembly.h"
#include "base/diagnostic.h"
#include "base/output_file.h"

namespace marquetry::exchange {

// Where geometry lies: the layer's number, and what it is of it.
struct GdsLayer {
  int layer{}, datatype{};
  friend auto operator<=>(const GdsLayer&, const GdsLayer&) = default;
};

class GdsStream {
 public:
  // Coordinates and text lengths beyond these do not go into a file.
  static constexpr assembly::Units farthest = 2'147'483'647;
  static constexpr std::size_t longest_text = 512;
  static constexpr std::size_t most_points = 8000;    // of a path; a record has at most 65,534 bytes
  static constexpr std::size_t most_copies = 32'767;  // along a side of an array

  // `precision`: database units in a micrometre.
  GdsStream(const std::filesystem::path& file, std::string_view library, int precision);

  void begin_structure(std::string_view name);
  void end_structure();
  void boundary(GdsLayer layer, std::span<const assembly::Point> corners);  // not closed
  void path(GdsLayer layer, assembly::Units width, std::span<const assembly::Point> points);
  void text(GdsLayer layer, assembly::Point at, std::string_view text);
  // The structure's origin comes to `at`, after its turn.
  void reference(std::string_view structure, assembly::Point at, const assembly::Orientation& turn = {});
  void array(std::string_view structure, assembly::Point first, assembly::Point last, std::size_t columns,
             std::size_t rows);
  bool finish(Diagnostics& diagnostics);

 private:
  void head(int type, int data, std::size_t bytes);
  void bits16(int value);
  void bits32(assembly::Units value);
  void real(double value);
  void flag(int type);
  void number(int type, int value);
  void word(int type, std::string_view text);
  void points(std::span<const assembly::Point> points, bool closed);

  OutputFile out_;
  std::string buffer_{};
};

// Where the origin of a chiplet comes to lie so that its outline, as turned, has its lower-left corner `low`.
assembly::Point origin_of(assembly::Point low, assembly::Size size, const assembly::Orientation& turn);

}  // namespace marquetry::exchange
