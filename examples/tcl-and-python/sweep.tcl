# The cheapest server processor that keeps its limits, by node: every number of dies and cores is tried.
package require marquetry

marquetry read_design ../first-steps/server-cpu.toml
set values [dict create]
foreach variable [marquetry get_variables] {
  dict set values [dict get $variable name] [dict get $variable values]
}
foreach node [dict get $values node] {
  set best {}
  set broken {}
  foreach dies [dict get $values dies] {
    foreach cores [dict get $values cores] {
      set figures [marquetry evaluate -set node=$node -set dies=$dies -set cores=$cores]
      foreach violation [dict get $figures violations] { dict incr broken [dict get $violation constraint] }
      if {![dict get $figures feasible]} continue
      set gflops [expr {1000 * [dict get $figures performance gemm value]}]
      set price [expr {[dict get $figures cost unit_usd] / $gflops}]
      if {$best eq {} || $price < [lindex $best 0]} { set best [list $price $dies $cores $gflops] }
    }
  }
  if {$best eq {}} {
    puts [format "%-8s none keeps its limits: %s" $node [join [lsort [dict keys $broken]] ", "]]
    continue
  }
  lassign $best price dies cores gflops
  puts [format "%-8s %d dies of %d cores: %.0f GFLOP/s at %.2f USD each" $node $dies $cores $gflops $price]
}

# What is wrong has the same id everywhere.
if {[catch {marquetry evaluate -set node=n13} message options]} {
  puts "refused: [lindex [dict get $options -errorcode] 1]"
}
