#!/bin/sh
# debian.sh BUILD: the Debian package names the libraries that it needs, and what lies in it runs.
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
unset MARQUETRY_LIBRARIES
fail() {
  echo "$*"
  exit 1
}

(cd "$root" && cpack -G DEB --config "$1/CPackConfig.cmake" -B "$root/made" -D CPACK_DEBIAN_COMPRESSION_TYPE=gzip) \
  > "$root/log" 2>&1 || fail "$(cat "$root/log")"
package=$(echo "$root"/made/marquetry_*.deb)
dpkg-deb -x "$package" "$root/scratch" || fail 'it cannot be unpacked'
needs=$(dpkg-deb -f "$package" Depends)
for library in libc6 libfmt9 libstdc++6 libtbb12 libtomlplusplus3; do
  case $needs in
    *"$library (>= "*) ;;
    *) fail "depends on $needs: where is $library?" ;;
  esac
done
cd "$root/scratch/usr" || fail 'nothing lies under /usr'
[ "$(ls lib*/libmarquetry.so.0 lib/*/libmarquetry.so.0 2> /dev/null)" ] || fail 'the library is missing'
[ -f include/marquetry/units/quantity.h ] || fail 'the headers are missing'
[ -f share/doc/marquetry/copyright ] || fail 'the licence is missing'
bin/marquetry check share/marquetry/designs/h200.toml > "$root/said" 2>&1 || fail "$(cat "$root/said")"
