#!/bin/sh
# The commands of README.md, one after the other. $MARQUETRY is the program: a path, or a name on the PATH.
cd "$(dirname "$0")" || exit 1
marquetry=${MARQUETRY:-../../build/release/marquetry}

# Shows a command, then runs it.
step() {
  echo "\$ marquetry $*"
  "$marquetry" "$@" || exit 1
}

step check server-cpu.toml
echo
# Without the time that it took, and without the last part: that is what evaluate prints.
step explore server-cpu.toml | sed -e 's/; [0-9.]* s, .* choices a second$//' -e '/ point in full$/,$d'
step evaluate server-cpu.toml --set node=n12 --set dies=8 --set cores=8
echo
step explain cost.unit_usd server-cpu.toml --set node=n12 --set dies=8 --set cores=8 --depth 2
