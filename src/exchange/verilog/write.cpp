#include "exchange/verilog/write.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/file.h"
#include "exchange/chiplet_ports.h"
#include "exchange/verilog/buses.h"
#include "exchange/verilog/names.h"

namespace marquetry::exchange {
namespace {

using assembly::Assembly;
using Names = std::set<std::string, std::less<>>;

constexpr std::array<std::string_view, 3> direction_words{"inout", "input", "output"};
std::string_view word(assembly::Direction d) { return direction_words[static_cast<std::size_t>(d)]; }

std::string bit_name(std::string_view bus, std::size_t index) { return fmt::format("{}[{}]", bus, index); }

// The bus that a name is folded into; its width 0: it stands alone.
struct Folded {
  Bit bit{};
  std::size_t width{};
};
Folded folded(const Widths& buses, std::string_view name) {
  const auto bit = bit_of(name);
  const auto at = bit ? buses.find(bit->bus) : buses.end();
  return at == buses.end() ? Folded{} : Folded{*bit, at->second};
}

class Writer {
 public:
  Writer(const Assembly& package, const std::filesystem::path& file, Diagnostics& diagnostics)
      : package_{package},
        file_{file},
        where_{.file = file.generic_string()},
        diagnostics_{diagnostics},
        top_{package.name.empty() ? file.stem().string() : package.name} {}

  std::vector<std::filesystem::path> run() {
    const int before = diagnostics_.errors();
    name_top();
    ports_ = ports_of_chiplets(package_);
    connected_ = nets_of_instances(package_, where_, diagnostics_);
    name_signals();
    check_names();
    if (diagnostics_.errors() > before) return {};
    for (std::size_t c = 0; c < ports_.size(); ++c) port_buses_.push_back(port_buses(c));
    fold_signals();
    std::string out = "// Blackboxes and the netlist of a package; only names and connections.\n";
    for (std::size_t c = 0; c < ports_.size(); ++c) add_module(c, out);
    add_top(out);
    if (!write_file(file_, out, diagnostics_)) return {};
    return {file_};
  }

 private:
  void error(std::string message, std::string hint = {}) {
    diagnostics_.error(where_, std::move(message), std::move(hint));
  }

  // Modules share their names: a package of one die is often called as its die.
  void name_top() {
    const auto is_taken = [this](const std::string& name) {
      return std::ranges::find(package_.chiplets, name, &assembly::Chiplet::name) != package_.chiplets.end();
    };
    if (!is_taken(top_)) return;
    const auto wanted = top_;
    while (is_taken(top_)) top_ += "_package";
    diagnostics_.warning(where_,
                         fmt::format("the top is called '{}', since a chiplet is called '{}'", top_, wanted));
  }

  // A net that leaves the package has the name of its port.
  void name_signals() {
    std::size_t renamed = 0;
    for (const auto& net : package_.nets) {
      signals_.push_back(net.ports.empty() ? net.name : net.ports.front());
      if (signals_.back() != net.name) ++renamed;
      for (std::size_t p = 0; p < net.ports.size(); ++p) top_ports_.insert(net.ports[p]);
      if (net.ports.size() > 1)
        diagnostics_.warning(
            where_, fmt::format("net '{}' leaves the package at {} ports: Verilog has '{}' drive the others",
                                net.name, net.ports.size(), net.ports.front()));
    }
    if (renamed > 0)
      diagnostics_.warning(where_, fmt::format("{} nets have the name of their port instead of their own, "
                                               "since a wire of a module has one name",
                                               renamed));
  }

  void check_name(std::string_view what, const std::string& name) {
    if (!is_verilog_name(name))
      error(fmt::format("{} '{}' cannot be a name in Verilog", what, name),
            "use printable characters of ASCII without blanks");
  }

