#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

design=../../designs/epyc-rome.toml
step route $design | sed '/where it will saturate/d'
step simulate $design --saturation | sed -n '/^\$/p;/saturates/p'
step simulate $design --saturation --vcs 8 | sed -n '/^\$/p;/saturates/p'
for network in "star --size 8" "ring --size 8" "mesh --size 2x4" "all --size 8"; do
  # shellcheck disable=SC2086
  step route --topology $network |
    sed -n '/^\$/p;/most that/p;/  cycles  .*[0-9]$/p;/links of a router/p;/bisection/p;/falls apart/p;/without any/p'
done
