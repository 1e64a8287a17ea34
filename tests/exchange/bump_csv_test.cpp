// Tables of bumps, written and read; and AIF.
#include <catch2/catch.hpp>

#include "assembly/places.h"
#include "exchange/aif/write.h"
#include "exchange/bump_csv/columns.h"
#include "exchange/bump_csv/read.h"
#include "exchange/bump_csv/write.h"
#include "support/assemblies.h"
#include "support/folder.h"
#include "support/messages.h"

namespace marquetry::exchange {

using namespace assembly;
using test::Folder;
using test::messages;

namespace {

std::string table_of(const Assembly& package) {
  const Folder folder;
  Diagnostics diagnostics;
  const auto files = write_bump_csv(package, folder.path() / "t.csv", diagnostics);
  CHECK(diagnostics.ok());
  return files.empty() ? "" : test::text_of(files[0]);
}

std::string complaints(const std::string& text) {
  Diagnostics diagnostics;
  CHECK_FALSE(parse_bump_csv(text, "t.csv", "t", diagnostics));
  CHECK_FALSE(diagnostics.ok());
  return messages(diagnostics);
}

}  // namespace

TEST_CASE("bump table: fields with commas and quotes read back") {
  std::vector<std::string> fields;
  for (const std::string text : {"a", "a,b", "say \"x\"", " blank ", "", "#1", "\""}) {
    REQUIRE(split_line(csv_field(text) + ",2", fields));
    CHECK(fields == std::vector<std::string>{text, "2"});
  }
  CHECK_FALSE(split_line("\"open", fields));
}

TEST_CASE("bump table: what is written and read is written as the same table, turned dies too") {
  for (const auto& package : {test::two_dies(), test::eight_ways(), test::tower()}) {
    INFO(package.name);
    const auto text = table_of(package);
    Diagnostics diagnostics;
    const auto read = parse_bump_csv(text, "t.csv", package.name, diagnostics);
    INFO(messages(diagnostics));
    REQUIRE(read);
    CHECK(table_of(*read) == text);
    CHECK(read->instances.size() == package.instances.size());
    CHECK(read->chiplets.size() == package.chiplets.size());
    CHECK(read->nets.size() == package.nets.size());
    for (std::size_t i = 0; i < package.instances.size(); ++i)
      CHECK(place_of(*read, BumpOf{i, 0, 1}).x * package.precision ==
            place_of(package, BumpOf{i, 0, 1}).x * read->precision);
  }
}

TEST_CASE("bump table: only bump, x and y are needed") {
  Diagnostics diagnostics;
  const auto read = parse_bump_csv("# a die\r\ny,bump,x,colour\r\n1.5,a,10,red\n-2,\"b,1\",30.00025,blue\n",
                                   "d.csv", "d", diagnostics);
  REQUIRE(read);
  CHECK(messages(diagnostics) ==
        "d.csv:2: column 'colour' is not read | known: "
        "instance,chiplet,region,face,bump,cell,x_um,y_um,port,net\n"
        "d.csv:0: outlines of dies are the boxes round their bumps' centres: the table has none\n");
  CHECK(read->precision == 100'000);
  REQUIRE(read->chiplets.size() == 1);
  CHECK(read->chiplets[0].size == Size{2'000'025, 350'000});
  const auto& bumps = read->chiplets[0].regions[0].bumps;
  REQUIRE(bumps.size() == 2);
  CHECK(bumps[1].name == "b,1");
  CHECK(bumps[1].at == Point{2'000'025, 0});
  CHECK(read->instances[0].low == Point{1'000'000, -200'000});
}

TEST_CASE("bump table: what is wrong is said where it stands") {
  const std::string head = "instance,chiplet,bump,x,y\n";
  CHECK(complaints("") ==
        "t.csv:0: no table in it | it begins with the names of its columns: "
        "instance,chiplet,region,face,bump,cell,x_um,y_um,port,net\n");
  CHECK(complaints("bump,x\n").find("t.csv:1: there is no column 'y_um'") == 0);
  CHECK(complaints("bump,x,y,x\n") == "t.csv:1: column 'x_um' stands twice\n");
  CHECK(complaints(head) == "t.csv:0: no bumps in it | add a row for each bump\n");
  CHECK(complaints(head + "u,c,b,1\n") ==
        "t.csv:2: 4 fields, but the table has 5 columns | a name with a comma stands in quotation marks\n");
  CHECK(complaints(head + "u,c,b,one,2\n") ==
        "t.csv:2: x_um must be a number of micrometres, at most 1e9, not 'one'\n");
  CHECK(complaints(head + "u,c,b,1e300,2\n").find("x_um must be a number") != std::string::npos);
  CHECK(complaints(head + "u,c,b,1,2\nu,c,b,3,4\n") == "t.csv:3: bump 'b' of 'u' stands in line 2 already\n");
  CHECK(complaints(head + "u,c,b,1,2\nu,d,e,3,4\n") ==
        "t.csv:3: 'u' is of chiplet 'd' here, and of 'c' in line 2\n");
  CHECK(complaints(head + "u,c,,1,2\n") == "t.csv:2: a bump without a name\n");
  CHECK(complaints(head + "\"u,c,b,1,2\n") == "t.csv:2: a quotation mark is not closed on its line\n");
  CHECK(complaints(head + "u,c,a,0,0\nu,c,b,5,2\nv,c,a,0,0\nv,c,b,5,3\n") ==
        "t.csv:4: the bumps of 'v' are not those of chiplet 'c', however it is turned | give it a chiplet of "
        "its own, "
        "or the same bumps in the same order\n");
  CHECK(complaints("bump,x,y,face\nb,1,2,top\n").find("t.csv:2: 'top' is no face") == 0);
}

TEST_CASE("AIF: a file a die, with its pads from the middle of its outline") {
  const Folder folder;
  Diagnostics diagnostics;
  const auto files = write_aif(test::two_dies(), folder.path() / "p.aif", diagnostics);
  REQUIRE(files.size() == 3);
  CHECK(files[0].filename() == "p-cpu.aif");
  const auto text = test::text_of(files[0]);
  CHECK(text.find(
            "[DATABASE]\nTYPE=AIF\nVERSION=2\nUNITS=UM\n\n[DIE]\nNAME=cpu\nWIDTH=3000\nHEIGHT=2000\nCENTER=0 "
            "0\n\n[PADS]\nUBUMP=SQUARE 30\n\n[NETLIST]\n") == 0);
  CHECK(text.find("\nd[0] 1 UBUMP -1400 -850 -\n") != std::string::npos);
  CHECK(text.find("\nVSS 7 UBUMP -1070 -850 -\n") != std::string::npos);
  auto package = test::two_dies();
  package.chiplets[0].regions[0].bumps[2].port = "a b";
  CHECK(write_aif(package, folder.path() / "q.aif", diagnostics).empty());
  CHECK(diagnostics.all().back().message == "net 'a b' cannot be a name in AIF");
  CHECK(write_aif({}, folder.path() / "r.aif", diagnostics).empty());
  CHECK(diagnostics.all().back().message == "no chiplet has bumps: AIF describes the pads of a die");
}

}  // namespace marquetry::exchange
