# The packages that our modules link. Each stands in packages.txt; all of their headers are SYSTEM includes.
find_package(Boost 1.74 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(Eigen3 3.4 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(pugixml 1.12 REQUIRED)
find_package(TBB REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)

# Under GPL-2 and GPL-3: a binary with them is under GPL-3 as a whole. Without them Eigen's few parts under the LGPL are
# refused too.
if(MARQUETRY_GPL)
  find_library(FFTW_LIBRARY fftw3 REQUIRED)
  find_path(FFTW_INCLUDE_DIR fftw3.h REQUIRED)
  add_library(fftw3 INTERFACE IMPORTED)
  set_target_properties(fftw3 PROPERTIES
    INTERFACE_LINK_LIBRARIES ${FFTW_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${FFTW_INCLUDE_DIR})
  find_library(GLPK_LIBRARY glpk REQUIRED)
  find_path(GLPK_INCLUDE_DIR glpk.h REQUIRED)
  add_library(glpk INTERFACE IMPORTED)
  set_target_properties(glpk PROPERTIES
    INTERFACE_LINK_LIBRARIES ${GLPK_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${GLPK_INCLUDE_DIR})
else()
  target_compile_definitions(Eigen3::Eigen INTERFACE EIGEN_MPL2_ONLY)
endif()

# Without these the shell is missing, and the command `shell` says so.
if(MARQUETRY_SHELL)
  find_package(PkgConfig)
  if(PkgConfig_FOUND)
    pkg_check_modules(tcl IMPORTED_TARGET tcl>=8.6)
    pkg_check_modules(libedit IMPORTED_TARGET libedit)
    find_library(TCL_STUB_LIBRARY tclstub8.6)
  endif()
  if(NOT tcl_FOUND OR NOT libedit_FOUND)
    message(WARNING "Tcl 8.6 or libedit is missing: marquetry is built without its shell (-DMARQUETRY_SHELL=OFF)")
    set(MARQUETRY_SHELL OFF)
  endif()
endif()

# Without it there is no Python module. Debian's Python is the one whose headers Debian has.
if(MARQUETRY_PYTHON)
  if(NOT PYTHON_EXECUTABLE AND EXISTS /usr/bin/python3)
    set(PYTHON_EXECUTABLE /usr/bin/python3)
  endif()
  find_package(pybind11 2.10 QUIET)
  if(NOT pybind11_FOUND)
    message(STATUS "pybind11 is missing: marquetry is built without its Python module (-DMARQUETRY_PYTHON=OFF)")
    set(MARQUETRY_PYTHON OFF)
  endif()
endif()