  void check_names() {
    check_name("the package", top_);
    Names modules{top_}, in_top;
    for (const auto& chiplet : package_.chiplets) {
      check_name("chiplet", chiplet.name);
      if (!modules.insert(chiplet.name).second)
        error(fmt::format("two modules would have the name '{}'", chiplet.name),
              "rename the chiplet or the package");
    }
    for (const auto& ports : ports_) {
      for (const auto& [port, direction] : ports) check_name("port", port);
    }
    for (const auto& instance : package_.instances) {
      check_name("instance", instance.name);
      if (!in_top.insert(instance.name).second)
        error(fmt::format("two instances have the name '{}'", instance.name));
    }
    Names names;
    for (std::size_t n = 0; n < signals_.size(); ++n) {
      check_name("net", signals_[n]);
      if (!names.insert(signals_[n]).second)
        error(fmt::format("two nets would have the name '{}'", signals_[n]));
      if (in_top.contains(signals_[n]))
        error(fmt::format("an instance and a net both have the name '{}'", signals_[n]),
              "in Verilog they share their names: rename one");
      for (std::size_t p = 1; p < package_.nets[n].ports.size(); ++p) {
        const auto& port = package_.nets[n].ports[p];
        check_name("port", port);
        if (!names.insert(port).second || in_top.contains(port))
          error(fmt::format("the name '{}' of a port of the package is taken", port));
      }
    }
  }

  // Without those whose bits differ in direction, or of which an instance has a part only.
  Widths port_buses(std::size_t chiplet) const {
    Names names;
    for (const auto& [port, direction] : ports_[chiplet]) names.insert(port);
    auto buses = buses_of(names);
    std::erase_if(buses, [&](const auto& bus) {
      const auto& ports = ports_[chiplet];
      const auto first = ports.find(bit_name(bus.first, 0))->second;
      for (std::size_t i = 1; i < bus.second; ++i) {
        if (ports.find(bit_name(bus.first, i))->second != first) return true;
      }
      for (std::size_t k = 0; k < package_.instances.size(); ++k) {
        if (package_.instances[k].chiplet != chiplet) continue;
        std::size_t joined = 0;
        for (std::size_t i = 0; i < bus.second; ++i)
          if (connected_[k].contains(bit_name(bus.first, i))) ++joined;
        if (joined > 0 && joined < bus.second) return true;
      }
      return false;
    });
    return buses;
  }

  void fold_signals() {
    Names inner, taken;
    for (const auto& instance : package_.instances) taken.insert(instance.name);
    for (const auto& signal : signals_) {
      if (!top_ports_.contains(signal)) inner.insert(signal);
    }
    signal_buses_ = buses_of(inner);
    port_signal_buses_ = buses_of(top_ports_);
    // Not where an instance has the name of the bus, or the other kind its name or one of its bits.
    const auto drop = [&taken](Widths& buses, const Names& others) {
      Names used = taken;
      for (const auto& other : others) {
        const auto bit = bit_of(other);
        used.emplace(bit ? bit->bus : std::string_view{other});
      }
      std::erase_if(buses, [&used](const auto& bus) { return used.contains(bus.first); });
    };
    drop(signal_buses_, top_ports_);
    drop(port_signal_buses_, inner);
  }

  Folded signal_bit(std::string_view name) const {
    const auto inner = folded(signal_buses_, name);
    return inner.width > 0 ? inner : folded(port_signal_buses_, name);
  }

  std::string signal(std::string_view name) const {
    const auto at = signal_bit(name);
    if (at.width == 0) return verilog_identifier(name);
    return fmt::format("{}[{}]", verilog_identifier(at.bit.bus), at.bit.index);
  }

  // Declarations of single names and of buses, each once, by name.
  static std::vector<std::string> declared(const Names& names, const Widths& buses) {
    std::vector<std::string> out;
    for (const auto& name : names) {
      const auto at = folded(buses, name);
      if (at.width == 0)
        out.push_back(verilog_identifier(name));
      else if (at.bit.index == 0)
        out.push_back(fmt::format("[{}:0] {}", at.width - 1, verilog_identifier(at.bit.bus)));
    }
    return out;
  }

  void add_module(std::size_t c, std::string& out) const {
    out += fmt::format("\n(* blackbox *)\nmodule {} (", verilog_identifier(package_.chiplets[c].name));
    std::string_view separator = "\n  ";
    for (const auto& [port, direction] : ports_[c]) {
      const auto at = folded(port_buses_[c], port);
      if (at.width > 0 && at.bit.index > 0) continue;
      const auto name = at.width == 0
                            ? verilog_identifier(port)
                            : fmt::format("[{}:0] {}", at.width - 1, verilog_identifier(at.bit.bus));
      out += fmt::format("{}{} {}", separator, word(direction), name);
      separator = ",\n  ";
    }
    out += "\n);\nendmodule\n";
  }

