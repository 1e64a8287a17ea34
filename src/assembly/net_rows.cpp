// Nets as rows, and what all files of rows share.
#include <algorithm>
#include <array>

#include "assembly/name_index.h"
#include "assembly/row_words.h"

namespace marquetry::assembly {
namespace {

constexpr std::array<std::string_view, 4> uses{"signal", "power", "ground", "clock"};
constexpr std::string_view forms =
    "net NAME USE | pin INSTANCE REGION BUMP | port NAME | metal LAYER WIDTH X Y X Y ...";

class NetReader {
 public:
  NetReader(Assembly& assembly) : assembly_{assembly}, index_{assembly} {}

  // Empty, or what is wrong.
  std::string read(const std::vector<std::string_view>& words) {
    const auto kind = words.front();
    if (kind == "net") return net(words);
    if (assembly_.nets.empty()) return "a net begins with a row 'net NAME USE'";
    if (kind == "pin") return pin(words);
    if (kind == "port" && words.size() == 2) {
      assembly_.nets.back().ports.emplace_back(words[1]);
      return {};
    }
    if (kind == "metal") return metal(words);
    return "'" + shortened(kind) + "' is no row of a net, or not of that length";
  }

 private:
  std::string net(const std::vector<std::string_view>& words) {
    const auto use = words.size() == 3 ? std::ranges::find(uses, words[2]) : uses.end();
    if (use == uses.end()) return "a net has a name and a use: signal, power, ground or clock";
    assembly_.nets.push_back({.name = std::string{words[1]}, .use = static_cast<NetUse>(use - uses.begin())});
    return {};
  }
  std::string pin(const std::vector<std::string_view>& words) {
    if (words.size() != 4) return "a pin names an instance, a region and a bump";
    const auto instance = index_.instance(words[1]);
    if (!instance) return "there is no instance '" + shortened(words[1]) + "'";
    const auto region = find_region(chiplet_of(assembly_, assembly_.instances[*instance]), words[2]);
    if (!region) return "instance '" + shortened(words[1]) + "' has no region '" + shortened(words[2]) + "'";
    const auto bump = index_.bump(*instance, *region, words[3]);
    if (!bump) return "region '" + shortened(words[2]) + "' has no bump '" + shortened(words[3]) + "'";
    assembly_.nets.back().pins.push_back(*bump);
    return {};
  }
  std::string metal(const std::vector<std::string_view>& words) {
    if (words.size() < 5 || words.size() % 2 == 0) return "metal has a layer, a width and points: x y x y";
    Segment segment{.layer = std::string{words[1]}};
    std::vector<Units> lengths;
    for (std::size_t w = 2; w < words.size(); ++w) {
      const auto read = units_of(words[w], assembly_.precision);
      if (!read) return "'" + shortened(words[w]) + "' is no number of micrometres";
      lengths.push_back(read->units);
    }
    segment.width = lengths[0];
    for (std::size_t p = 1; p < lengths.size(); p += 2)
      segment.points.push_back({lengths[p], lengths[p + 1]});
    assembly_.nets.back().metal.push_back(std::move(segment));
    return {};
  }

  Assembly& assembly_;
  NameIndex index_;
};

void add_row(std::string& out, std::initializer_list<std::string_view> words) {
  for (const auto& word : words) {
    out += word;
    out += ' ';
  }
  out.back() = '\n';
}

}  // namespace

Rows rows_of(std::string_view text, std::string file) {
  Rows out{.file = std::move(file)};
  for (int line = 1; !text.empty(); ++line) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto row = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!row.starts_with('#') && row.find_first_not_of(" \t\r") != std::string_view::npos)
      out.rows.push_back({row, line, 1});
  }
  return out;
}

void read_nets(const Rows& rows, Assembly& assembly, Diagnostics& diagnostics) {
  NetReader reader{assembly};
  Complaints complaints{diagnostics};
  for (const auto& row : rows.rows) {
    const auto words = words_of(row.text);
    if (words.empty()) continue;
    auto wrong = reader.read(words);
    if (!wrong.empty() &&
        !complaints.add({rows.file, row.line, row.column}, std::move(wrong), std::string{forms}))
      return;
  }
}

std::string net_rows(const Assembly& assembly) {
  std::string out;
  for (const auto& net : assembly.nets) {
    add_row(out, {"net", net.name, uses[static_cast<std::size_t>(net.use)]});
    for (const auto& pin : net.pins)
      add_row(out, {"pin", assembly.instances[pin.instance].name,
                    region_of(assembly, {pin.instance, pin.region}).name, bump_of(assembly, pin).name});
    for (const auto& port : net.ports) add_row(out, {"port", port});
    for (const auto& segment : net.metal) {
      auto row = "metal " + segment.layer + " " + micrometres(segment.width, assembly.precision);
      for (const auto& p : segment.points)
        row += " " + micrometres(p.x, assembly.precision) + " " + micrometres(p.y, assembly.precision);
      out += row + "\n";
    }
  }
  return out;
}

bool is_word(std::string_view name) {
  return !name.empty() && name != "-" && name.front() != '#' &&
         std::ranges::none_of(name, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
}

}  // namespace marquetry::assembly
