// A copy of what an interpreter writes to its standard channels. Includes Tcl's header.
#pragma once

#include <tcl.h>

#include <cstdio>
#include <memory>
#include <string>

namespace marquetry {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using LogFile = std::unique_ptr<std::FILE, CloseFile>;

// Null where the file cannot be written.
LogFile open_log(const std::string& name);

// From now on that channel writes into the file, too, which must stay open as long.
void copy_into(std::FILE* log, Tcl_Interp* interpreter, int channel);

}  // namespace marquetry
