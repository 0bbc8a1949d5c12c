# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a receipt, and with removing what it should prove; as errors.py has it for bundles.

code                                outcome         raised when
exchange.not-a-receipt              refused         the file isn't a receipt
exchange.receipt-too-new            refused         the receipt was made by a newer version
exchange.receipt-not-for-us         not-for-us      the receipt was made for another sender
exchange.receipt-unknown-archive    unknown-signer  the receipt is signed by no archive we trust
exchange.receipt-signature-invalid  refused         a signature of the receipt doesn't fit
exchange.receipt-unknown-bundle     refused         the receipt speaks of a bundle that we never made
exchange.receipt-repeated           refused         the receipt was seen before, or doesn't follow the last one
exchange.removal-refused            refused         a receipt doesn't meet every condition yet
"""

from __future__ import annotations

from typing import ClassVar

from testimony_app.errors import Refusal
from testimony_app.model.bundle import Outcome


class ReceiptRefused(Refusal):
    """A file offered as a receipt isn't taken; the root of all such refusals."""

    code = "exchange.receipt-refused"
    outcome: ClassVar[Outcome] = Outcome.REFUSED


class NotAReceipt(ReceiptRefused):
    """The file isn't a receipt; fact `why`."""

    code = "exchange.not-a-receipt"


class ReceiptTooNew(ReceiptRefused):
    """The receipt was made by a newer version."""

    code = "exchange.receipt-too-new"


class ReceiptNotForUs(ReceiptRefused):
    """The receipt was made for another sender."""

    code = "exchange.receipt-not-for-us"
    outcome = Outcome.NOT_FOR_US


class ReceiptUnknownArchive(ReceiptRefused):
    """The receipt is signed by no archive that we trust."""

    code = "exchange.receipt-unknown-archive"
    outcome = Outcome.UNKNOWN_SIGNER


class ReceiptSignatureInvalid(ReceiptRefused):
    """A signature of the receipt doesn't fit."""

    code = "exchange.receipt-signature-invalid"


class ReceiptUnknownBundle(ReceiptRefused):
    """The receipt speaks of a bundle that we never made."""

    code = "exchange.receipt-unknown-bundle"


class ReceiptRepeated(ReceiptRefused):
    """The receipt was seen before, or doesn't follow the last one of this archive."""

    code = "exchange.receipt-repeated"


class RemovalRefused(Refusal):
    """A condition for removing isn't met; the facts `why` and `conditions` name the first and count them all."""

    code = "exchange.removal-refused"
