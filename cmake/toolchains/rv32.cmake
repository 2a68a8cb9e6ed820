# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
#
# RISC-V RV32IMAC with control and status registers.

set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR rv32imac)
set(CMAKE_C_COMPILER riscv64-unknown-elf-gcc)
set(CMAKE_CXX_COMPILER riscv64-unknown-elf-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_C_FLAGS_INIT "-march=rv32imac_zicsr -mabi=ilp32")
set(CMAKE_CXX_FLAGS_INIT "-march=rv32imac_zicsr -mabi=ilp32")
