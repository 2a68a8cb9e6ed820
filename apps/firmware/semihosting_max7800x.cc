// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Semihosting on MAX78000 and MAX78002, which is that of every Cortex-M.

#include "semihosting_cortex_m.cc"
