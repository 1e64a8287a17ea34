# What `cmake --install` and `cpack` lay down: program, library, headers, package configuration, data, pages.
include(CMakePackageConfigHelpers)

install(TARGETS marquetry)
install(TARGETS libmarquetry EXPORT marquetry)
foreach(root src solver)
  install(DIRECTORY ${root}/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/marquetry
    FILES_MATCHING PATTERN "*.h" PATTERN "app" EXCLUDE PATTERN "tcl" EXCLUDE PATTERN "python" EXCLUDE)
endforeach()

set(config_folder ${CMAKE_INSTALL_LIBDIR}/cmake/marquetry)
install(EXPORT marquetry NAMESPACE marquetry:: DESTINATION ${config_folder} FILE marquetryTargets.cmake)
configure_package_config_file(cmake/marquetryConfig.cmake.in ${PROJECT_BINARY_DIR}/marquetryConfig.cmake
  INSTALL_DESTINATION ${config_folder} NO_SET_AND_CHECK_MACRO NO_CHECK_REQUIRED_COMPONENTS_MACRO)
# Before 1.0 each minor version may change what a header says: docs/cpp-library.md.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/marquetryConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/marquetryConfig.cmake ${PROJECT_BINARY_DIR}/marquetryConfigVersion.cmake
  DESTINATION ${config_folder})

install(DIRECTORY libraries designs DESTINATION ${CMAKE_INSTALL_DATADIR}/marquetry)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_PACKAGE_NAME marquetry)
set(CPACK_PACKAGE_VENDOR "The Marquetry maintainers")
set(CPACK_PACKAGE_CONTACT "The Marquetry maintainers <maintainers@marquetry.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION electronics)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)  # the libraries that ours are linked to, with their least versions
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "nlohmann-json3-dev, g++, cmake")  # for programs against the library
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
