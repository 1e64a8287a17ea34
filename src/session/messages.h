// The ids under which a failure is known in every front end. An id stays with its meaning for good.
#pragma once

#include <array>
#include <string_view>

namespace marquetry {

struct Message {
  std::string_view id{};
  std::string_view meaning{};
};

namespace message {

// Usage.
inline constexpr Message unknown_command{"MQY-0101", "there is no command of that name"};
inline constexpr Message wrong_arguments{"MQY-0102",
                                         "an option or value is unknown, missing or out of range"};
inline constexpr Message not_built{"MQY-0103", "this build lacks the feature"};
inline constexpr Message needs_session{"MQY-0104",
                                       "the command works on the design that a shell or script has read"};
inline constexpr Message not_allowed{"MQY-0105", "a safe shell does not do that"};
// Files and input.
inline constexpr Message wrong_input{"MQY-0201", "a file cannot be read or has errors"};
inline constexpr Message unknown_variable{"MQY-0202",
                                          "a variable is unknown, has no such value, or must be set first"};
inline constexpr Message unknown_figure{"MQY-0203", "there is no figure of that name"};
inline constexpr Message cannot_write{"MQY-0204", "a result cannot be written"};
// Library.
inline constexpr Message wrong_library{"MQY-0301", "the library cannot be read or has errors"};
inline constexpr Message unknown_row{"MQY-0302", "the library has no row of that name"};
// Exploration.
inline constexpr Message space_too_large{"MQY-0401", "the space is too large for the method"};
inline constexpr Message nothing_feasible{"MQY-0402", "no choice keeps every constraint"};
inline constexpr Message interrupted{"MQY-0403", "the run was interrupted"};
inline constexpr Message no_layout{"MQY-0404", "no legal layout was found"};
inline constexpr Message not_converged{"MQY-0405", "no answer was found within the allowed error and steps"};
// Internal.
inline constexpr Message internal_error{"MQY-0501", "a fault of the program, not of the input"};
inline constexpr Message script_failed{"MQY-0502", "a script of the shell ended with an error"};

inline constexpr std::array all{
    unknown_command,  wrong_arguments, not_built,    needs_session, not_allowed,    wrong_input,
    unknown_variable, unknown_figure,  cannot_write, wrong_library, unknown_row,    space_too_large,
    nothing_feasible, interrupted,     no_layout,    not_converged, internal_error, script_failed,
};

}  // namespace message
}  // namespace marquetry
