#!/bin/sh
# The commands of README.md, one after the other, in a folder that is gone afterwards.
cd "$(dirname "$0")" || exit 1
. ../steps.sh

out=$(mktemp -d) || exit 1
trap 'rm -r "$out"' EXIT
case $marquetry in
  */*) marquetry=$(realpath "$marquetry") ;;
esac
cp two-dies.toml "$out"
cd "$out" || exit 1

step export 3dblox two-dies.toml --steps 2000 -o package.3dbx 2>&1
echo
step import 3dblox package.3dbx -o package.toml 2>&1
step evaluate package.toml
echo
step export gdsii package.toml -o package.gds 2>/dev/null
step export lefdef package.toml -o package.def 2>/dev/null
echo
echo "\$ # The last die lifted by 5 um"
awk '/^Stack:/ { stack = 1 } /^Connection:/ { stack = 0 }
     stack && /^    z:/ && ++seen == 4 { print "    z: " $2 + 5; next } { print }' package.3dbx > lifted.3dbx
"$marquetry" import 3dblox lifted.3dbx -o lifted.toml > import.log 2>&1 || { cat import.log; exit 1; }
echo "\$ marquetry check lifted.toml"
"$marquetry" check lifted.toml 2>&1
exit 0
