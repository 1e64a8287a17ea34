#include "exchange/lefdef/left_out.h"

#include <fmt/format.h>

#include <algorithm>

namespace marquetry::exchange {
namespace {

std::string listed(const std::set<std::string_view>& words) {
  constexpr std::size_t most = 12, longest = 30;
  std::string out;
  std::size_t count = 0;
  for (const auto word : words) {
    if (++count > most) return out + fmt::format(" and {} more", words.size() - most);
    out += (count > 1 ? ", " : "") + std::string{word.substr(0, longest)};
  }
  return out;
}

}  // namespace

void LeftOut::add(std::string_view where, const Word& word) {
  places_.try_emplace(where, Words{.first = word}).first->second.words.insert(word.text);
}

bool LeftOut::contains(std::string_view word) const {
  return std::ranges::any_of(places_, [&](const auto& place) { return place.second.words.contains(word); });
}

void LeftOut::say(Lexer& in) const {
  for (const auto& [where, left] : places_)
    in.warning(left.first, where.empty() ? fmt::format("not read: {}", listed(left.words))
                                         : fmt::format("not read in {}: {}", where, listed(left.words)));
}

}  // namespace marquetry::exchange
