# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
#
# What other projects find: find_package(Ingot) for CMake, ingot.pc for pkg-config.

include(CMakePackageConfigHelpers)

configure_file(${PROJECT_SOURCE_DIR}/cmake/IngotConfig.cmake.in
               ${CMAKE_BINARY_DIR}/package/IngotConfig.cmake @ONLY)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/package/IngotConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_BINARY_DIR}/package/IngotConfig.cmake
              ${CMAKE_BINARY_DIR}/package/IngotConfigVersion.cmake
        DESTINATION lib/cmake/Ingot)

configure_file(${PROJECT_SOURCE_DIR}/cmake/ingot.pc.in ${CMAKE_BINARY_DIR}/package/ingot.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/package/ingot.pc DESTINATION lib/pkgconfig)
