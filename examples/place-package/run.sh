#!/bin/sh
# The commands of README.md, one after the other. Steps in place of seconds: the same bytes each time.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

designs=../../designs
step place $designs/h200.toml --steps 40000
echo
step place $designs/ascend-910.toml --steps 40000 | sed -n '/^lower-left/q;p'
step evaluate $designs/h200.toml --fidelity physical --steps 40000 | sed -n '/^\$ /p;/^as placed/,/^$/p;/moved/,/^$/p'
