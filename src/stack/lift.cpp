#include "stack/lift.h"

#include "stack/fields.h"

namespace marquetry::stack {
namespace {

// What a row holds, in the order of its description.
struct Fields {
  std::vector<std::string> keys{};
  std::vector<std::optional<double>> numbers{};
  std::vector<double> counts{};
  std::vector<std::optional<double>> maybe_counts{};
  std::vector<bool> flags{};
  std::vector<std::vector<std::string>> texts{};
};

class Taker {
 public:
  void number(std::string_view key, double value, const InUnit&, Range = {}) { keep(key, value); }
  void number_or(std::string_view key, double value, const InUnit&, Range = {}) { keep(key, value); }
  void number_if(std::string_view key, const std::optional<double>& value, const InUnit&, Range = {}) {
    keep(key, value);
  }
  void count(std::string_view, double value, Range = {}) { fields_.counts.push_back(value); }
  void count_if(std::string_view, const std::optional<double>& value) {
    fields_.maybe_counts.push_back(value);
  }
  void length(std::string_view, double value) { fields_.counts.push_back(value); }
  void energy(std::string_view key, double value, bool in_joule) {
    keep(key, value);
    fields_.flags.push_back(in_joule);
  }
  void flag(std::string_view, bool value) { fields_.flags.push_back(value); }
  void text(std::string_view, const std::string& value) { fields_.texts.push_back({value}); }
  void reference(std::string_view, const std::string& value) { fields_.texts.push_back({value}); }
  void texts(std::string_view, const std::vector<std::string>& values) { fields_.texts.push_back(values); }
  void facing(std::string_view, Facing value) { fields_.flags.push_back(value == Facing::up); }
  void side(std::string_view, Side value) { fields_.flags.push_back(value == Side::face); }
  Fields& fields() { return fields_; }

 private:
  void keep(std::string_view key, std::optional<double> value) {
    fields_.keys.emplace_back(key);
    fields_.numbers.push_back(value);
  }
  Fields fields_{};
};

template <class Row>
Fields fields_of(const Row& row) {
  auto copy = row;
  Taker taker;
  describe(copy, taker);
  return std::move(taker.fields());
}

template <Number Real>
class Giver {
 public:
  Giver(const Fields& fields, const std::function<Real(std::size_t, double)>& lift, std::size_t& next)
      : fields_{fields}, lift_{lift}, next_{next} {}

  void number(std::string_view, Real& field, const InUnit&, Range = {}) { field = *lifted_next(); }
  void number_or(std::string_view, Real& field, const InUnit&, Range = {}) { field = *lifted_next(); }
  void number_if(std::string_view, std::optional<Real>& field, const InUnit&, Range = {}) {
    field = lifted_next();
  }
  void count(std::string_view, double& field, Range = {}) { field = fields_.counts[count_++]; }
  void count_if(std::string_view, std::optional<double>& field) { field = fields_.maybe_counts[maybe_++]; }
  void length(std::string_view, double& field) { field = fields_.counts[count_++]; }
  void energy(std::string_view, Real& field, bool& in_joule) {
    field = *lifted_next();
    in_joule = fields_.flags[flag_++];
  }
  void flag(std::string_view, bool& field) { field = fields_.flags[flag_++]; }
  void text(std::string_view, std::string& field) { field = fields_.texts[text_++].front(); }
  void reference(std::string_view, std::string& field) { field = fields_.texts[text_++].front(); }
  void texts(std::string_view, std::vector<std::string>& field) { field = fields_.texts[text_++]; }
  void facing(std::string_view, Facing& field) { field = fields_.flags[flag_++] ? Facing::up : Facing::down; }
  void side(std::string_view, Side& field) { field = fields_.flags[flag_++] ? Side::face : Side::back; }

 private:
  std::optional<Real> lifted_next() {
    const auto& value = fields_.numbers[number_++];
    return value ? std::optional<Real>{lift_(next_++, *value)} : std::nullopt;
  }
  const Fields& fields_;
  const std::function<Real(std::size_t, double)>& lift_;
  std::size_t& next_;
  std::size_t number_{}, count_{}, maybe_{}, flag_{}, text_{};
};

// f(key of the rows, rows) for each kind of row, in the order of the inputs.
template <Number Real, class F>
void for_each_kind(Stack<Real>& stack, F f) {
  f("links", stack.links);
  f("layers", stack.layers);
  f("wafers", stack.wafers);
  f("assemblies", stack.assemblies);
  f("tests", stack.tests);
  f("chips", stack.chips);
}

}  // namespace

std::vector<Input> inputs(const Stack<double>& stack) {
  std::vector<Input> out{{"escape_cost", stack.escape_cost}};
  const auto add = [&out](const std::string& path, const auto& row) {
    const auto fields = fields_of(row);
    for (std::size_t n = 0; n < fields.numbers.size(); ++n) {
      if (fields.numbers[n]) out.push_back({path + "." + fields.keys[n], *fields.numbers[n]});
    }
  };
  auto copy = stack;
  for_each_kind(copy, [&](const std::string& key, const auto& rows) {
    for (const auto& row : rows) add(key + "." + row.name, row);
  });
  for (std::size_t n = 0; n < stack.nets.size(); ++n) add("nets." + std::to_string(n), stack.nets[n]);
  return out;
}

template <Number Real>
Stack<Real> lifted(const Stack<double>& stack, const std::function<Real(std::size_t, double)>& lift) {
  std::size_t next = 0;
  Stack<Real> out{.name = stack.name, .title = stack.title, .file = stack.file};
  out.escape_cost = lift(next++, stack.escape_cost);
  const auto give = [&](const auto& from, auto& to) {
    to.where = from.where;
    const auto fields = fields_of(from);
    Giver<Real> giver{fields, lift, next};
    describe(to, giver);
  };
  const auto give_rows = [&](const auto& from, auto& to) {
    to.resize(from.size());
    for (std::size_t n = 0; n < from.size(); ++n) {
      if constexpr (requires { to[n].name; }) to[n].name = from[n].name;
      give(from[n], to[n]);
    }
  };
  give_rows(stack.links, out.links);
  give_rows(stack.layers, out.layers);
  give_rows(stack.wafers, out.wafers);
  give_rows(stack.assemblies, out.assemblies);
  give_rows(stack.tests, out.tests);
  give_rows(stack.chips, out.chips);
  for (std::size_t n = 0; n < stack.chips.size(); ++n) {
    out.chips[n].parent = stack.chips[n].parent;
    out.chips[n].end = stack.chips[n].end;
  }
  give_rows(stack.nets, out.nets);
  Diagnostics diagnostics;
  resolve(out, diagnostics);  // as it was before: there is nothing new to complain about
  return out;
}

template Stack<double> lifted(const Stack<double>&, const std::function<double(std::size_t, double)>&);
template Stack<Dual> lifted(const Stack<double>&, const std::function<Dual(std::size_t, double)>&);

}  // namespace marquetry::stack
