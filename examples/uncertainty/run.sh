#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

step uncertainty organic.toml interposer.toml --figure cost.per_good_unit_usd --samples 4096 --seed 1
echo
step uncertainty whole.toml interposer.toml --figure cost.recurring_usd --samples 4096 --seed 1
echo
step sensitivity organic.toml --figure cost.per_good_unit_usd --top 5
echo
step sensitivity interposer.toml --figure cost.per_good_unit_usd --top 5
