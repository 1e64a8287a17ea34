// The package for any tclsh 8.6: `package require marquetry`. Its commands are marquetry::evaluate, or
// `marquetry evaluate`.
#include <memory>

#include "tcl/state.h"

namespace marquetry {
namespace {

// What one interpreter keeps; goes with it.
struct Kept {
  explicit Kept(Tcl_Interp* interpreter) : state{session, interpreter} {}

  Session session{.library_folders = {own_library_folder()}, .is_kept = true};
  TclState state;
};

void forget(ClientData data, Tcl_Interp*) { const std::unique_ptr<Kept> owned{static_cast<Kept*>(data)}; }

constexpr auto ensemble = "namespace eval ::marquetry {namespace export *; namespace ensemble create}";

}  // namespace
}  // namespace marquetry

extern "C" __attribute__((visibility("default"))) int Marquetry_Init(Tcl_Interp* interpreter) {
  if (Tcl_InitStubs(interpreter, "8.6", 0) == nullptr) return TCL_ERROR;
  auto kept = std::make_unique<marquetry::Kept>(interpreter);
  auto& state = kept->state;
  Tcl_CreateNamespace(interpreter, "::marquetry", nullptr, nullptr);
  Tcl_SetAssocData(interpreter, "marquetry", marquetry::forget, kept.release());
  marquetry::add_commands(state, "::marquetry::");
  if (Tcl_Eval(interpreter, marquetry::ensemble) != TCL_OK) return TCL_ERROR;
  return Tcl_PkgProvide(interpreter, "marquetry", MARQUETRY_VERSION);
}
