#include "app/many.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>

#include "app/batch.h"
#include "base/json_text.h"
#include "base/parallel.h"
#include "front/complaint.h"
#include "report/table.h"
#include "session/interrupt.h"

namespace marquetry {
namespace {

using Json = nlohmann::ordered_json;

// What came of one design.
struct Outcome {
  int status{};
  Json json{};
  std::string complaints{};
};

// Options that name one file to be written: the designs would write over each other.
constexpr std::array<std::string_view, 4> of_one_design{"svg", "out", "csv", "map"};

bool can_do(const Invocation& invocation, Diagnostics& diagnostics) {
  for (const auto option : of_one_design) {
    if (!invocation.arguments.has(option)) continue;
    diagnostics.error({.file = fmt::format("--{}", option)},
                      fmt::format("names one file, but there are {} designs", invocation.designs.size()),
                      "give one design, or write a loop");
  }
  return diagnostics.ok();
}

// {"file": ..., "status": ...} and the keys of the command's own object.
Json line_of(const std::string& file, const Output& output, const Diagnostics& diagnostics) {
  Json line{{"file", file}, {"status", output.status}};
  const auto own = Json::parse(output.json.empty() ? failure_json(diagnostics, output.message) : output.json);
  if (own.is_object()) line.update(own);
  return line;
}

Outcome run_one(const Invocation& invocation, const Session& shared, const std::string& file,
                const std::atomic<bool>& stop) {
  Diagnostics diagnostics;
  Output output{.status = status::failed, .message = message::interrupted};
  if (!stop) {
    Session session = shared;
    session.options.stop = &stop;
    Arguments arguments = invocation.arguments;
    arguments.add("design", file);
    try {
      output = invocation.command->run(session, arguments, diagnostics);
    } catch (const std::exception& error) {
      diagnostics.error({.file = file}, error.what());
      output = {.status = status::failed, .message = message::internal_error};
    }
  }
  const auto paint = colored_messages(shared.options) ? Paint::colored : Paint::plain;
  return {output.status, line_of(file, output, diagnostics), rendered(diagnostics, shared.options, paint)};
}

// Figures that tell designs apart; a column is shown where one of them has it.
struct Headline {
  std::string_view title{};
  std::string_view pointer{};
};
constexpr std::array headlines{Headline{"USD a unit", "/cost/unit_usd"},
                               Headline{"W", "/power/total_w"},
                               Headline{"degC", "/thermal/peak_c"},
                               Headline{"mm2", "/area/package_mm2"},
                               Headline{"broken limits", "/violations"},
                               Headline{"points of the front", "/front"},
                               Headline{"best within", "/certificate/epsilon"}};

std::string cell(const Json& json, std::string_view pointer) {
  const Json::json_pointer at{std::string{pointer}};
  if (!json.contains(at)) return {};
  const auto& value = json[at];
  if (value.is_array()) return std::to_string(value.size());
  return value.is_number() ? report::readable(value.get<double>()) : std::string{};
}

std::string_view word_of(int status) {
  constexpr std::array<std::string_view, 4> words{"done", "failed", "wrong input", "infeasible"};
  return words[static_cast<std::size_t>(status)];
}

std::string table_of(const std::vector<Outcome>& outcomes) {
  report::Table table{.columns = {report::Align::left, report::Align::left}, .rows = {{"design", "result"}}};
  std::array<std::size_t, 4> counts{};
  for (const auto& outcome : outcomes) {
    table.rows.push_back({outcome.json["file"].get<std::string>(), std::string{word_of(outcome.status)}});
    ++counts[static_cast<std::size_t>(outcome.status)];
  }
  for (const auto& headline : headlines) {
    const auto has = [&](const auto& outcome) { return !cell(outcome.json, headline.pointer).empty(); };
    if (std::ranges::none_of(outcomes, has)) continue;
    table.columns.push_back(report::Align::right);
    table.rows[0].emplace_back(headline.title);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
      table.rows[i + 1].push_back(cell(outcomes[i].json, headline.pointer));
  }
  auto text = report::print(table, "") + fmt::format("\n{} designs:", outcomes.size());
  const char* separator = " ";
  for (std::size_t s = 0; s < counts.size(); ++s) {
    if (counts[s] == 0) continue;
    text += fmt::format("{}{} {}", separator, counts[s], word_of(static_cast<int>(s)));
    separator = ", ";
  }
  return text + "\n";
}

// Says what came of each design as soon as those before it are done.
class InOrder {
 public:
  explicit InOrder(std::vector<Outcome>& outcomes, bool as_json)
      : outcomes_{outcomes}, is_done_(outcomes.size()), as_json_{as_json} {}

  void done(std::size_t i, Outcome outcome) {
    const std::scoped_lock guard{lock_};
    outcomes_[i] = std::move(outcome);
    is_done_[i] = true;
    for (; next_ < is_done_.size() && is_done_[next_]; ++next_) say(outcomes_[next_]);
  }
  bool is_written() const { return is_written_; }

 private:
  void say(const Outcome& outcome) {
    fmt::print(stderr, "{}", outcome.complaints);
    if (as_json_) is_written_ = print(json_text(outcome.json) + "\n") && is_written_;
  }

  std::vector<Outcome>& outcomes_;
  std::vector<bool> is_done_;
  std::mutex lock_{};
  std::size_t next_{};
  bool as_json_{}, is_written_{true};
};

}  // namespace

int run_many(const Invocation& invocation, Session& session, bool as_json) {
  Diagnostics diagnostics;
  const bool is_ready = can_do(invocation, diagnostics) && library_of(session, diagnostics) != nullptr;
  if (!is_ready) {
    const auto paint = colored_messages(session.options) ? Paint::colored : Paint::plain;
    fmt::print(stderr, "{}", rendered(diagnostics, session.options, paint));
    if (as_json) print(failure_json(diagnostics, message::wrong_arguments) + "\n");
    return status::wrong_input;
  }
  const auto count = invocation.designs.size();
  const int jobs = session.options.jobs > 0 ? session.options.jobs : parallel::default_threads();
  Session shared = session;
  if (jobs > 1 && shared.options.threads == 0) shared.options.threads = 1;
  std::vector<Outcome> outcomes(count);
  InOrder in_order{outcomes, as_json};
  const Interrupt interrupt;
  parallel::for_each_index(count, jobs, [&](std::size_t i) {
    in_order.done(i, run_one(invocation, shared, invocation.designs[i], interrupt.raised()));
  });
  int worst = status::done;
  for (const auto& outcome : outcomes) worst = worse(worst, outcome.status);
  const bool is_written = as_json ? in_order.is_written() : print(table_of(outcomes));
  return is_written ? worst : status::failed;
}

}  // namespace marquetry
