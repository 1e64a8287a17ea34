// How the things of a drawn layout look.
#pragma once

#include <string_view>

namespace marquetry::report {

// Fill and border of each kind of thing, muted so that links and names stand out.
namespace look {
constexpr std::string_view package = R"(fill="#e9efe3" stroke="#9fb091" stroke-width="1.2" rx="5")",
                           carrier = R"(fill="#e3e8ef" stroke="#8193a8" stroke-width="1.2")",
                           die = R"(fill="#b9cce6" stroke="#3f5f8a" stroke-width="1.2")",
                           memory = R"(fill="#f3d3a2" stroke="#a8772a" stroke-width="1.2")",
                           stacked =
                               R"(fill="#cbbfe3" fill-opacity="0.85" stroke="#5f4b8b" stroke-width="1.2")",
                           ring = R"(fill="none" stroke="#3f5f8a" stroke-width="0.6" stroke-dasharray="2 2")",
                           phy = R"(fill="#d98a7f" stroke="#8f3d37" stroke-width="0.7")",
                           external = R"(fill="#9cc08f" stroke="#4f7c48" stroke-width="0.7")",
                           bridge = R"(fill="#4a4f57" fill-opacity="0.35" stroke="#2e3238" stroke-width="1")",
                           link = R"(stroke="#c0544f" stroke-opacity="0.55" stroke-linecap="round")",
                           wire = R"(stroke="#5c1f1c" stroke-width="1.4" stroke-linecap="round")",
                           stitch = R"(stroke="#b0306a" stroke-width="1.2" stroke-dasharray="9 4 2 4")",
                           keep_out = R"-(fill="url(#hatch)" stroke="#8a8a8a" stroke-width="0.8")-",
                           tsv = R"-(fill="url(#dots)" stroke="#5f4b8b" stroke-width="0.5")-",
                           terminal = R"(fill="#333333")", ink = R"(fill="#1d2733")",
                           faint = R"(fill="#5b6673")", mark = R"(fill="#1d2733" fill-opacity="0.55")";
constexpr std::string_view patterns =
    R"-(<pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="7" height="7" fill="#efefef"/><line x1="0" y1="0" x2="0" y2="7" stroke="#a5a5a5" stroke-width="2"/></pattern>
<pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse"><circle cx="2.5" cy="2.5" r="1" fill="#5f4b8b"/></pattern>
)-";
}  // namespace look

}  // namespace marquetry::report
