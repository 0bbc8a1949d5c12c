# SPDX-License-Identifier: Apache-2.0
"""Qt without widgets: microphone, loudspeaker, stick."""
