// SPDX-FileCopyrightText: the Ingot authors
// SPDX-License-Identifier: MIT
//
// Generated C includes this for MXC_GCFR; mxc.h has it.
