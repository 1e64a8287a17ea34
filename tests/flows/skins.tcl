# What the Tcl package answers to the calls on standard input, a line each: JSON, or the id of the error.
package require marquetry
while {[gets stdin line] >= 0} {
  if {[catch {marquetry {*}$line -json} answer options]} {
    set answer [lindex [dict get $options -errorcode] 1]
  }
  puts [string map [list \n {}] $answer]
}
