#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

step check server-cpu.toml
echo
# Without the time that it took, and without the last part: that is what evaluate prints.
step explore server-cpu.toml | sed -e 's/; [0-9.]* s, .* choices a second$//' -e '/ point in full$/,$d'
step evaluate server-cpu.toml --set node=n12 --set dies=8 --set cores=8
echo
step explain cost.unit_usd server-cpu.toml --set node=n12 --set dies=8 --set cores=8 --depth 2
