# SPDX-License-Identifier: Apache-2.0
"""The interview guide: an archive writes its own, an interviewer takes it along."""
