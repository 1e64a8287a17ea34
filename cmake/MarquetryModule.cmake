# marquetry_module(<name> [DEPENDS <module>...] [LINKS <package>...] [PUBLIC_LINKS <package>...] [SOURCES <file>...])
#
# One folder, one library. DEPENDS are other modules of ours (PUBLIC); LINKS are packages (PRIVATE, so that none leaks
# into a header); PUBLIC_LINKS are packages that a header of the module includes. Without SOURCES it is header-only.
add_library(marquetry_warnings INTERFACE)
target_compile_features(marquetry_warnings INTERFACE cxx_std_20)
target_compile_options(marquetry_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion -Wnon-virtual-dtor -Werror
  -Wno-restrict)  # g++ 12 sees overlaps in std::string that are not there (its bug 105651)

function(marquetry_module name)
  cmake_parse_arguments(arg "" "" "DEPENDS;LINKS;PUBLIC_LINKS;SOURCES" ${ARGN})
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "module ${name}: what is '${arg_UNPARSED_ARGUMENTS}'?")
  endif()
  foreach(module ${arg_DEPENDS})
    if(NOT TARGET marquetry_${module})
      message(FATAL_ERROR "module ${name} names ${module}, which is declared later or not at all")
    endif()
  endforeach()
  if(arg_SOURCES)
    add_library(marquetry_${name} STATIC ${arg_SOURCES})
    # The same objects make the program and the shared library; calls within it are bound when it is made.
    set_target_properties(marquetry_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_compile_options(marquetry_${name} PRIVATE -fno-semantic-interposition)
    set(scope PUBLIC)
    target_link_libraries(marquetry_${name} PRIVATE marquetry_warnings ${arg_LINKS})
  else()
    add_library(marquetry_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_compile_features(marquetry_${name} ${scope} cxx_std_20)
  target_include_directories(marquetry_${name} ${scope} ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/solver)
  list(TRANSFORM arg_DEPENDS PREPEND marquetry_ OUTPUT_VARIABLE targets)
  target_link_libraries(marquetry_${name} ${scope} ${targets} ${arg_PUBLIC_LINKS})
  string(JOIN " " depends ${arg_DEPENDS})
  set_property(GLOBAL APPEND PROPERTY MARQUETRY_GRAPH "${name}: ${depends}")
  if(arg_SOURCES)
    set_property(GLOBAL APPEND PROPERTY MARQUETRY_MODULES ${name})
  endif()
  set_property(GLOBAL APPEND PROPERTY MARQUETRY_LINKED ${arg_LINKS})
endfunction()

# The graph as text, a line a module, for the architecture test.
function(marquetry_write_module_graph path)
  get_property(graph GLOBAL PROPERTY MARQUETRY_GRAPH)
  list(JOIN graph "\n" text)
  file(WRITE ${path} "${text}\n")
endfunction()
