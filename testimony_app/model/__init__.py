# SPDX-License-Identifier: Apache-2.0
"""The nouns of testimony: plain frozen values that every room may hold."""
