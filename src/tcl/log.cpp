// A stacked channel: what goes through it goes into the log, too.
#include "tcl/log.h"

namespace marquetry {
namespace {

struct Copy {
  std::FILE* log{};
  Tcl_Channel self{};
};

int close(ClientData data, Tcl_Interp*) {
  const std::unique_ptr<Copy> owned{static_cast<Copy*>(data)};
  return 0;
}

int input(ClientData, char*, int, int* error) {
  *error = 0;
  return 0;
}

int output(ClientData data, const char* bytes, int count, int* error) {
  const auto& copy = *static_cast<Copy*>(data);
  std::fwrite(bytes, 1, static_cast<std::size_t>(count), copy.log);
  std::fflush(copy.log);
  const int written = Tcl_WriteRaw(Tcl_GetStackedChannel(copy.self), bytes, count);
  if (written < 0) *error = Tcl_GetErrno();
  return written;
}

void watch(ClientData, int) {}

int handle(ClientData data, int direction, ClientData* out) {
  return Tcl_GetChannelHandle(Tcl_GetStackedChannel(static_cast<Copy*>(data)->self), direction, out);
}

int block_mode(ClientData, int) { return 0; }

const Tcl_ChannelType* copying() {
  static const Tcl_ChannelType type = [] {
    Tcl_ChannelType made{};
    made.typeName = "marquetry-log";
    made.version = TCL_CHANNEL_VERSION_5;
    made.closeProc = close;
    made.inputProc = input;
    made.outputProc = output;
    made.watchProc = watch;
    made.getHandleProc = handle;
    made.blockModeProc = block_mode;
    return made;
  }();
  return &type;
}

}  // namespace

LogFile open_log(const std::string& name) { return LogFile{std::fopen(name.c_str(), "w")}; }

void copy_into(std::FILE* log, Tcl_Interp* interpreter, int channel) {
  auto* below = Tcl_GetStdChannel(channel);
  if (below == nullptr) return;
  auto copy = std::make_unique<Copy>(Copy{.log = log});
  copy->self = Tcl_StackChannel(interpreter, copying(), copy.get(), TCL_WRITABLE, below);
  if (copy->self != nullptr) copy.release();  // Tcl gives it back to `close`
}

}  // namespace marquetry
