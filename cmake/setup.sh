# What `run`, `test` and .ci/run share: Debian packages, and the build of a preset. Sourced with $root set to the source
# tree. Whatever it says goes to standard error.

# The packages of the given steps.
packages_of() {
  for step in "$@"; do awk -v step="$step" '$1 == step { print $2 }' "$root/packages.txt"; done
}

# Installs what the given steps need and the machine lacks.
install_packages() {
  if ! command -v dpkg-query > /dev/null || ! command -v apt-get > /dev/null; then
    echo 'This is no Debian machine: install what these Debian 12 packages hold, then build with CMake.' >&2
    packages_of "$@" >&2
    exit 2
  fi
  present=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $(packages_of "$@") 2> /dev/null |
    sed -n 's/^installed //p')
  missing=$(packages_of "$@" | grep -vxF -e "$present") || return 0
  echo "Installing" $missing >&2
  as_root=
  [ "$(id -u)" -eq 0 ] || as_root=sudo
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q update >&2 &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy --no-install-recommends install $missing >&2 && return 0
  echo "The packages could not be installed:" $missing >&2
  exit 2
}

# build PRESET [TARGET...]: configures and builds; nobody else builds in this tree meanwhile.
build() {
  preset=$1
  shift
  (
    mkdir -p "$root/build" && cd "$root" && exec 9> build/lock && flock 9 &&
      cmake --preset "$preset" >&2 && ninja -C "build/$preset" "$@" >&2
  )
}
