# SPDX-License-Identifier: Apache-2.0
"""A passphrase for when somebody is made to give one: what it can't do first, then setting and removing it."""
