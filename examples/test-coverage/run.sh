#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

# The best coverages. Without the time that it took, and without the last part: that is what evaluate prints.
best() {
  step explore coverage.toml "$@" | sed -e 's/; [0-9.]* s, .* choices a second$//' -e '/ point in full$/,$d'
}
for node in tsmc-n7 smic-n2; do
  best --set node=$node
  best --set node=$node --library dear-returns
done

# What it costs to test less or more. Of what compare prints, quality and costs.
for node in tsmc-n7 smic-n2; do
  step compare "coverage.toml@node=$node,sort=0.97,final=0.98" "coverage.toml@node=$node,sort=0,final=0.98" \
    "coverage.toml@node=$node,sort=0.8,final=0.9" "coverage.toml@node=$node,sort=0.999,final=0.999" |
    grep -e '^\$' -e '^  [A-Z] ' -e '^$' -e '^   ' -e '^  yield.ship' -e '^  cost.rec' -e '^  cost.per_good'
  echo
done
