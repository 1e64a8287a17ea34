#!/bin/sh
# tests/fuzz/run with a made-up fuzzer: one reader is clean, one hangs, one leaks. Then that every reader has seeds of
# its own, if the real one is built. Argument: the folder of the sources.
source=$1
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
failures=0
# expect NAME GOT WANTED
expect() {
  [ "$2" = "$3" ] && return
  printf '%s:\n%s\nnot:\n%s\n' "$1" "$2" "$3"
  failures=$((failures + 1))
}

mkdir -p "$root/tests/fuzz/seeds/good" "$root/build/fuzz/tests/fuzz" "$root/designs/products" "$root/libraries"
cp "$source/tests/fuzz/run" "$root/tests/fuzz"
echo seed > "$root/tests/fuzz/seeds/good/one"
cat > "$root/build/fuzz/tests/fuzz/fuzz" << 'END'
#!/bin/sh
[ "$1" = --list ] && printf 'good\nleaky\nslow\n' && exit
for corpus in "$@"; do :; done
echo 'stat::number_of_executed_units: 42'
case $MARQUETRY_FUZZ in
  good) [ "$(cat "$corpus"/*)" = seed ] || exit 1 ;;
  leaky) echo '==1==ERROR: LeakSanitizer: detected memory leaks' && exit 77 ;;
  slow) echo '==1== ERROR: libFuzzer: timeout after 11 seconds' && exit 70 ;;
esac
END
chmod +x "$root/build/fuzz/tests/fuzz/fuzz"
unset MARQUETRY_SAMPLES
expect 'one is clean' "$("$root/tests/fuzz/run" 1 good; echo $?)" 'good	1 s	42 runs	clean
1 passed, 0 failed, 0 skipped
0'
expect 'all' "$("$root/tests/fuzz/run" -j 1 -l "$root/log" 1; echo $?)" 'good	1 s	42 runs	clean
leaky	1 s	42 runs	failed: ==1==ERROR: LeakSanitizer: detected memory leaks
slow	1 s	42 runs	failed: ==1== ERROR: libFuzzer: timeout after 11 seconds
1 passed, 2 failed, 0 skipped
1'
expect 'the log' "$(wc -l < "$root/log")" 3
expect 'what failed is kept' "$(ls "$root/build/fuzz/failures")" 'leaky.log
slow.log'

fuzz=$source/build/fuzz/tests/fuzz/fuzz
for reader in $([ ! -x "$fuzz" ] || "$fuzz" --list); do
  [ "$(ls -A "$source/tests/fuzz/seeds/$reader" 2> /dev/null)" ] || expect 'seeds' "$reader has none" ''
done
[ "$failures" -eq 0 ]
