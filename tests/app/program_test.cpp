// The program as a user meets it: standard output, standard error, exit status.
#include <catch2/catch.hpp>
#include <sstream>

#include "support/program.h"

using marquetry::test::run_program;

TEST_CASE("wrong usage is named with a hint and status 2") {
  const auto [arguments, complaint] = GENERATE(table<std::string, std::string>({
      {"", "marquetry: error: no command is given\n  hint: 'marquetry --help' lists the commands\n"},
      {"chekc a.toml", "marquetry: error: there is no command 'chekc'\n  hint: did you mean 'check'?\n"},
      {"frobnicate",
       "marquetry: error: there is no command 'frobnicate'\n"
       "  hint: 'marquetry --help' lists the commands\n"},
      {"--jsn check a.toml", "marquetry: error: unknown option '--jsn'\n  hint: did you mean '--json'?\n"},
      {"check", "marquetry check: error: missing DESIGN\n  hint: see 'marquetry check --help'\n"},
      {"check a.toml --thread=2",
       "marquetry check: error: unknown option '--thread'\n  hint: did you mean '--threads'?\n"},
      {"check a.toml --threads",
       "marquetry check: error: option '--threads' needs a value\n  hint: see 'marquetry check --help'\n"},
      {"check a.toml --threads two",
       "marquetry check: error: --threads must be a whole number, 0 or more, but is 'two'\n"},
      {"library lst",
       "marquetry library: error: ACTION must be one of list, show, check, but is 'lst'\n"
       "  hint: did you mean 'list'?\n"},
      {"library show a b",
       "marquetry library: error: there is no place for 'b'\n  hint: see 'marquetry library --help'\n"},
      {"library show",
       "marquetry library: error: show wants the NAME of a row\n"
       "  hint: 'marquetry library list' names them\n"},
  }));
  INFO(arguments);
  const auto ran = run_program(arguments);
  CHECK(ran.err == complaint);
  CHECK(ran.out.empty());
  CHECK(ran.status == 2);
}

TEST_CASE("with --json a failure is one object on standard output, and nothing else") {
  const auto usage = run_program("--json check --sed=1");
  CHECK(usage.status == 2);
  CHECK(usage.out ==
        R"({"error":{"id":"MQY-0102","message":"unknown option '--sed'","place":"marquetry check",)"
        R"("hint":"did you mean '--seed'?"},"errors":[)"
        R"({"id":"MQY-0102","message":"unknown option '--sed'","place":"marquetry check",)"
        R"("hint":"did you mean '--seed'?"},)"
        R"({"id":"MQY-0102","message":"missing DESIGN","place":"marquetry check",)"
        R"("hint":"see 'marquetry check --help'"}]})"
        "\n");
  const auto input = run_program("check there/is/none.toml --json");
  CHECK(input.status == 2);
  CHECK(input.out.starts_with(R"({"error":{"id":"MQY-0201","message":")"));
  CHECK(input.out.find(R"("place":"there/is/none.toml")") != std::string::npos);
}

TEST_CASE("an unknown row of the library has the nearest name as a hint") {
  const auto ran = run_program("library show tsmc-n77 --json");
  CHECK(ran.status == 2);
  CHECK(ran.out.find(R"("id":"MQY-0302")") != std::string::npos);
  CHECK(ran.out.find("did you mean 'tsmc-n7'?") != std::string::npos);
}

TEST_CASE("the project's own library is good") {
  const auto ran = run_program("library check");
  CHECK(ran.status == 0);
  CHECK(ran.out.starts_with("the library is good: "));
}

TEST_CASE("a library folder that is not there is named") {
  const auto ran = run_program("library list --library /there/is/none");
  CHECK(ran.status == 2);
  CHECK(ran.err.find("/there/is/none") != std::string::npos);
}

TEST_CASE("every command has a help text with its example, and the program lists them") {
  const auto all = run_program("--help");
  CHECK(all.status == 0);
  for (const std::string command : {"check", "library", "shell"}) {
    INFO(command);
    CHECK(all.out.find("\n  " + command + " ") != std::string::npos);
    const auto ran = run_program(command + " --help");
    CHECK(ran.status == 0);
    CHECK(ran.out.find("\nexample: marquetry " + command) != std::string::npos);
  }
}

TEST_CASE("the version names the library by its hash") {
  const auto ran = run_program("--version");
  CHECK(ran.status == 0);
  CHECK(ran.out.starts_with("marquetry 0.1.0, library "));
  CHECK(ran.out.size() > 30);
}

TEST_CASE("messages are coloured only where it is asked for or a terminal is there") {
  CHECK(run_program("check none.toml").err.find('\x1b') == std::string::npos);
  CHECK(run_program("check none.toml --color always").err.find("\x1b[1;31m error:\x1b[0m") !=
        std::string::npos);
}

TEST_CASE("a full disk is a failure of the run") {
  const auto ran = run_program("--help > /dev/full 2> /dev/null; echo $?");
  CHECK(ran.out == "1\n");
}

TEST_CASE("a script of the shell ends with 0, or with 1 where it fails") {
  const auto good = run_program("shell -exit /dev/stdin", "puts [expr {6 * 7}]\nlibrary list nodes\n");
  CHECK(good.status == 0);
  CHECK(good.out == "42\n");
  const auto bad = run_program("shell -exit /dev/stdin", "puts first\ncheck none.toml\nputs second\n");
  CHECK(bad.status == 1);
  CHECK(bad.out == "first\n");
  CHECK(bad.err.find("none.toml") != std::string::npos);
  CHECK(run_program("shell -exit /there/is/none.tcl").status == 1);
}

TEST_CASE("a shell without a terminal reads its input plainly") {
  const auto ran = run_program("shell", "set a {\n1 2}\nputs $a\nlibrary check\n");
  CHECK(ran.status == 0);
  CHECK(ran.out.starts_with("\n1 2\nthe library is good: "));
  CHECK(run_program("shell", "check none.toml\n").status == 1);
  CHECK(run_program("shell", "check none.toml\nexit\n").status == 0);
  CHECK(run_program("shell", "puts {open\n").err == "the input ends within a command: puts {open\n");
}

TEST_CASE("help before a command is --help behind it") {
  CHECK(run_program("help explore").out == run_program("explore --help").out);
  CHECK(run_program("help").out == run_program("--help").out);
  const auto wrong = run_program("help exlpore");
  CHECK(wrong.status == 2);
  CHECK(wrong.err == "marquetry: error: there is no command 'exlpore'\n  hint: did you mean 'explore'?\n");
}

TEST_CASE("no report of a product or a command's help is wider than a page") {
  for (const auto* command :
       {"help perform", "help route", "library show a100", "library show generic", "library list", "perform",
        "perform h200 --workload llama-3-8b-decode --operators", "compare h100 h200 ascend-910b mi300x b200",
        "evaluate designs/h200.toml", "sensitivity designs/h200.toml --top 8"}) {
    std::istringstream lines{run_program(command).out};
    for (std::string line; std::getline(lines, line);) {
      INFO(command << "\n" << line);
      CHECK(line.size() <= 120);
    }
  }
}
