#include "exchange/verilog/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "assembly/places.h"
#include "base/large_file.h"
#include "exchange/verilog/parse.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using assembly::BumpOf;

constexpr std::size_t most_bytes = 512'000'000;
// Bits that a package without bumps may have; each of its bumps is worth some more.
constexpr std::size_t fewest_bits = 200'000, bits_of_a_bump = 8;

class NetBuilder {
 public:
  NetBuilder(const std::vector<VerilogModule>& modules, const VerilogModule& top, Assembly& out)
      : top_{top}, out_{out} {
    for (const auto& module : modules) modules_.try_emplace(module.name, &module);
    for (const auto& instance : out.instances)
      for (const auto& region : chiplet_of(out, instance).regions)
        most_bits_ += bits_of_a_bump * region.bumps.size();
  }

  std::string trouble{};
  std::size_t strangers{};  // instances that the package does not have

  bool build() {
    if (!collect_ports()) return false;
    for (const auto& [name, signal] : top_.signals) {
      if (!count(signal.range)) return false;
      for (auto& bit : bit_names(name, signal.range)) {
        const auto n = net(bit);
        if (signal.direction) out_.nets[n].ports.push_back(bit);
      }
    }
    for (const auto& instance : top_.instances)
      if (!join(instance)) return false;
    for (const auto& [left, right] : top_.assigns)
      if (!assign(left, right)) return false;
    std::erase_if(out_.nets, [](const auto& made) { return made.pins.empty() && made.ports.empty(); });
    return true;
  }

 private:
  std::size_t net(const std::string& name) {
    const auto [at, is_new] = index_.try_emplace(name, out_.nets.size());
    if (is_new) out_.nets.push_back({.name = name});
    return at->second;
  }

  const VerilogModule* module_of(const std::string& name) const {
    const auto found = modules_.find(name);
    return found == modules_.end() ? nullptr : found->second;
  }

  // False: more bits than a package has.
  bool count(const std::optional<Range>& range) {
    joined_ += range ? static_cast<std::size_t>(std::abs(range->left - range->right)) + 1 : 1;
    if (joined_ > most_bits_) trouble = "it has more bits than a package";
    return joined_ <= most_bits_;
  }

  // Bumps of each chiplet by port, and ports that no bump says as much of.
  bool collect_ports() {
    for (auto& chiplet : out_.chiplets) {
      auto& own = bumps_.emplace_back();
      for (std::size_t r = 0; r < chiplet.regions.size(); ++r)
        for (std::size_t b = 0; b < chiplet.regions[r].bumps.size(); ++b)
          if (const auto& port = chiplet.regions[r].bumps[b].port; !port.empty())
            own[port].push_back({0, r, b});
      const auto* module = module_of(chiplet.name);
      if (module == nullptr) continue;
      for (const auto& [name, signal] : module->signals) {
        if (!signal.direction) continue;
        if (!count(signal.range)) return false;
        for (auto& bit : bit_names(name, signal.range))
          if (*signal.direction != assembly::Direction::inout || !own.contains(bit))
            chiplet.ports.push_back({std::move(bit), *signal.direction});
      }
    }
    return true;
  }

  // The names of the bits, highest first; a constant has an empty one.
  bool bits_of(const Expression& expression, std::vector<std::string>& out) {
    for (const auto& bits : expression) {
      if (bits.name.empty()) {
        out.emplace_back();
        continue;
      }
      auto range = bits.range;
      if (const auto declared = top_.signals.find(bits.name); !range && declared != top_.signals.end())
        range = declared->second.range;
      if (!count(range)) return false;
      std::ranges::move(bit_names(bits.name, range), std::back_inserter(out));
    }
    return true;
  }

  bool join(const ModuleInstance& instance) {
    const auto at = assembly::find_instance(out_, instance.name);
    const auto* module = module_of(instance.module);
    if (!at || out_.chiplets[out_.instances[*at].chiplet].name != instance.module || module == nullptr) {
      ++strangers;
      return true;
    }
    const auto& bumps = bumps_[out_.instances[*at].chiplet];
    for (const auto& [port, expression] : instance.ports) {
      std::vector<std::string> nets;
      if (!bits_of(expression, nets)) return false;
      if (nets.empty()) continue;
      const auto declared = module->signals.find(port);
      const auto bits =
          bit_names(port, declared == module->signals.end() ? std::nullopt : declared->second.range);
      if (bits.size() != nets.size()) {
        trouble = fmt::format("port '{}' of '{}' has {} bits, but {} are joined to it", port, instance.name,
                              bits.size(), nets.size());
        return false;
      }
      for (std::size_t b = 0; b < bits.size(); ++b) {
        const auto found = bumps.find(bits[b]);
        if (nets[b].empty()) continue;
        auto& pins = out_.nets[net(nets[b])].pins;
        if (found == bumps.end()) continue;
        for (const auto& bump : found->second) pins.push_back({*at, bump.region, bump.bump});
      }
    }
    return true;
  }

  // A further port of a net.
  bool assign(const Expression& left, const Expression& right) {
    std::vector<std::string> to, from;
    if (!bits_of(left, to) || !bits_of(right, from)) return false;
    if (to.size() != from.size()) {
      trouble = "an assignment joins other numbers of bits";
      return false;
    }
    for (std::size_t b = 0; b < to.size(); ++b) {
      if (to[b].empty() || from[b].empty()) continue;
      const auto source = net(from[b]), further = net(to[b]);
      if (source == further) continue;
      auto& kept = out_.nets[source];
      auto& gone = out_.nets[further];
      std::ranges::move(gone.ports, std::back_inserter(kept.ports));
      std::ranges::move(gone.pins, std::back_inserter(kept.pins));
      gone.ports.clear();
      gone.pins.clear();
    }
    return true;
  }

  std::unordered_map<std::string, const VerilogModule*> modules_{};
  const VerilogModule& top_;
  Assembly& out_;
  std::unordered_map<std::string, std::size_t> index_{};
  std::vector<std::unordered_map<std::string, std::vector<BumpOf>>> bumps_{};  // by chiplet; instance 0
  std::size_t most_bits_{fewest_bits}, joined_{};
};

}  // namespace

void read_verilog_nets(const std::filesystem::path& file, Assembly& package, Diagnostics& diagnostics) {
  const auto warn = [&](std::string what, int line = 0) {
    diagnostics.warning({file.generic_string(), line, 0}, "its nets are not read: " + std::move(what));
  };
  Diagnostics own;
  const auto text = read_large_file(file, most_bytes, own);
  if (!text) return warn(own.all().front().message);
  const auto parsed = parse_verilog(*text);
  if (!parsed.wrong.empty()) return warn("it is not structural: " + parsed.wrong, parsed.line);
  const auto top = std::ranges::find(parsed.modules, package.name, &VerilogModule::name);
  if (top == parsed.modules.end()) return warn(fmt::format("it has no module '{}'", package.name));
  std::vector<std::size_t> ports;
  for (const auto& chiplet : package.chiplets) ports.push_back(chiplet.ports.size());
  NetBuilder builder{parsed.modules, *top, package};
  if (!builder.build()) {
    package.nets.clear();
    for (std::size_t c = 0; c < ports.size(); ++c) package.chiplets[c].ports.resize(ports[c]);
    return warn(builder.trouble);
  }
  if (builder.strangers > 0)
    diagnostics.warning(
        {.file = file.generic_string()},
        fmt::format("{} instances are not of this package: their nets are not kept", builder.strangers));
}

}  // namespace marquetry::exchange
