#include "exchange/chipletpart/read.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "base/file.h"
#include "base/text.h"
#include "exchange/catch/libraries.h"
#include "exchange/chipletpart/blocks.h"
#include "exchange/chipletpart/usual_rows.h"
#include "stack/load.h"

namespace marquetry::exchange {
namespace {

constexpr double quantity = 1e11;  // ChipletPart's: its NRE vanishes

struct Case {
  std::map<std::string, Element, std::less<>> xml{};
  std::optional<std::vector<Block>> blocks{};
  std::optional<std::vector<std::size_t>> partition{};
  std::string blocks_file{}, partition_file{};
};

void read_text(const std::filesystem::path& path, const std::string& text, Case& found,
               Diagnostics& diagnostics) {
  const bool parts = is_partition(text);
  auto& file = parts ? found.partition_file : found.blocks_file;
  if (!file.empty()) {
    diagnostics.error({path.generic_string()}, fmt::format("is a second file of {}; the first is {}",
                                                           parts ? "part numbers" : "blocks", file));
    return;
  }
  file = path.generic_string();
  if (parts)
    found.partition = read_partition(text, file, diagnostics);
  else
    found.blocks = read_blocks(text, file, diagnostics);
}

void read_element(const std::filesystem::path& path, Case& found, Diagnostics& diagnostics) {
  const auto root = read_xml(path, diagnostics);
  if (!root) return;
  const std::string tag{root->tag()};
  if (tag != "netlist" && find_library(tag) == nullptr) {
    auto known = library_roots();
    known.push_back("netlist");
    diagnostics.error(root->where(), fmt::format("<{}> begins no file of ChipletPart", tag),
                      suggest(tag, known));
  } else if (!found.xml.emplace(tag, *root).second) {
    diagnostics.error(root->where(), fmt::format("is a second file of <{}>; the first is {}", tag,
                                                 found.xml.find(tag)->second.where().file));
  }
}

Case sorted(std::span<const std::filesystem::path> files, Diagnostics& diagnostics) {
  Case found;
  for (const auto& path : files) {
    const auto text = read_file(path, diagnostics);
    if (!text) continue;
    if (trimmed(*text).starts_with('<'))
      read_element(path, found, diagnostics);
    else
      read_text(path, *text, found, diagnostics);
  }
  if (found.partition && !found.blocks)
    diagnostics.error({found.partition_file}, "is a partition, but there is no file of blocks");
  if (found.blocks && !found.xml.contains("netlist"))
    diagnostics.error({found.blocks_file}, "has blocks, but there is no file with <netlist>");
  if (found.xml.contains("netlist") && !found.blocks && diagnostics.ok())
    diagnostics.error(found.xml.find("netlist")->second.where(),
                      "is a netlist, but there is no file of blocks");
  return found;
}

// Reads the libraries; those that are not there are filled with the rows that ChipletPart's model names.
void read_libraries(const Case& found, stack::Stack<double>& stack, Diagnostics& diagnostics) {
  std::vector<std::string_view> missing;
  for (const auto& root : library_roots()) {
    const auto file = found.xml.find(root);
    if (file == found.xml.end())
      missing.push_back(root);
    else
      read_library(file->second, Dialect::chipletpart, stack, diagnostics);
  }
  if (missing.empty() || !found.blocks) return;
  if (!found.xml.contains("layers")) stack.layers = usual_layers();
  if (!found.xml.contains("wafer_processes")) stack.wafers = {usual_wafer_process()};
  if (!found.xml.contains("assembly_processes")) stack.assemblies = {usual_assembly_process()};
  if (!found.xml.contains("test_processes")) stack.tests = {usual_test_process()};
  diagnostics.warning({found.blocks_file},
                      fmt::format("no file with <{}>: the rows of CATCH's public library stand in",
                                  fmt::join(missing, ">, <")));
}

// The part of each block, in the order of `blocks`; without a partition, each is its own. Blocks that no net
// names follow the parts.
std::vector<std::size_t> parts_of(const Case& found, const std::vector<stack::Net<double>>& nets,
                                  Diagnostics& diagnostics) {
  const auto& blocks = *found.blocks;
  std::vector<std::size_t> vertices;  // blocks in the order in which nets name them
  for (const auto& net : nets) {
    for (const auto& name : {net.from, net.to}) {
      const auto block =
          static_cast<std::size_t>(std::ranges::find(blocks, name, &Block::name) - blocks.begin());
      if (block == blocks.size()) {
        std::vector<std::string_view> known;
        for (const auto& b : blocks) known.push_back(b.name);
        diagnostics.error(net.where, fmt::format("there is no block '{}'", name), did_you_mean(name, known));
      } else if (std::ranges::find(vertices, block) == vertices.end()) {
        vertices.push_back(block);
      }
    }
  }
  if (const auto isolated = blocks.size() - std::min(blocks.size(), vertices.size()); isolated > 0)
    diagnostics.warning({found.blocks_file},
                        fmt::format("{} of {} blocks have no net: they are kept, each as a chip of its own",
                                    isolated, blocks.size()));
  std::vector<std::size_t> parts(blocks.size());
  for (std::size_t b = 0; b < blocks.size(); ++b) parts[b] = b;
  if (!found.partition) return parts;
  if (found.partition->size() != vertices.size()) {
    diagnostics.error({found.partition_file}, fmt::format("has {} part numbers, but nets name {} blocks",
                                                          found.partition->size(), vertices.size()));
    return parts;
  }
  const std::size_t beyond = vertices.empty() ? 0 : std::ranges::max(*found.partition) + 1;
  for (auto& part : parts) part += beyond;
  for (std::size_t v = 0; v < vertices.size(); ++v) parts[vertices[v]] = (*found.partition)[v];
  return parts;
}

stack::Chip<double> chip_named(std::string name, std::string_view layer) {
  stack::Chip<double> chip;
  chip.name = std::move(name);
  chip.wafer = usual_wafer;
  chip.assembly = usual_assembly;
  chip.test = usual_test;
  chip.layers = {std::string{layer}};
  chip.share.logic = 1;
  chip.voltage = 1;
  chip.quantity = quantity;
  return chip;
}

// The node that most of the area is drawn in; the finer one of two.
std::size_t main_node(const std::vector<const Block*>& blocks) {
  std::map<std::size_t, double> areas;
  for (const auto* block : blocks) areas[block->node] += block->area;
  std::size_t best = blocks.front()->node;
  for (const auto& [node, area] : areas) {
    if (area >= areas[best]) best = node;
  }
  return best;
}

void add_chips(const Case& found, stack::Stack<double>& stack, Diagnostics& diagnostics) {
  const auto& blocks = *found.blocks;
  const auto parts = parts_of(found, stack.nets, diagnostics);
  std::map<std::size_t, std::vector<const Block*>> by_part;
  for (std::size_t b = 0; b < blocks.size(); ++b) by_part[parts[b]].push_back(&blocks[b]);
  stack.chips.push_back(chip_named("interposer", usual_layer));
  std::map<std::string, std::string> chip_of;
  for (const auto& [part, members] : by_part) {
    const auto node = main_node(members);
    const bool is_alone = members.size() == 1;
    auto chip = chip_named(is_alone ? members[0]->name : fmt::format("part_{}", part), node_row(node).layer);
    chip.facing = stack::Facing::down;
    chip.parent = 0;
    chip.where = members[0]->where;
    for (const auto* block : members) {
      chip.core_area += area_on(*block, node);
      chip.power += power_on(*block, node);
      chip_of[block->name] = chip.name;
    }
    stack.chips.push_back(std::move(chip));
    stack.chips.back().end = stack.chips.size();
  }
  stack.chips[0].end = stack.chips.size();
  for (auto& net : stack.nets) {
    net.from = chip_of[net.from];
    net.to = chip_of[net.to];
  }
  std::erase_if(stack.nets, [](const auto& net) { return net.from == net.to; });
}

}  // namespace

std::optional<std::string> read_chipletpart(std::span<const std::filesystem::path> files,
                                            Diagnostics& diagnostics) {
  const int errors_before = diagnostics.errors();
  const auto found = sorted(files, diagnostics);
  if (diagnostics.errors() > errors_before) return std::nullopt;
  stack::Stack<double> stack;
  read_libraries(found, stack, diagnostics);
  if (found.xml.contains("netlist")) read_nets(found.xml.find("netlist")->second, stack, diagnostics);
  stack.name = "chipletpart";
  if (found.blocks) {
    stack.name = std::filesystem::path{found.blocks_file}.stem().string();
    add_chips(found, stack, diagnostics);
    if (diagnostics.errors() > errors_before) return std::nullopt;
    stack::resolve(stack, diagnostics);
    if (diagnostics.errors() == errors_before) stack::check_stack(stack, diagnostics);
  } else if (!files.empty()) {
    diagnostics.warning({files[0].generic_string()}, "there are no blocks: only the tables are written",
                        "add [stack.chip] before it is evaluated");
  }
  if (diagnostics.errors() > errors_before) return std::nullopt;
  return stack::to_toml(stack, "From the files of ChipletPart (ABKGroup/ChipletPart).");
}

}  // namespace marquetry::exchange
