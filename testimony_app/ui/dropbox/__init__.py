# SPDX-License-Identifier: Apache-2.0
"""Making a drop box: a folder that takes testimony with no passphrase, sealed to an archive from the first second."""
