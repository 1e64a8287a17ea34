#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

# Of what evaluate prints, the part about the years.
years() {
  step evaluate lifetime.toml "$@" | sed -n -e '/^\$/p' -e '/^over the years/,$p'
}
for node in tsmc-n7 smic-n2; do
  years --set node=$node --set dies=1 --set cores=80 --set phys=0
  echo
  years --set node=$node --set dies=4 --set cores=20 --set phys=4
  echo
done
