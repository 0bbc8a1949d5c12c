# SPDX-License-Identifier: Apache-2.0
"""The one store: SQL, files and keys live here and nowhere else."""
