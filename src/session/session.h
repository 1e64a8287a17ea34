// What the front ends share from one command to the next: the options, the library, the design that is read.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "library/library.h"
#include "session/arguments.h"
#include "session/messages.h"
#include "session/open_design.h"

namespace marquetry {

enum class Color { automatic, always, never };

struct Options {
  bool json{}, quiet{}, verbose{};
  Color color{};
  int threads{};  // 0: one for each core
  int jobs{};     // designs of a batch at a time; 0: one for each core
  std::uint64_t seed{1};
  const std::atomic<bool>* stop{};  // set by a front end that listens for Ctrl-C itself
};

// The exit statuses of the program.
namespace status {
inline constexpr int done = 0, failed = 1, wrong_input = 2, infeasible = 3;
}

// What a command made: the same result for a reader and for a program. Where it failed, the message under
// which the failure is known; what exactly is wrong stands in the diagnostics.
struct Output {
  int status{};
  std::string text{};
  std::string json{};  // one object; may be empty where the command failed
  Message message{};
};

struct Session {
  Options options{};
  std::vector<std::filesystem::path> library_folders{};  // the project's own, then overlays
  std::shared_ptr<const Library> library{};  // use library_of: it is loaded by the first that asks
  bool is_kept{};                            // from one command to the next: a shell, a script
  std::filesystem::path folder{};            // of a safe shell: files lie below it; empty: anywhere
  std::optional<OpenDesign> open{};          // the design that such a one has read
  // Runs the shell. Set by the program that has one.
  Output (*shell)(Session&, const Arguments&, Diagnostics&){};
};

// The library, loaded on first use; null after complaints.
const Library* library_of(Session& session, Diagnostics& diagnostics);

// The output of a command that could not do its work for wrong usage or input.
Output refusal(Message message);

// The worse exit status of two parts of a batch: 1, then 2, then 3, then 0.
int worse(int a, int b);

// Whether a file lies in a folder or below it, links followed.
bool is_below(const std::filesystem::path& folder, const std::filesystem::path& file);

// The project's own libraries: $MARQUETRY_LIBRARIES, or beside the installed program, or in the source tree.
std::filesystem::path own_library_folder();

}  // namespace marquetry
