# marquetry_module(<name> [DEPENDS <module>...] [LINKS <package>...] [PUBLIC_LINKS <package>...] [SOURCES <file>...])
#
# One folder, one library. DEPENDS are other modules of ours (PUBLIC); LINKS are packages (PRIVATE, so that none leaks
# into a header); PUBLIC_LINKS are packages that a header of the module includes. Without SOURCES it is header-only.
add_library(marquetry_warnings INTERFACE)
target_compile_features(marquetry_warnings INTERFACE cxx_std_20)
target_compile_options(marquetry_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion -Wnon-virtual-dtor
  $<$<NOT:$<BOOL:${MARQUETRY_FUZZ}>>:-Werror>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)  # g++ 12 sees overlaps in std::string that are not there (its bug 105651)

# The sanitizers watch our modules; the tests are objects of the release, which halves the time of such a build. The
# checks that are left out would double it: null pointers are caught all the same, the others find nothing here.
if(MARQUETRY_SANITIZE)
  set(marquetry_sanitized -fsanitize=${MARQUETRY_SANITIZE} -fno-sanitize=null,alignment,object-size,vptr
    -fno-sanitize-recover=all -D_GLIBCXX_ASSERTIONS -O1 -g1 $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  string(REPLACE fuzzer-no-link fuzzer linked ${MARQUETRY_SANITIZE})
  target_link_options(marquetry_warnings INTERFACE -fsanitize=${linked})
endif()

# What reads files of others is built anew for libFuzzer; the models behind it come as the release has them, which saves
# most of the time.
set(marquetry_fuzzed base units config layout topology traffic library design footprint stack layout_file assembly
  exchange synthesis)

# A module as build/release has it, with the arguments of its marquetry_module.
macro(marquetry_released_module name)
  add_library(marquetry_${name} INTERFACE)
  target_include_directories(marquetry_${name} INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR}/solver)
  list(TRANSFORM arg_DEPENDS PREPEND marquetry_ OUTPUT_VARIABLE targets)
  file(RELATIVE_PATH below ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(marquetry_${name} INTERFACE
    ${PROJECT_SOURCE_DIR}/build/release/${below}/libmarquetry_${name}.a ${targets} ${arg_LINKS} ${arg_PUBLIC_LINKS})
endmacro()

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
    if(MARQUETRY_FUZZ AND NOT name IN_LIST marquetry_fuzzed)
      marquetry_released_module(${name})
      return()
    endif()
    add_library(marquetry_${name} STATIC ${arg_SOURCES})
    # The same objects make the program and the shared library; calls within it are bound when it is made.
    set_target_properties(marquetry_${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_compile_options(marquetry_${name} PRIVATE -fno-semantic-interposition)
    target_compile_options(marquetry_${name} PRIVATE ${marquetry_sanitized})
    if(MARQUETRY_FUZZ)
      if(name STREQUAL "exchange")  # the largest: most of its time is the standard library
        target_precompile_headers(marquetry_${name} PRIVATE
          <algorithm> <filesystem> <fmt/format.h> <map> <optional> <ranges> <set> <string> <vector>)
      endif()
    endif()
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
