#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

for routing in dimension-order shortest; do
  step route --topology mesh --size 4x4 --routing $routing |
    sed -n '/^\$/p;/best of all/p;/most that/p;/on the table/p;/^deadlock/p;/^fullest/,$p'
done
for routing in dimension-order shortest; do
  step simulate --topology mesh --size 4x4 --routing $routing --saturation | sed -n '/^\$/p;/saturates/p'
done
