#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

# The ways to make it: a file, a node. Of what compare prints, silicon and costs.
variants() {
  one="node=$2,dies=1,sold=80,phys=0"
  two="node=$2,dies=2,sold=40,phys=4"
  four="node=$2,dies=4,sold=20,phys=4"
  step compare "$1@$one,made=80" "$1@$one,made=82" "$1@$one,made=84" \
    "$1@$two,made=40" "$1@$two,made=42" "$1@$four,made=20" "$1@$four,made=21" |
    grep -e '^\$' -e '^  [A-Z] ' -e '^$' -e '^   ' -e '^  area.silicon' -e '^  cost.rec' -e '^  cost.nre_per' -e '^  cost.per_good'
}
for node in tsmc-n7 smic-n2; do
  variants clustered.toml $node
  variants poisson.toml $node
done
