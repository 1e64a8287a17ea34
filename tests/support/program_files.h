// Files that the program reads and writes in one test, and what it says of them.
#pragma once

#include <string>

#include "support/folder.h"
#include "support/program.h"

namespace marquetry::test {

struct Files {
  Folder folder{};

  std::string path(const std::string& name) const { return (folder.path() / name).generic_string(); }
  std::string add(const std::string& name, const std::string& text) const {
    return folder.write(name, text).generic_string();
  }
  std::string text(const std::string& name) const { return text_of(folder.path() / name); }
  // Messages without the folder's path.
  Ran run(const std::string& arguments) const {
    auto ran = run_program(arguments);
    ran.out = folder.without_path(ran.out);
    ran.err = folder.without_path(ran.err);
    return ran;
  }
};

}  // namespace marquetry::test
