# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a bundle, a card or a stick; what can be with a receipt is in receipt_errors.py.

Each class has a stable code that never changes meaning and the outcome word that `verify` and `import` show
for it. Facts are numbers, days and words from closed lists; never a name, a title or a path.

    code                                outcome         raised when
    exchange.not-a-bundle               refused         the file isn't an age file at all
    exchange.bundle-cut-short           damaged         the file ends too early; facts say at which byte of how many
    exchange.bundle-altered             damaged         bytes aren't those that were sealed
    exchange.beyond-limits              refused         something is longer or more than a bundle may hold
    exchange.passphrase-bundle          refused         it is locked with a passphrase, which bundles never are
    exchange.not-for-us                 not-for-us      our key doesn't open it, or we aren't among those it names
    exchange.not-strict-tar             refused         the inner tar isn't byte for byte what our writer makes
    exchange.bag-broken                 refused         the bag's lists don't fit each other
    exchange.bundle-json-refused        refused         a JSON page isn't canonical or has a wrong shape
    exchange.bundle-too-new             refused         made by a newer version, or needs something we don't know
    exchange.signature-missing          refused         one of the two signatures isn't there
    exchange.signature-invalid          refused         a signature doesn't fit
    exchange.unknown-signer             unknown-signer  signed by keys that nobody here has compared
    exchange.signer-revoked             refused         the signer's card was revoked here
    exchange.signer-card-expired        refused         the signer's card wasn't valid on the bundle's day
    exchange.payload-differs            damaged         a payload isn't what its signed list says
    exchange.already-here               duplicate       this very bundle was imported before
    exchange.bundle-id-reused           refused         another bundle of the same identifier is already here
    exchange.reader-stopped             refused         the limited reading process was ended or died
    exchange.file-unreadable            refused         the file can't be read from its medium
    exchange.no-room                    refused         too little disk to take it in
    exchange.not-a-card                 refused         the file isn't a card
    exchange.card-signature-invalid     refused         the card isn't signed by its own keys
    exchange.card-expired               refused         the card isn't valid today
    exchange.card-too-new               refused         the card was made by a newer version
    exchange.card-is-our-own            refused         the card is this vault's own
    exchange.card-revoked               refused         the card was revoked here before
    exchange.card-unknown               refused         no card, or more than one, is meant by what was named
    exchange.safety-number-differs      refused         the number compared isn't the card's
    exchange.no-recipient               refused         there is nobody to seal to
    exchange.too-many-recipients        refused         more than sixteen recipients
    exchange.recipient-not-pq           refused         a recipient's key wouldn't outlast a quantum computer
    exchange.item-changed               refused         a draft's bytes aren't those that were listed
    exchange.recording-not-settled      refused         a recording hasn't been turned into its lasting form yet
    exchange.testimony-too-large        refused         a note or description is longer than a bundle may say
    exchange.item-too-large             refused         one item is larger than a bundle may be
    exchange.read-back-differs          refused         what was read back isn't what was written
    exchange.stick-full                 refused         the folder or stick has too little room
    exchange.stick-gone                 refused         the folder or stick went away
    exchange.stick-read-only            refused         the folder or stick can't be written
    exchange.nothing-sealed             refused         the testimony isn't sealed, so there is nothing to carry
    exchange.sealed-file-missing        refused         a sealed file that should be carried isn't in the vault's folder
    exchange.cancelled                  refused         somebody stopped it; nothing is half done

Every one ends a command with exit status 1 (3 when other files of the same command went well).
"""

from __future__ import annotations

from typing import ClassVar

from testimony_app.errors import Damage, Refusal
from testimony_app.model.bundle import Outcome


class BundleRefused(Refusal):
    """A file offered as a bundle isn't taken; the root of all such refusals."""

    code = "exchange.refused"
    outcome: ClassVar[Outcome] = Outcome.REFUSED


class BundleDamaged(Damage):
    """A bundle isn't what it was when it was sealed; the root of all such damage."""

    code = "exchange.damaged"
    outcome: ClassVar[Outcome] = Outcome.DAMAGED


class NotABundle(BundleRefused):
    """The file isn't an age file at all."""

    code = "exchange.not-a-bundle"


class BundleCutShort(BundleDamaged):
    """The file ends too early; facts `at_byte` and, when it is known, `of_bytes`."""

    code = "exchange.bundle-cut-short"


class BundleAltered(BundleDamaged):
    """Bytes of the file aren't those that were sealed."""

    code = "exchange.bundle-altered"


class BeyondLimits(BundleRefused):
    """Something is longer or more than a bundle may hold; fact `what`."""

    code = "exchange.beyond-limits"


class PassphraseBundle(BundleRefused):
    """The file is locked with a passphrase, which bundles never are."""

    code = "exchange.passphrase-bundle"


class NotForUs(BundleRefused):
    """Our key doesn't open it, or the signed list of recipients doesn't name us."""

    code = "exchange.not-for-us"
    outcome = Outcome.NOT_FOR_US


class NotStrictTar(BundleRefused):
    """The inner tar isn't byte for byte what our writer makes; facts `why` and `member`."""

    code = "exchange.not-strict-tar"


