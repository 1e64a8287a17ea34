#!/bin/sh
# example.sh PROGRAM NAME: the example in examples/NAME must print what it says that it prints.
folder=$(cd "$(dirname "$0")/../../examples/$2" && pwd) || exit 1
printed=$(mktemp) || exit 1
trap 'rm -f "$printed"' EXIT

MARQUETRY=$1 "$folder/run.sh" > "$printed" || { echo "run.sh fails"; exit 1; }
for part in README.md expected.txt; do
  [ -s "$folder/$part" ] || { echo "examples/$2 has no $part"; exit 1; }
done
diff -u "$folder/expected.txt" "$printed" && exit 0
echo "Where this is as it should be: examples/$2/run.sh > examples/$2/expected.txt"
exit 1
