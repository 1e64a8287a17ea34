# For each node and packaging: the cost of a good unit in 1, 2, 4 ... 64 parts, and where it is least.
read_design split.toml
set nodes {n28 n14 n10 tsmc-n7 tsmc-n5 tsmc-n3e}
set packagings {organic-mcm info-os rdl-interposer emib cowos-s}
set splits {1 2 4 8 16 32 64}

proc evaluated {node packaging parts} {
  set share [expr {$parts == 1 ? 1.0 : 1.1}]
  evaluate -set node=$node -set packaging=$packaging -set parts=$parts -set "area=[expr {800 * $share / $parts}] mm2"
}

# What is broken, in letters: r reticle, i interposer, p package, x anything else.
proc broken {evaluation} {
  set letters {}
  foreach violation [dict get $evaluation violations] {
    set rule [dict get $violation constraint]
    switch -glob $rule {
      rules.reticle.* { append letters r }
      rules.interposer { append letters i }
      rules.package { append letters p }
      default { append letters x }
    }
  }
  return $letters
}

# The base is the one die on an organic package: nobody puts a lone die on an interposer.
puts "800 mm2 of circuits, USD per good unit; * the least that can be made"
puts "breaks a limit: r reticle, p package, i interposer, x another"
set best {}
foreach node $nodes {
  puts ""
  puts [format "%-16s%9s%9s%9s%9s%9s%9s%9s" $node {*}$splits]
  set whole [dict get [evaluated $node organic-mcm 1] cost per_good_unit_usd]
  foreach packaging $packagings {
    set costs {}
    set marks {}
    set least {}
    foreach parts $splits {
      set e [evaluated $node $packaging $parts]
      lappend costs [dict get $e cost per_good_unit_usd]
      lappend marks [broken $e]
      if {[dict get $e feasible] && ($least eq "" || [lindex $costs end] < [lindex $costs $least])} {
        set least [expr {[llength $costs] - 1}]
      }
    }
    set row [format "  %-14s" $packaging]
    for {set i 0} {$i < [llength $splits]} {incr i} {
      set mark [expr {$i eq $least ? "*" : [lindex $marks $i]}]
      append row [format "%6.0f %-2s" [lindex $costs $i] $mark]
    }
    puts [string trimright $row]
    lappend best $node $packaging [lindex $splits $least] [lindex $costs $least] $whole
  }
}

puts ""
puts "best split that can be made: parts, and change against one die on an organic package"
puts [format "%-16s%16s%16s%16s%16s%16s" "" {*}$packagings]
foreach node $nodes {
  set row [format "%-16s" $node]
  foreach {n packaging parts cost whole} $best {
    if {$n eq $node} { append row [format "%8s %+5.0f %%" $parts [expr {100 * ($cost / $whole - 1)}]] }
  }
  puts $row
}

puts ""
puts "three parts at 5 nm, without NRE, against one die on an organic package"
set whole [dict get [evaluated tsmc-n5 organic-mcm 1] cost recurring_usd]
foreach packaging $packagings {
  set cost [dict get [evaluated tsmc-n5 $packaging 3] cost recurring_usd]
  puts [format "  %-14s %+6.1f %%" $packaging [expr {100 * ($cost / $whole - 1)}]]
}
