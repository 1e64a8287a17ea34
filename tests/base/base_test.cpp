#include <sys/stat.h>

#include <catch2/catch.hpp>

#include <atomic>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "base/diagnostic.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/named_file.h"
#include "base/parallel.h"
#include "base/rng.h"
#include "base/text.h"
#include "support/folder.h"

using namespace marquetry;
using marquetry::test::Folder;

TEST_CASE("a complaint shows its line with a caret, and keeps tabs") {
  const Diagnostic complaint{Severity::error, {"a.toml", 2, 8}, "no such node", "did you mean 'n7'?"};
  CHECK(render(complaint, "x = 1\n\tnode = 'n8'\n") ==
        "a.toml:2:8: error: no such node\n"
        "    \tnode = 'n8'\n"
        "    \t      ^\n"
        "  hint: did you mean 'n7'?\n");
}

TEST_CASE("the caret counts characters, not bytes") {
  const Diagnostic complaint{Severity::warning, {"a.toml", 1, 6}, "odd", ""};
  CHECK(render(complaint, "ä = 'ö'\r\n") == "a.toml:1:6: warning: odd\n    ä = 'ö'\n         ^\n");
}

TEST_CASE("complaints about a file, or about no file, have no line") {
  CHECK(render({Severity::error, {.file = "a.toml"}, "is a folder", ""}) == "a.toml: error: is a folder\n");
  CHECK(render({Severity::error, {}, "no variable 'x'", ""}) == "error: no variable 'x'\n");
  const Diagnostic far{Severity::error, {"a.toml", 1, 300}, "too long", ""};
  CHECK(render(far, std::string(400, 'x')) == "a.toml:1:300: error: too long\n");
}

TEST_CASE("all complaints stand by file, then by line") {
  Diagnostics diagnostics;
  diagnostics.keep_text("b", "one\ntwo\n");
  diagnostics.error({"b", 2, 1}, "second");
  diagnostics.error({"a", 1, 1}, "other file");
  diagnostics.warning({"b", 1, 1}, "first");
  CHECK(diagnostics.errors() == 2);
  CHECK(render_all(diagnostics) ==
        "b:1:1: warning: first\n    one\n    ^\n"
        "b:2:1: error: second\n    two\n    ^\n"
        "a:1:1: error: other file\n");
}

TEST_CASE("a thousand complaints are kept, all are counted") {
  Diagnostics diagnostics;
  for (int i = 1; i <= 5000; ++i) diagnostics.error({"a", i, 1}, "wrong");
  CHECK(diagnostics.errors() == 5000);
  CHECK(diagnostics.all().size() == 1000);
  CHECK(render_all(diagnostics).ends_with("There is more to complain of; this is the first 1000.\n"));
}

TEST_CASE("a file that another names lies beside it or below, and a device is no file") {
  Diagnostics diagnostics;
  CHECK(file_below("x", "y/z.txt", {}, diagnostics) == std::filesystem::path{"x/y/z.txt"});
  CHECK(diagnostics.all().empty());
  for (const auto* name : {"../y", "y/../../z", "/etc/passwd", "", ".."}) {
    CHECK_FALSE(file_below("x", name, {"a.cfg", 3, 4}, diagnostics));
    CHECK(diagnostics.all().back().message ==
          "'" + std::string{name} + "' does not lie in the folder of this file");
  }
  CHECK_FALSE(read_file("/dev/zero", diagnostics));
  CHECK(render(diagnostics.all().back()) == "/dev/zero: error: is a device, where a file was expected\n");
  const Folder folder;
  REQUIRE(mkfifo((folder.path() / "pipe").c_str(), 0600) == 0);
  CHECK_FALSE(file_below(folder.path(), "pipe", {"a.cfg", 3, 4}, diagnostics));
  CHECK(diagnostics.all().back().message == "'pipe' is a pipe, where a file was expected");
}

TEST_CASE("a byte-order mark is no part of a file's text") {
  const Folder folder;
  Diagnostics diagnostics;
  CHECK(read_file(folder.write("a", "\xef\xbb\xbfname,x\n"), diagnostics) == "name,x\n");
}

TEST_CASE("a misspelt word is brought back by its nearest neighbour only") {
  CHECK(nearest("noed", {"area", "node", "count"}) == "node");
  CHECK(nearest("zzzzzz", {"area", "node"}).empty());
  CHECK(nearest("x", {"y"}).empty());
  CHECK(suggest("tsmc-n8", {"tsmc-n7", "n14"}) == "did you mean 'tsmc-n7'?");
  CHECK(suggest("anything", {"n7", "n14"}) == "known: n7, n14");
  CHECK(suggest("anything", {"1", "2", "3", "4", "5", "6", "7", "8", "9"}) ==
        "known: 1, 2, 3, 4, 5, 6, 7, 8, ...");
}

TEST_CASE("numbers have significant digits") {
  const auto [value, digits, text] = GENERATE(table<double, int, const char*>({
      {0, 3, "0"},
      {-0.0, 3, "0"},
      {1, 3, "1"},
      {12345, 3, "12300"},
      {0.012345, 3, "0.0123"},
      {0.99999, 3, "1"},
      {999.9, 3, "1000"},
      {-2.5, 3, "-2.5"},
      {1.25e9, 3, "1.25e+09"},
      {1e-7, 3, "1e-07"},
      {123456789, 9, "123456789"},
      {1.0 / 3, 6, "0.333333"},
  }));
  CAPTURE(value);
  CHECK(significant(value, digits) == text);
}

