#!/bin/sh
# cmake/setup.sh against made-up machines: one that is no Debian, one that lacks a package, one that lacks none, one
# without a network. Argument: the folder of the sources.
root=$(mktemp -d) || exit 1
trap 'rm -rf "$root"' EXIT
printf '# a comment\nbuild  cmake\nbuild  g++\ntest   catch2\n' > "$root/packages.txt"
mkdir "$root/bin" "$root/bare"
for tool in sh awk sed grep env; do ln -s "$(command -v $tool)" "$root/bare/$tool"; done
cp -P "$root"/bare/* "$root/bin"
# fake NAME LINE...: a program on the made-up machine.
fake() {
  name=$1
  shift
  printf '#!/bin/sh\n%s\n' "$*" > "$root/bin/$name"
  chmod +x "$root/bin/$name"
}
fake id 'echo 1000'
fake sudo 'echo "sudo $*"; exec "$@"'
failures=0
# expect NAME PATH STEPS STATUS OUTPUT
expect() {
  got=$(PATH=$2 root=$root setup=$source/cmake/setup.sh sh -c ". \"\$setup\"; install_packages $3" 2>&1)
  status=$?
  [ "$status" -eq "$4" ] && [ "$got" = "$5" ] && return
  printf '%s: status %s\n%s\n' "$1" "$status" "$got"
  failures=$((failures + 1))
}
source=$1

expect 'no Debian' "$root/bare" build 2 \
  'This is no Debian machine: install what these Debian 12 packages hold, then build with CMake.
cmake
g++'
fake dpkg-query 'echo "installed cmake"; echo "not-installed g++"; exit 1'
fake apt-get 'echo "apt-get $*"'
expect 'one package is missing' "$root/bin" 'build' 0 \
  'Installing g++
sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update
apt-get -q update
sudo env DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends install g++
apt-get -qy --no-install-recommends install g++'
fake id 'echo 0'
fake apt-get 'exit 100'
expect 'no network' "$root/bin" 'build' 2 'Installing g++
The packages could not be installed: g++'
fake dpkg-query 'echo "installed cmake"; echo "installed g++"; echo "installed catch2"'
expect 'nothing is missing' "$root/bin" 'build test' 0 ''
[ "$failures" -eq 0 ]
