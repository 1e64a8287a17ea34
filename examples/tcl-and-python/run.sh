#!/bin/sh
cd "$(dirname "$0")" || exit 1
. ../steps.sh

# In the build tree package and module lie beside the program; once installed they are found by themselves.
folder=$(dirname "$(command -v "$marquetry")")
echo '$ tclsh sweep.tcl'
TCLLIBPATH=$folder/tcl tclsh sweep.tcl || exit 1
echo '$ python3 sweep.py'
PYTHONPATH=$folder/python ${PYTHON:-/usr/bin/python3} sweep.py || exit 1
