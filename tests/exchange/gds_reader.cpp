#include "exchange/gds_reader.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "support/folder.h"

namespace marquetry::test {
namespace {

struct Record {
  int type{};
  std::string data{};
};

long whole(const std::string& data, std::size_t at, std::size_t bytes) {
  long value = static_cast<signed char>(data.at(at));
  for (std::size_t i = 1; i < bytes; ++i) value = value * 256 + static_cast<unsigned char>(data.at(at + i));
  return value;
}

double real(const std::string& data, std::size_t at) {
  const auto head = static_cast<unsigned char>(data.at(at));
  double fraction = 0;
  for (std::size_t i = 7; i >= 1; --i)
    fraction = (fraction + static_cast<unsigned char>(data.at(at + i))) / 256;
  return (head >= 128 ? -1 : 1) * fraction * std::pow(16.0, (head & 127) - 64);
}

std::string word(std::string data) {
  while (!data.empty() && data.back() == '\0') data.pop_back();
  return data;
}

void require(bool holds, const char* what) {
  if (!holds) throw std::runtime_error{what};
}

std::vector<Record> records_of(const std::string& bytes) {
  std::vector<Record> out;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto size = static_cast<std::size_t>(whole(bytes, at, 2) & 0xffff);
    require(size >= 4 && size % 2 == 0 && at + size <= bytes.size(), "length of a record");
    out.push_back({static_cast<unsigned char>(bytes[at + 2]), bytes.substr(at + 4, size - 4)});
    at += size;
  }
  return out;
}

void take(const Record& r, GdsElement& e) {
  switch (r.type) {
    case 0x0d:
      e.layer = static_cast<int>(whole(r.data, 0, 2));
      break;
    case 0x0e:
    case 0x16:
      e.datatype = static_cast<int>(whole(r.data, 0, 2));
      break;
    case 0x0f:
      e.width = whole(r.data, 0, 4);
      break;
    case 0x12:
      e.name = word(r.data);
      break;
    case 0x19:
      e.text = word(r.data);
      break;
    case 0x1a:
      e.is_mirrored = (whole(r.data, 0, 2) & 0x8000) != 0;
      break;
    case 0x1c:
      e.angle = real(r.data, 0);
      break;
    case 0x13:
      e.columns = static_cast<int>(whole(r.data, 0, 2));
      e.rows = static_cast<int>(whole(r.data, 2, 2));
      break;
    case 0x10:
      for (std::size_t i = 0; i < r.data.size(); i += 8)
        e.points.push_back({whole(r.data, i, 4), whole(r.data, i + 4, 4)});
      break;
    case 0x21:
      require(whole(r.data, 0, 2) == 2, "ends of a path");
      break;
    default:
      throw std::runtime_error{"an unknown record in an element"};
  }
}

using Map = std::pair<GdsPoint, GdsElement>;  // where the origin comes, and how it is turned

GdsPoint turned(GdsPoint p, const GdsElement& e) {
  if (e.is_mirrored) p.y = -p.y;
  for (int quarter = 0; quarter < static_cast<int>(std::lround(e.angle / 90)); ++quarter) p = {-p.y, p.x};
  return p;
}

void flatten(const GdsFile& file, const std::string& structure, std::vector<Map>& way,
             std::vector<std::string>& out) {
  require(file.structures.contains(structure), "a reference to a missing structure");
  const auto there = [&way](GdsPoint p) {
    for (auto at = way.rbegin(); at != way.rend(); ++at) {
      p = turned(p, at->second);
      p = {p.x + at->first.x, p.y + at->first.y};
    }
    return p;
  };
  for (const auto& e : file.structures.at(structure)) {
    if (e.kind == 0x08 || e.kind == 0x09) {
      GdsPoint low{1L << 40, 1L << 40}, high{-low.x, -low.y};
      const long more = e.kind == 0x09 ? e.width / 2 : 0;
      for (auto p : e.points) {
        p = there(p);
        low = {std::min(low.x, p.x - more), std::min(low.y, p.y - more)};
        high = {std::max(high.x, p.x + more), std::max(high.y, p.y + more)};
      }
      out.push_back(std::to_string(e.layer) + "/" + std::to_string(e.datatype) + " " + std::to_string(low.x) +
                    " " + std::to_string(low.y) + " " + std::to_string(high.x) + " " +
                    std::to_string(high.y));
    } else if (e.kind == 0x0a || e.kind == 0x0b) {
      for (int c = 0; c < e.columns; ++c) {
        for (int r = 0; r < e.rows; ++r) {
          auto at = e.points.at(0);
          if (e.kind == 0x0b) {
            at.x += (e.points.at(1).x - at.x) / e.columns * c;
            at.y += (e.points.at(2).y - at.y) / e.rows * r;
          }
          way.emplace_back(at, e);
          flatten(file, e.name, way, out);
          way.pop_back();
        }
      }
    }
  }
}

}  // namespace

GdsFile read_gds(const std::filesystem::path& path) {
  const auto records = records_of(text_of(path));
  GdsFile file;
  require(records.size() > 4 && records[0].type == 0x00 && whole(records[0].data, 0, 2) == 600, "HEADER");
  require(records[1].type == 0x01 && records[1].data.size() == 24, "BGNLIB");
  require(records[2].type == 0x02 && records[3].type == 0x03, "LIBNAME and UNITS");
  file.library = word(records[2].data);
  file.user_unit = real(records[3].data, 0);
  file.metres = real(records[3].data, 8);
  require(records.back().type == 0x04, "ENDLIB");
  for (std::size_t i = 4; i + 1 < records.size(); ++i) {
    require(records[i].type == 0x05 && records.at(i + 1).type == 0x06, "BGNSTR and STRNAME");
    const auto name = word(records[i + 1].data);
    require(file.structures.emplace(name, std::vector<GdsElement>{}).second, "a structure twice");
    file.order.push_back(name);
    for (i += 2; records.at(i).type != 0x07; ++i) {
      GdsElement element{.kind = records[i].type};
      require(element.kind >= 0x08 && element.kind <= 0x0c, "an element");
      for (++i; records.at(i).type != 0x11; ++i) take(records[i], element);
      if (element.kind == 0x08) {
        const auto& p = element.points;
        require(p.size() > 3 && p.front().x == p.back().x && p.front().y == p.back().y, "a closed boundary");
      }
      file.structures[name].push_back(element);
    }
  }
  return file;
}

std::vector<std::string> flat_boxes(const GdsFile& file, const std::string& structure) {
  std::vector<std::string> out;
  std::vector<Map> way;
  flatten(file, structure, way, out);
  std::ranges::sort(out);
  return out;
}

}  // namespace marquetry::test
