# SPDX-License-Identifier: Apache-2.0
"""How a finding about a bundle is printed and written as JSON."""

from __future__ import annotations

from testimony_app.cli.terminal import Terminal
from testimony_app.exchange.report import Finding
from testimony_app.i18n import messages


def say(finding: Finding, terminal: Terminal) -> None:
    """Print one line for a finding; a refusal's line goes to standard error."""
    line = f"{finding.file}  {messages.outcome(finding.outcome)}  {finding.code or '-'}  {finding.signer or '-'}"
    terminal.say(line)
    for warning in finding.warnings:
        terminal.warn(f"govah: {finding.file}: " + messages.finding_warning(warning))
    if finding.reason:
        terminal.warn(f"govah: {finding.file}: " + messages.one_line(messages.in_words(finding.reason, finding.facts)))


def document(finding: Finding) -> dict[str, object]:
    """Return a finding in the JSON shape of `verify` and `import`."""
    return {
        "file": str(finding.file),
        "outcome": finding.outcome.value,
        "code": finding.code,
        "signer": finding.signer,
        "signer_fingerprint": finding.signer_fingerprint,
        "reason": finding.reason,
        "warnings": list(finding.warnings),
    }
