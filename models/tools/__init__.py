# SPDX-FileCopyrightText: the Ingot authors
# SPDX-License-Identifier: MIT
"""What the training scripts share: data drawn, networks described, trained, quantised, written."""
