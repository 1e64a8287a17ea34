#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "stack/fields.h"
#include "stack/stack.h"

namespace marquetry::stack {
namespace {

// The name by which nets call what lies outside of the package.
constexpr std::string_view outside = "external";

template <class Rows>
std::size_t index_of(const Rows& rows, std::string_view name, std::string_view what, const SourceSpot& where,
                     Diagnostics& diagnostics) {
  const auto found = std::ranges::find_if(rows, [&](const auto& row) { return row.name == name; });
  if (found != rows.end()) return static_cast<std::size_t>(found - rows.begin());
  std::vector<std::string_view> names;
  for (const auto& row : rows) names.push_back(row.name);
  diagnostics.error(where, fmt::format("there is no {} '{}'", what, name), suggest(name, names));
  return 0;
}

template <Number Real>
void resolve_chips(Stack<Real>& stack, Diagnostics& diagnostics) {
  stack.stackups.clear();
  for (auto& chip : stack.chips) {
    chip.wafer_index = index_of(stack.wafers, chip.wafer, "wafer process", chip.where, diagnostics);
    chip.assembly_index =
        index_of(stack.assemblies, chip.assembly, "assembly process", chip.where, diagnostics);
    chip.test_index = index_of(stack.tests, chip.test, "test process", chip.where, diagnostics);
    std::vector<LayerRun> runs;
    for (const auto& name : chip.layers) {
      const auto layer = index_of(stack.layers, name, "layer", chip.where, diagnostics);
      if (runs.empty() || runs.back().layer != layer) runs.push_back({layer, 0});
      ++runs.back().count;
    }
    const auto same = std::ranges::find_if(stack.stackups, [&](const auto& other) {
      return std::ranges::equal(other, runs, [](const LayerRun& a, const LayerRun& b) {
        return a.layer == b.layer && a.count == b.count;
      });
    });
    chip.stackup = static_cast<std::size_t>(same - stack.stackups.begin());
    if (same == stack.stackups.end()) stack.stackups.push_back(std::move(runs));
  }
}

// The first chip of each name, and how many there are.
struct Named {
  std::size_t first{nowhere}, count{};
};
using Names = std::map<std::string_view, Named>;

template <Number Real>
Names names_of(const Stack<Real>& stack) {
  Names names;
  for (std::size_t i = 0; i < stack.chips.size(); ++i) {
    auto& named = names[stack.chips[i].name];
    if (named.count++ == 0) named.first = i;
  }
  return names;
}

// Names in nets that are no chips: once each, as one may be misspelt.
template <Number Real>
void warn_of_outsiders(const Stack<Real>& stack, const std::map<std::string, SourceSpot>& outsiders,
                       Diagnostics& diagnostics) {
  std::vector<std::string_view> names;
  for (const auto& chip : stack.chips) names.push_back(chip.name);
  for (const auto& [name, where] : outsiders) {
    if (name != outside)
      diagnostics.warning(where, fmt::format("no chip '{}': it is taken to lie outside of the package", name),
                          did_you_mean(name, names));
  }
}

template <Number Real>
void resolve_nets(Stack<Real>& stack, Diagnostics& diagnostics) {
  std::set<double> reaches;
  const auto chips = names_of(stack);
  std::map<std::string, SourceSpot> outsiders;
  std::vector<bool> named(stack.chips.size());
  for (auto& net : stack.nets) {
    net.link_index = index_of(stack.links, net.link, "link", net.where, diagnostics);
    if (stack.links.empty()) continue;
    reaches.insert(stack.links[net.link_index].reach);
    for (const auto& [name, index] :
         {std::pair{&net.from, &net.from_index}, std::pair{&net.to, &net.to_index}}) {
      const auto chip = chips.find(*name);
      *index = chip == chips.end() ? nowhere : chip->second.first;
      if (*index != nowhere && chip->second.count > 1)
        diagnostics.error(net.where, fmt::format("{} chips are called '{}': which one is meant?",
                                                 chip->second.count, *name));
      if (*index == nowhere) outsiders.emplace(*name, net.where);
      if (*index != nowhere) named[*index] = true;
    }
  }
  warn_of_outsiders(stack, outsiders, diagnostics);
  stack.reaches.assign(reaches.begin(), reaches.end());
  stack.reach_of_link.clear();
  for (const auto& link : stack.links) {
    const auto place = std::ranges::lower_bound(stack.reaches, link.reach);
    stack.reach_of_link.push_back(static_cast<std::size_t>(place - stack.reaches.begin()));
  }
  const auto all = std::ranges::count(named, true);
  for (std::size_t i = 0; i < stack.chips.size(); ++i) {
    const auto begin = named.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = named.begin() + static_cast<std::ptrdiff_t>(stack.chips[i].end);
    stack.chips[i].reaches_out = named[i] && (!outsiders.empty() || std::count(begin, end, true) < all);
  }
}

// The fields of a chip that make it the same design as another, as text.
class Likeness {
 public:
  template <class T>
  void number(std::string_view, const T& value, const InUnit&, Range = {}) {
    text_ += fmt::format("{} ", representative(value));
  }
  template <class T>
  void number_or(std::string_view key, const T& value, const InUnit& unit, Range range = {}) {
    number(key, value, unit, range);
  }
  template <class T>
  void number_if(std::string_view key, const std::optional<T>& value, const InUnit& unit, Range range = {}) {
    if (value) number(key, *value, unit, range);
    text_ += "; ";
  }
  void count(std::string_view key, double value, Range = {}) {
    if (key != "quantity") text_ += fmt::format("{} ", value);
  }
  void text(std::string_view, const std::string&) {}
  void reference(std::string_view key, const std::string& value) {
    if (key != "name") text_ += value + " ";
  }
  void texts(std::string_view, const std::vector<std::string>& values) {
    for (const auto& value : values) text_ += value + " ";
  }
  void flag(std::string_view, bool value) { text_ += value ? "y " : "n "; }
  void facing(std::string_view, Facing value) { text_ += value == Facing::up ? "up " : "down "; }
  void side(std::string_view, Side) {}
  const std::string& done() const { return text_; }

 private:
  std::string text_{};
};

}  // namespace

template <Number Real>
void resolve(Stack<Real>& stack, Diagnostics& diagnostics) {
  resolve_chips(stack, diagnostics);
  resolve_nets(stack, diagnostics);
  stack.copies.assign(stack.chips.size(), 1);
  for (std::size_t i = 0; i < stack.chips.size(); ++i) {
    const auto& design = stack.chips[i].design;
    if (design.empty()) continue;
    const auto copies = std::ranges::count_if(stack.chips, [&](const auto& c) { return c.design == design; });
    stack.copies[i] = static_cast<double>(copies);
  }
}

void name_designs(Stack<double>& stack) {
  std::vector<std::string> likeness;
  for (auto& chip : stack.chips) {
    Likeness fields;
    describe(chip, fields);
    likeness.push_back(fields.done());
  }
  for (std::size_t i = 0; i < stack.chips.size(); ++i) {
    const auto first = std::ranges::find(likeness, likeness[i]) - likeness.begin();
    if (std::ranges::count(likeness, likeness[i]) > 1 && stack.chips[i].design.empty())
      stack.chips[i].design = stack.chips[static_cast<std::size_t>(first)].name;
  }
}

template void resolve(Stack<double>&, Diagnostics&);
template void resolve(Stack<Dual>&, Diagnostics&);

}  // namespace marquetry::stack
