#!/bin/sh
# The commands of README.md, one after the other.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

# Without the time that it took, the front, and what evaluate prints.
answer() {
  step explore "$@" | sed -e 's/; [0-9.]* s, .* choices a second$//' -e '/^front (/,$d'
}

answer decode-machine.toml
echo
answer decode-machine.toml --profile no-euv --profile hbm2e-only
