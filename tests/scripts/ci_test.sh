#!/bin/sh
# .ci/run with made-up builds, tests and fuzzer: the sum counts every step, those too that end badly without a report.
# Argument: the folder of the sources.
source=$1
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
failures=0
mkdir -p "$root/.ci" "$root/cmake" "$root/build" "$root/tests/fuzz" "$root/bin"
cp "$source/.ci/run" "$root/.ci"
cp "$source/test" "$root"
cat > "$root/cmake/setup.sh" << 'END'
install_packages() { [ -z "$OFFLINE" ] || exit 2; }
build() { [ "$1" != "$BROKEN" ]; }
END
cat > "$root/bin/ctest" << 'END'
#!/bin/sh
while [ $# -gt 0 ]; do [ "$1" = --output-junit ] && report=$2; shift; done
echo "<testsuite name=\"x\" tests=\"10\" failures=\"${FAILED:-0}\" disabled=\"0\" skipped=\"2\">" > "$report"
exit "${FAILED:-0}"
END
cat > "$root/tests/fuzz/run" << 'END'
[ -z "$SILENT" ] && echo '25 passed, 2 failed, 0 skipped' && exit 1
exit 1
END
chmod +x "$root/bin/ctest"
sed -i '1i #!/bin/sh' "$root/tests/fuzz/run" && chmod +x "$root/tests/fuzz/run"
# expect SUM SETTING...
expect() {
  sum=$1
  shift
  got=$(env PATH="$root/bin:$PATH" "$@" sh "$root/.ci/run" 2>&1 | tail -n 1)
  [ "$got" = "$sum" ] && return
  echo "$*: $got, not $sum"
  failures=$((failures + 1))
}

expect '49 passed, 2 failed, 6 skipped' BROKEN=
expect '41 passed, 3 failed, 4 skipped' BROKEN=asan
expect '24 passed, 1 failed, 6 skipped' BROKEN=fuzz
expect '46 passed, 5 failed, 6 skipped' FAILED=1
expect '24 passed, 1 failed, 6 skipped' SILENT=1
expect '41 passed, 4 failed, 4 skipped' OFFLINE=1
[ "$failures" -eq 0 ]
