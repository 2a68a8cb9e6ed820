# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
#
# How every target is compiled, and the operator table as CMake lists.

set(CMAKE_C_STANDARD 11)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo)
endif()

option(INGOT_WERROR "Treat warnings as errors" ${PROJECT_IS_TOP_LEVEL})
option(INGOT_TESTS "Build the tests and the benchmarks" ${PROJECT_IS_TOP_LEVEL})
option(INGOT_SANITIZE "Build with the address and undefined-behaviour sanitizers" OFF)
option(INGOT_FUZZ "Build for fuzzing and coverage, which takes clang; see tools/fuzz" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(ingot_warnings INTERFACE)
target_compile_options(ingot_warnings INTERFACE -Wall -Wextra -pedantic
  $<$<BOOL:${INGOT_WERROR}>:-Werror>)
if(INGOT_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(INGOT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow
                      -fno-sanitize-recover=all -fprofile-instr-generate -fcoverage-mapping)
  add_link_options(-fsanitize=address,undefined -fprofile-instr-generate)
endif()

# Sets INGOT_OPS to the names of ops.def, in its order.
set(ops_def ${CMAKE_CURRENT_LIST_DIR}/../kernels/include/ingot/ops.def)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ops_def})
file(STRINGS ${ops_def} rows REGEX "^INGOT_OP\\(")
list(TRANSFORM rows REPLACE "^INGOT_OP\\(([a-z0-9_]+),.*" "\\1" OUTPUT_VARIABLE INGOT_OPS)

# What code needs that has no C library, no C++ library and no heap under it.
set(INGOT_FREESTANDING_OPTIONS -Wconversion -ffreestanding -fno-exceptions -fno-rtti
  -fno-threadsafe-statics -ffunction-sections -fdata-sections -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  list(APPEND INGOT_FREESTANDING_OPTIONS -fno-tree-loop-distribute-patterns)
endif()

function(ingot_add_freestanding name)
  add_library(${name} STATIC ${ARGN})
  target_link_libraries(${name} PRIVATE ingot_warnings)
  target_compile_options(${name} PRIVATE ${INGOT_FREESTANDING_OPTIONS})
endfunction()
