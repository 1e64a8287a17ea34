// What a LEF has that is not read, said in one warning for each kind of place.
#pragma once

#include <map>
#include <set>
#include <string_view>

#include "exchange/lefdef/lexer.h"

namespace marquetry::exchange {

class LeftOut {
 public:
  // A statement or block within `where`: "layers", or nothing for the file itself.
  void add(std::string_view where, const Word& word);
  bool contains(std::string_view word) const;
  void say(Lexer& in) const;

 private:
  struct Words {
    Word first{};
    std::set<std::string_view> words{};
  };
  std::map<std::string_view, Words> places_{};
};

}  // namespace marquetry::exchange
