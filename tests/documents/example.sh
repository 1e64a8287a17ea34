#!/bin/sh
# example.sh PROGRAM: the example must print what it says that it prints.
folder=$(cd "$(dirname "$0")/../../examples/first-steps" && pwd) || exit 1
printed=$(mktemp) || exit 1
trap 'rm -f "$printed"' EXIT

MARQUETRY=$1 "$folder/run.sh" > "$printed" || { echo "run.sh fails"; exit 1; }
diff -u "$folder/expected.txt" "$printed" && exit 0
echo "Where this is as it should be: examples/first-steps/run.sh > examples/first-steps/expected.txt"
exit 1
