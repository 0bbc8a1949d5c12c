# SPDX-License-Identifier: Apache-2.0
"""The flow of taking a testimony: witness, consent, recording, people, review and seal."""
