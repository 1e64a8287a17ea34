#!/bin/sh
# cpp_library.sh BUILD CXX: an installed tree that was moved serves a program of others.
build=$1
source=$(cd "$(dirname "$0")/../.." && pwd)
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
unset MARQUETRY_LIBRARIES
fail() {
  echo "$*"
  exit 1
}

cmake --install "$build" --prefix "$root/first" > /dev/null || fail 'it cannot be installed'
mv "$root/first" "$root/prefix"
cmake -S "$source/examples/cpp-library" -B "$root/example" -DCMAKE_PREFIX_PATH="$root/prefix" \
  -DCMAKE_CXX_COMPILER="$2" > "$root/log" && cmake --build "$root/example" >> "$root/log" ||
  fail "the example cannot be built: $(cat "$root/log")"
design=$root/prefix/share/marquetry/designs/h200.toml
said=$("$root/example/figures" "$design") || fail "the example fails: $said"
cost=$("$root/prefix/bin/marquetry" explain cost.unit_usd "$design" --json |
  sed 's/^{"name":"cost.unit_usd","value":\([0-9]*\)\..*/\1/')
case $said in
  "h200: $cost USD to make, "*" W") ;;
  *) fail "the program has a cost of $cost, the example says: $said" ;;
esac

# That the numbers are those of the moved prefix: an error in them is found there, by program and library.
echo 'x =' > "$root/prefix/share/marquetry/libraries/assumptions.toml"
for program in "$root/example/figures" "$root/prefix/bin/marquetry check"; do
  $program "$design" > "$root/said" 2>&1 && fail "$program does not read the library of its own prefix"
  grep -q "$root/prefix/share/marquetry/libraries/assumptions.toml:1" "$root/said" || fail "$program: $(cat "$root/said")"
done