class BagBroken(BundleRefused):
    """The bag's lists don't fit each other; fact `why`."""

    code = "exchange.bag-broken"


class BundleJsonRefused(BundleRefused):
    """A JSON file of the bundle isn't canonical or breaks its schema; facts `file` and `why`."""

    code = "exchange.bundle-json-refused"


class BundleTooNew(BundleRefused):
    """Made by a newer version, or it needs something that we don't know."""

    code = "exchange.bundle-too-new"


class SignatureMissing(BundleRefused):
    """One of the two signatures isn't there; a missing one is a downgrade, not a warning."""

    code = "exchange.signature-missing"


class SignatureInvalid(BundleRefused):
    """A signature doesn't fit what it should have signed."""

    code = "exchange.signature-invalid"


class UnknownSigner(BundleRefused):
    """Signed by keys that nobody here has compared; the file is held apart."""

    code = "exchange.unknown-signer"
    outcome = Outcome.UNKNOWN_SIGNER


class SignerRevoked(BundleRefused):
    """The signer's card was revoked here."""

    code = "exchange.signer-revoked"


class SignerCardExpired(BundleRefused):
    """The signer's card wasn't valid on the day the bundle says it was made."""

    code = "exchange.signer-card-expired"


class PayloadDiffers(BundleDamaged):
    """A payload isn't what its signed list says; fact `item` counts from 1."""

    code = "exchange.payload-differs"


class AlreadyHere(BundleRefused):
    """This very bundle was imported before; nothing is wrong with it."""

    code = "exchange.already-here"
    outcome = Outcome.DUPLICATE


class BundleIdReused(BundleRefused):
    """Another bundle of the same identifier is already here."""

    code = "exchange.bundle-id-reused"


class ReaderStopped(BundleRefused):
    """The limited reading process was ended or died; fact `why`."""

    code = "exchange.reader-stopped"


class FileUnreadable(BundleRefused):
    """The file can't be read from its medium; fact `errno`."""

    code = "exchange.file-unreadable"


class NoRoom(BundleRefused):
    """There is too little disk to take it in; facts `needed` and `free` in bytes."""

    code = "exchange.no-room"


class NotACard(Refusal):
    """The file isn't a card; fact `why`."""

    code = "exchange.not-a-card"


class CardSignatureInvalid(Refusal):
    """The card isn't signed by its own keys, or its replacement not by the old ones."""

    code = "exchange.card-signature-invalid"


class CardExpired(Refusal):
    """The card isn't valid today; facts `valid_from` and `valid_until`."""

    code = "exchange.card-expired"


class CardTooNew(Refusal):
    """The card was made by a newer version."""

    code = "exchange.card-too-new"


class CardIsOurOwn(Refusal):
    """The card is this vault's own."""

    code = "exchange.card-is-our-own"


class CardRevoked(Refusal):
    """The card was revoked here before; a revoked key doesn't come back."""

    code = "exchange.card-revoked"


class CardUnknown(Refusal):
    """No trusted card, or more than one, is meant by what was named."""

    code = "exchange.card-unknown"


class SafetyNumberDiffers(Refusal):
    """The number compared isn't the card's."""

    code = "exchange.safety-number-differs"


class NoRecipient(Refusal):
    """There is nobody to seal to."""

    code = "exchange.no-recipient"


class TooManyRecipients(Refusal):
    """More than sixteen recipients."""

    code = "exchange.too-many-recipients"


class RecipientNotPostQuantum(Refusal):
    """A recipient's key wouldn't outlast a quantum computer."""

    code = "exchange.recipient-not-pq"


class ItemChanged(Damage):
    """A draft's bytes aren't those that were listed; fact `item` counts from 1."""

    code = "exchange.item-changed"


class RecordingNotSettled(Refusal):
    """A recording hasn't been turned into its lasting form yet; fact `take`."""

    code = "exchange.recording-not-settled"


class TestimonyTooLarge(Refusal):
    """A note or description is longer than a bundle may say; fact `part`."""

    code = "exchange.testimony-too-large"


class ItemTooLarge(Refusal):
    """One item is larger than a bundle may be; fact `bytes`."""

    code = "exchange.item-too-large"


class ReadBackDiffers(Damage):
    """What was read back isn't what was written."""

    code = "exchange.read-back-differs"


class StickFull(Refusal):
    """The folder or stick has too little room; facts `needed` and `free` in bytes when they are known."""

    code = "exchange.stick-full"


class StickGone(Refusal):
    """The folder or stick went away while it was in use, or isn't there; fact `errno`."""

    code = "exchange.stick-gone"


class StickReadOnly(Refusal):
    """The folder or stick can't be written; fact `errno`."""

    code = "exchange.stick-read-only"


class NothingSealed(Refusal):
    """The testimony isn't sealed, so there is nothing to carry."""

    code = "exchange.nothing-sealed"


class SealedFileMissing(Damage):
    """A sealed file that should be carried isn't in the vault's folder any more."""

    code = "exchange.sealed-file-missing"


class Cancelled(Refusal):
    """Somebody stopped it; nothing is half done."""

    code = "exchange.cancelled"
