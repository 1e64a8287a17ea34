#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

# Of what compare prints, what the page speaks of.
step compare two-dies.toml@node=smic-n1 two-dies.toml@node=tsmc-n7 one-die.toml@node=tsmc-n5 one-die.toml@node=smic-n3 |
  grep -e '^\$' -e '^  [A-Z]  ' -e '^  [A-Z] is' -e '^$' -e '^   ' -e '^  area' -e '^  yield' -e '^  cost.rec' \
    -e '^  cost.unit' -e '^  cost.nre_per' -e '^  power' -e '^  memory' -e '^  compute' -e '^  up to'

# Why they are not feasible, their dies, and how far their costs may be off.
parts() {
  step evaluate "$1" --set "$2" |
    grep -e '^\$' -e 'feasible' -e '^  rules' -e '^    hint' -e '^  die  ' -e '^  compute  ' -e '^  unit cost'
}
parts two-dies.toml node=smic-n1
parts one-die.toml node=tsmc-n7
parts one-die.toml node=tsmc-n5
parts one-die.toml node=smic-n3
