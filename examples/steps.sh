# Read by each run.sh, in its folder. $MARQUETRY is the program: a path, or a name on the PATH.
marquetry=${MARQUETRY:-../../build/release/marquetry}

# Shows a command, then runs it.
step() {
  echo "\$ marquetry $*"
  "$marquetry" "$@" || exit 1
}
