#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

step evaluate family.toml
echo
step evaluate one-package.toml
echo
step evaluate few.toml
echo
step evaluate few-one-package.toml