TEST_CASE("numbers are fixed or exact without regard to the locale") {
  CHECK(fixed(2.345, 1) == "2.3");
  CHECK(fixed(-0.001, 2) == "0.00");
  CHECK(exact(0.1) == "0.1");
  CHECK(exact(16) == "16");
  CHECK(significant(std::numeric_limits<double>::infinity(), 3) == "inf");
}

TEST_CASE("names are kebab-case") {
  CHECK(is_kebab_case("tsmc-n7"));
  CHECK(is_kebab_case("3d"));
  CHECK_FALSE(is_kebab_case(""));
  CHECK_FALSE(is_kebab_case("-n7"));
  CHECK_FALSE(is_kebab_case("N7"));
  CHECK_FALSE(is_kebab_case("n_7"));
}

TEST_CASE("a file that cannot be read is named with the reason") {
  const Folder folder;
  folder.write("design.toml", "x");
  folder.write("binary.toml", std::string{"ab\0c", 4});
  folder.write("latin1.toml", "name = 'ok'\nnote = 'caf\xe9'\n");
  folder.write("huge.toml", std::string(largest_file + 1, ' '));
  std::filesystem::create_directory(folder.path() / "sub");
  Diagnostics diagnostics;
  for (const auto* name :
       {"desing.toml", "sub", "binary.toml", "latin1.toml", "huge.toml", "design.toml/x"}) {
    CHECK_FALSE(read_file(folder.path() / name, diagnostics));
  }
  CHECK(folder.without_path(render_all(diagnostics)) ==
        "desing.toml: error: there is no such file\n"
        "  hint: did you mean 'design.toml'?\n"
        "sub: error: is a folder, where a file was expected\n"
        "binary.toml: error: is a binary file, where a text file was expected\n"
        "latin1.toml:2:12: error: is not UTF-8 text from this character on\n"
        "  hint: save the file as UTF-8\n"
        "huge.toml: error: is larger than 16 MB, the most that is read of one file\n"
        "design.toml/x: error: there is no such file\n"
        "  hint: give the path of a file that exists, from the folder you are in\n");
}

TEST_CASE("text is UTF-8 to its rarest cases: no overlong form, no surrogate, nothing above U+10FFFF") {
  const Folder folder;
  const auto is_read = [&](std::string_view bytes) {
    folder.write("x.txt", std::string{bytes});
    Diagnostics diagnostics;
    return read_file(folder.path() / "x.txt", diagnostics).has_value();
  };
  for (const auto* good :
       {"\xc2\x80", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"})
    CHECK(is_read(good));
  for (const auto* bad : {"\xc1\xbf", "\xe0\x8b\x8b", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
                          "\xf5\x80\x80\x80", "\xe0\xa0", "\x80"})
    CHECK_FALSE(is_read(bad));
}

TEST_CASE("what was written is read again, and nothing is left beside it") {
  const Folder folder;
  Diagnostics diagnostics;
  REQUIRE(write_file(folder.path() / "out.json", "{}\n", diagnostics));
  REQUIRE(write_file(folder.path() / "out.json", "{\"ä\": 1}\n", diagnostics));
  CHECK(read_file(folder.path() / "out.json", diagnostics) == "{\"ä\": 1}\n");
  CHECK(std::distance(std::filesystem::directory_iterator{folder.path()}, {}) == 1);
  CHECK(diagnostics.ok());
  std::filesystem::create_symlink("out.json", folder.path() / "link.json");
  REQUIRE(write_file(folder.path() / "link.json", "[]\n", diagnostics));
  CHECK(std::filesystem::is_symlink(folder.path() / "link.json"));
  CHECK(read_file(folder.path() / "out.json", diagnostics) == "[]\n");
  REQUIRE(write_file("/dev/null", "[]\n", diagnostics));
  CHECK(std::filesystem::is_character_file("/dev/null"));
  CHECK_FALSE(write_file(folder.path() / "missing" / "out.json", "", diagnostics));
  CHECK(folder.without_path(render_all(diagnostics)) ==
        "missing/out.json: error: cannot be written: No such file or directory\n");
}

TEST_CASE("the hash is FNV-1a") {
  // the authors' test vectors
  CHECK(hex(fnv1a("")) == "cbf29ce484222325");
  CHECK(hex(fnv1a("a")) == "af63dc4c8601ec8c");
  CHECK(hex(fnv1a("foobar")) == "85944171f73967e8");
  CHECK(fnv1a("bar", fnv1a("foo")) == fnv1a("foobar"));
}

TEST_CASE("a parallel map has its results in order, whatever the number of threads") {
  const auto square = [](std::size_t i) { return i * i; };
  const auto one = parallel::map(1000, 1, square);
  CHECK(one == parallel::map(1000, 4, square));
  CHECK(one.back() == 999u * 999u);
  CHECK(parallel::map(0, 4, square).empty());
  CHECK(parallel::map(3, 4, [](std::size_t i) { return i == 1; }) == std::vector<bool>{false, true, false});
  CHECK(parallel::default_threads() >= 1);
}

TEST_CASE("the first exception of a parallel map passes through") {
  const int threads = GENERATE(1, 4);
  std::atomic<int> done{};
  const auto task = [&](std::size_t i) {
    ++done;
    if (i % 3 == 2) throw std::runtime_error{std::to_string(i)};
  };
  CHECK_THROWS_WITH(parallel::for_each_index(100, threads, task), "2");
  CHECK(done == 100);
}

TEST_CASE("random numbers repeat, and tasks draw from streams of their own") {
  Rng a{1}, b{1};
  CHECK(a.next() == b.next());
  CHECK(a.fork(0).next() != a.fork(1).next());
  CHECK(a.fork(3).next() == b.fork(3).next());
  for (int i = 0; i < 1000; ++i) {
    CHECK(a.below(7) < 7);
    CHECK(a.uniform() < 1);
  }
}