  // Signals from the highest bit down: a whole bus, a part of one, or a list.
  std::string joined(const std::vector<std::string_view>& names) const {
    const auto first = signal_bit(names.front());
    bool is_run = first.width > 0;
    for (std::size_t i = 1; is_run && i < names.size(); ++i) {
      const auto next = signal_bit(names[i]);
      is_run = next.width > 0 && next.bit.bus == first.bit.bus && next.bit.index + i == first.bit.index;
    }
    if (is_run && names.size() == first.width) return verilog_identifier(first.bit.bus);
    if (is_run)
      return fmt::format("{}[{}:{}]", verilog_identifier(first.bit.bus), first.bit.index,
                         first.bit.index + 1 - names.size());
    std::string out = "{";
    for (const auto& name : names) out += (out.size() > 1 ? ", " : "") + signal(name);
    return out + "}";
  }

  void add_instance(std::size_t k, std::string& out) const {
    const auto& instance = package_.instances[k];
    const auto& ports = ports_[instance.chiplet];
    const auto& buses = port_buses_[instance.chiplet];
    out += fmt::format("\n  {} {} (", verilog_identifier(package_.chiplets[instance.chiplet].name),
                       verilog_identifier(instance.name));
    std::string_view separator = "\n    ";
    const auto net_of = [&](const std::string& port) -> std::string_view {
      const auto at = connected_[k].find(port);
      return at == connected_[k].end() ? std::string_view{} : signals_[at->second];
    };
    for (const auto& [port, direction] : ports) {
      const auto at = folded(buses, port);
      if (at.width > 0 && at.bit.index > 0) continue;
      std::string net;
      if (at.width == 0) {
        if (!net_of(port).empty()) net = signal(net_of(port));
      } else if (!net_of(port).empty()) {
        std::vector<std::string_view> names;
        for (auto i = at.width; i-- > 0;) names.push_back(net_of(bit_name(at.bit.bus, i)));
        net = joined(names);
      }
      out += fmt::format("{}.{}({})", separator,
                         verilog_identifier(at.width == 0 ? std::string_view{port} : at.bit.bus), net);
      separator = ",\n    ";
    }
    out += "\n  );\n";
  }

  void add_top(std::string& out) const {
    out += fmt::format("\nmodule {} (", verilog_identifier(top_));
    std::string_view separator = "\n  ";
    for (const auto& port : declared(top_ports_, port_signal_buses_)) {
      out += fmt::format("{}inout {}", separator, port);
      separator = ",\n  ";
    }
    out += "\n);\n";
    Names inner;
    for (const auto& signal : signals_) {
      if (!top_ports_.contains(signal)) inner.insert(signal);
    }
    for (const auto& name : declared(inner, signal_buses_)) out += fmt::format("  wire {};\n", name);
    for (const auto& net : package_.nets) {
      for (std::size_t p = 1; p < net.ports.size(); ++p)
        out += fmt::format("  assign {} = {};\n", signal(net.ports[p]), signal(net.ports.front()));
    }
    for (std::size_t k = 0; k < package_.instances.size(); ++k) add_instance(k, out);
    out += "\nendmodule\n";
  }

  const Assembly& package_;
  const std::filesystem::path& file_;
  SourceSpot where_;
  Diagnostics& diagnostics_;
  std::string top_;
  std::vector<PortDirections> ports_{};
  std::vector<PortNets> connected_{};
  std::vector<std::string> signals_{};  // by net
  Names top_ports_{};
  std::vector<Widths> port_buses_{};  // by chiplet
  Widths signal_buses_{}, port_signal_buses_{};
};

}  // namespace

std::vector<std::filesystem::path> write_verilog(const Assembly& package, const std::filesystem::path& file,
                                                 Diagnostics& diagnostics) {
  return Writer{package, file, diagnostics}.run();
}

}  // namespace marquetry::exchange
