#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

for topology in "mesh --size 6x6" "hexa-mesh --size 37"; do
  # shellcheck disable=SC2086
  step route --topology $topology |
    sed -n '/^\$/p;/routers/p;/best of all/p;/most that/p;/on the table/p;/  cycles  .*[0-9]$/p;/links of a router/p;/diameter/p;/bisection/p;/^deadlock/p'
done
for network in "mesh --size 6x6" "hexa-mesh --size 37 --routing turn-prohibition"; do
  # shellcheck disable=SC2086
  step simulate --topology $network --rate 0.65 |
    sed -n '/^\$/p;/offered load/p;/latency, mean/p;/  accepted/p;/bound of the/p;/deadlock/p'
done
