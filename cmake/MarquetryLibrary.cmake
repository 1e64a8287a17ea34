# The C++ library: every module so far, in one shared library for programs of others. Our program has the modules in
# itself, for a quick start.
get_property(modules GLOBAL PROPERTY MARQUETRY_MODULES)
get_property(packages GLOBAL PROPERTY MARQUETRY_LINKED)
list(REMOVE_DUPLICATES packages)
list(TRANSFORM modules REPLACE "(.+)" "$<TARGET_OBJECTS:marquetry_\\1>" OUTPUT_VARIABLE objects)

add_library(libmarquetry SHARED ${objects})
set_target_properties(libmarquetry PROPERTIES
  OUTPUT_NAME marquetry EXPORT_NAME marquetry LINKER_LANGUAGE CXX
  VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR} LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
target_link_libraries(libmarquetry PRIVATE ${packages} INTERFACE nlohmann_json::nlohmann_json)  # headers name its types
if(NOT MARQUETRY_SANITIZE)  # whose library is the program's
  target_link_options(libmarquetry PRIVATE -Wl,--no-undefined)
endif()
target_compile_features(libmarquetry INTERFACE cxx_std_20)
target_include_directories(libmarquetry INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/marquetry>)
