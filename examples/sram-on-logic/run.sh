#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

plain=cooling=cold-plate,stacked=0,slices=64,stacks=1
hbm=cooling=cold-plate,stacked=0,slices=64,stacks=2
small=cooling=cold-plate,stacked=2,slices=128,stacks=1
large=cooling=cold-plate-fast,stacked=2,slices=512,stacks=1

# What a sweep gives, from 64 MB to 2 GB of points: as it is, with twice the HBM, with SRAM on it.
for points in 8e6 16e6 32e6 64e6 68e6 128e6 250e6 256e6; do
  step compare "design.toml@$plain" "design.toml@$hbm" "design.toml@$small" "design.toml@$large" --set points=$points |
    grep -e '^\$' -e '^  performance.stencil.value'
done

# What it costs, and what else it does: language models, and a product of matrices.
echo
step compare "design.toml@$plain" "design.toml@$hbm" "design.toml@$small" "design.toml@$large" --set points=32e6 |
  grep -e '^\$' -e '^  [A-Z]  ' -e '^  area.[si]' -e '^  yield.as' -e '^  cost.[urn]' -e '^  power' -e '^  thermal' \
    -e '^  memory' -e '^  performance.[^.]*.value' -e '^  performance.[^.]*.per_1000'

# From how many units on, against the HBM.
echo
step compare "design.toml@$hbm" "design.toml@$small" --set points=32e6 | grep -e '^\$' -e '^  [A-Z]  ' -e '^  up to'

# How sure is that?
sets() {
  echo "$2" | sed -e "s/^/$1 /" -e "s/,/ $1 /g"
}
echo
# shellcheck disable=SC2046
step uncertainty design.toml $(sets --set "$small") --set points=32e6 $(sets --other-set "$hbm") --other-set points=32e6 \
  --figure cost.unit_usd --figure cost.recurring_usd --figure performance.stencil.value --samples 4096 |
  sed -n -e '/^\$/p' -e '/^chance/,/^$/{/./p}'

# All choices, at three sizes: which of them nothing beats.
for points in 32e6 64e6 256e6; do
  echo
  step explore design.toml --set points=$points | sed -n -e '/^\$/p' -e '/^front (/,/^  the same in all/p'
done

# The largest cache under the plain cold plate; and under the better one, with placement and a grid of temperatures.
echo
large() {
  step evaluate design.toml --set stacked=2 --set slices=512 --set stacks=1 --set points=32e6 "$@"
}
large --set cooling=cold-plate | grep -e '^\$' -e 'feasible' -e '^  rules' -e '^    hint'
large --set cooling=cold-plate-fast --fidelity physical | grep -e '^\$' -e 'feasible' -e '^  rules' -e '^  hottest'
# Its dies, what holds each workload up, and how far the figures may be off.
large --set cooling=cold-plate-fast |
  grep -e '^\$' -e 'feasible' -e '^  die  ' -e '^  c[ao].* tsmc' -e 'bound by' -e '^  unit cost' -e '^  hottest' \
    -e '^  assembly y' -e '^  dies c'
