#include "support/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "support/folder.h"

namespace marquetry::test {

Ran run_program(const std::string& arguments, const std::string& input) {
  namespace fs = std::filesystem;
  auto folder = (fs::temp_directory_path() / "marquetry-test-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return {.status = -1, .err = "no temporary folder"};
  std::ofstream{folder + "/in"} << input;
  const auto command = "cd " + source_folder().string() + " && HOME=" + folder + " " MARQUETRY_PROGRAM " " +
                       arguments + " <" + folder + "/in >" + folder + "/out 2>" + folder + "/err";
  const int raw = std::system(command.c_str());
  Ran ran{.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -1,
          .out = text_of(folder + "/out"),
          .err = text_of(folder + "/err")};
  fs::remove_all(folder);
  return ran;
}

}  // namespace marquetry::test
