#include "support/program.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace marquetry::test {
namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace

Ran run_program(const std::string& arguments, const std::string& input) {
  namespace fs = std::filesystem;
  auto folder = (fs::temp_directory_path() / "marquetry-test-XXXXXX").string();
  if (mkdtemp(folder.data()) == nullptr) return {.status = -1, .err = "no temporary folder"};
  std::ofstream{folder + "/in"} << input;
  const auto command = "cd " MARQUETRY_SOURCE_DIR " && HOME=" + folder + " " MARQUETRY_PROGRAM " " +
                       arguments + " <" + folder + "/in >" + folder + "/out 2>" + folder + "/err";
  const int raw = std::system(command.c_str());
  Ran ran{.status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -1,
          .out = content(folder + "/out"),
          .err = content(folder + "/err")};
  fs::remove_all(folder);
  return ran;
}

}  // namespace marquetry::test
