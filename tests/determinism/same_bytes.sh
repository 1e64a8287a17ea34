#!/bin/sh
# same_bytes.sh PROGRAM ARGUMENT...: the JSON of two runs, and of runs on one and two threads, must be the same bytes,
# but for what stands under the key `run`, a flat object.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT

number=0
for threads in 0 0 1 2; do
  number=$((number + 1))
  "$@" --json --threads "$threads" > "$folder/raw" || exit 1
  [ -s "$folder/raw" ] || { echo "run $number prints nothing"; exit 1; }
  tr '\n' ' ' < "$folder/raw" | sed 's/"run": *{[^{}]*}//g' > "$folder/$number"
  cmp "$folder/1" "$folder/$number" || { echo "the result differs between run 1 and run $number"; exit 1; }
done
