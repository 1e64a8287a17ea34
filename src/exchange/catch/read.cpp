#include "exchange/catch/read.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "exchange/catch/libraries.h"
#include "stack/load.h"

namespace marquetry::exchange {
namespace {

constexpr std::string_view netlist = "netlist";
constexpr std::string_view system_tag = "chip";  // "Any tag containing it counts"

bool is_chip(const Element& e) { return e.tag().find(system_tag) != std::string_view::npos; }

// "2:metal,1:active" as that many names.
std::vector<std::string> layers_of(const Element& e, Diagnostics& diagnostics) {
  constexpr int most = 10000;
  std::vector<std::string> names;
  const auto text = e.text("stackup", diagnostics);
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    const auto part = trimmed(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(comma + 1);
    const auto colon = part.find(':');
    const auto digits = trimmed(part.substr(0, colon));
    int count = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (colon == std::string_view::npos || error != std::errc{} || end != digits.data() + digits.size() ||
        count < 0 || count > most) {
      diagnostics.error(e.where("stackup"), fmt::format("'{}' in the stackup is no 'count:layer'", part),
                        "for example \"1:active,4:metal\"");
      continue;
    }
    if (names.size() + static_cast<std::size_t>(count) > most) {
      diagnostics.error(e.where("stackup"), fmt::format("the stackup has more than {} layers", most));
      break;
    }
    names.insert(names.end(), static_cast<std::size_t>(count), std::string{trimmed(part.substr(colon + 1))});
  }
  return names;
}

// Of two words, the second where it is that one; a complaint where it is neither. Empty: the first.
bool is_second(const Element& e, std::string_view key, std::string_view first, std::string_view second,
               Diagnostics& diagnostics) {
  const auto value = e.find(key).value_or("");
  if (!value.empty() && value != first && value != second)
    diagnostics.error(e.where(key), fmt::format("'{}' is \"{}\", but it must be \"{}\" or \"{}\"", key, value,
                                                first, second));
  return value == second;
}

stack::Chip<double> chip_of(const Element& e, Diagnostics& d) {
  stack::Chip<double> row;
  row.where = e.where();
  row.name = e.text("name", d);
  row.core_area = e.number("core_area", d);
  row.aspect_ratio = e.number_if("aspect_ratio", d).value_or(1);
  row.facing =
      is_second(e, "orientation", "face-up", "face-down", d) ? stack::Facing::down : stack::Facing::up;
  row.side = is_second(e, "stack_side", "face", "back", d) ? stack::Side::back : stack::Side::face;
  row.buried = e.find("buried") && e.flag("buried", d);
  row.given_area = e.number_if("bb_area", d);
  row.given_cost = e.number_if("bb_cost", d);
  row.given_quality = e.number_if("bb_quality", d);
  row.given_power = e.number_if("bb_power", d);
  row.share = {e.number("fraction_memory", d), e.number("fraction_logic", d), e.number("fraction_analog", d)};
  row.gates_per_flop = e.number("gate_flop_ratio", d);
  row.reticle_share = e.number_if("reticle_share", d).value_or(1);
  row.quantity = e.count("quantity", d);
  row.voltage = e.number("core_voltage", d);
  row.power = e.number("power", d);
  row.wafer = e.text("wafer_process", d);
  row.assembly = e.text("assembly_process", d);
  row.test = e.text("test_process", d);
  row.layers = layers_of(e, d);
  if (row.layers.empty()) d.error(e.where("stackup"), fmt::format("chip '{}' has no layers", row.name));
  return row;
}

void read_chips(const Element& e, std::size_t parent, stack::Stack<double>& stack, Diagnostics& diagnostics) {
  constexpr std::size_t deepest = 64;
  std::size_t depth = 0;
  for (auto p = parent; p != stack::nowhere; p = stack.chips[p].parent) ++depth;
  if (depth >= deepest) {
    diagnostics.error(e.where(), fmt::format("more than {} chips stand on each other", deepest));
    return;
  }
  if (e.find("copy_from")) {
    diagnostics.error(e.where("copy_from"), "'copy_from' does not work in CATCH and is not read here",
                      "write the chip out in full");
    return;
  }
  if (parent != stack::nowhere && e.find("stack_side").value_or("").empty()) {
    diagnostics.error(
        e.where(),
        fmt::format("chip '{}' does not say on which side of its parent it stands",
                    e.find("name").value_or("")),
        "add stack_side=\"face\" or stack_side=\"back\": CATCH drops such a chip without a word");
  }
  const auto index = stack.chips.size();
  stack.chips.push_back(chip_of(e, diagnostics));
  stack.chips[index].parent = parent;
  for (const auto& child : e.children()) {
    if (is_chip(child))
      read_chips(child, index, stack, diagnostics);
    else
      diagnostics.warning(child.where(), fmt::format("<{}> is no chip: it is passed over", child.tag()));
  }
  stack.chips[index].end = stack.chips.size();
}

// The files by what they hold; complaints about what is there twice, not at all, or unknown.
std::map<std::string, Element, std::less<>> sorted(std::span<const std::filesystem::path> files,
                                                   Diagnostics& diagnostics) {
  std::map<std::string, Element, std::less<>> found;
  bool complete = true;
  for (const auto& path : files) {
    auto root = read_xml(path, diagnostics);
    if (!root) {
      complete = false;
      continue;
    }
    const auto tag = is_chip(*root) ? std::string{system_tag} : std::string{root->tag()};
    auto known = library_roots();
    known.push_back(netlist);
    known.push_back(system_tag);
    if (std::ranges::find(known, tag) == known.end()) {
      diagnostics.error(root->where(), fmt::format("<{}> begins no file of CATCH", tag), suggest(tag, known));
      complete = false;
    } else if (found.contains(tag)) {
      diagnostics.error(root->where(), fmt::format("is a second file of <{}>; the first is {}", tag,
                                                   found.find(tag)->second.where().file));
    } else {
      found.emplace(tag, *root);
    }
  }
  auto wanted = library_roots();
  wanted.push_back(netlist);
  wanted.push_back(system_tag);
  std::vector<std::string_view> missing;
  for (const auto& tag : wanted) {
    if (!found.contains(tag)) missing.push_back(tag);
  }
  if (complete && !missing.empty())
    diagnostics.error(
        {.file = "marquetry import"}, fmt::format("no file with <{}>", fmt::join(missing, ">, <")),
        "CATCH has seven files: links, layers, wafer, assembly and test processes, netlist, system");
  return found;
}

}  // namespace

std::optional<std::string> read_catch(std::span<const std::filesystem::path> files,
                                      Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  const auto found = sorted(files, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  stack::Stack<double> stack;
  for (const auto& tag : library_roots())
    read_library(found.find(tag)->second, Dialect::catch_2025, stack, diagnostics);
  read_nets(found.find(netlist)->second, stack, diagnostics);
  const auto& system = found.find(system_tag)->second;
  read_chips(system, stack::nowhere, stack, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  stack.name = std::filesystem::path{system.where().file}.stem().string();
  stack::name_designs(stack);
  stack::resolve(stack, diagnostics);
  if (diagnostics.errors() == errors_before) stack::check_stack(stack, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return stack::to_toml(stack, fmt::format("From the XML files of CATCH (nanocad-lab/CATCH), system {}.",
                                           std::filesystem::path{system.where().file}.filename().string()));
}

}  // namespace marquetry::exchange
