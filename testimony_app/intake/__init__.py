# SPDX-License-Identifier: Apache-2.0
"""Taking a testimony: the steps, the consent, the recorder, the statement, the seal."""
