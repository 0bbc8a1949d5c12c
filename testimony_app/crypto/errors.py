# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a key, a signature or a ciphertext.

| code                          | family  | when                                                            |
| ----------------------------- | ------- | --------------------------------------------------------------- |
| crypto.secret-wiped           | Refusal | a secret is used after it was wiped                             |
| crypto.not-an-age-file        | Refusal | the first line is not that of an age v1 file                    |
| crypto.header-damaged         | Damage  | an age header breaks the format                                 |
| crypto.header-altered         | Damage  | an age header is well formed, but its seal does not fit         |
| crypto.header-too-large       | Refusal | an age header passes the limits we read                         |
| crypto.passphrase-file        | Refusal | an age file sealed with a passphrase, which we never open       |
| crypto.no-matching-key        | Refusal | none of the keys at hand opens the file                         |
| crypto.mixed-recipients       | Refusal | one file was to go to quantum-safe and older keys together      |
| crypto.payload-tampered       | Damage  | a chunk of the content is not what was written                  |
| crypto.payload-truncated      | Damage  | the content ends before its marked end                          |
| crypto.not-a-key              | Refusal | a text is no key of the kind expected                           |
| crypto.wrong-key              | Refusal | no slot of a key file opens                                     |
| crypto.not-a-key-file         | Refusal | the bytes are no key file of ours                               |
| crypto.key-file-too-new       | Refusal | a key file of a later version                                   |
| crypto.key-file-damaged       | Damage  | a key file opens, but its seal does not fit                     |
| crypto.key-slots-full         | Refusal | all eight slots are in use                                      |
| crypto.passphrase-taken       | Refusal | a passphrase would open two different vaults                    |
| crypto.key-cost-too-high      | Refusal | a key file asks for more work or memory than we grant           |
| crypto.signature-invalid      | Damage  | a signature does not fit the text, the key or the purpose       |
| crypto.signature-missing      | Damage  | a key on the pinned card did not sign                           |
| crypto.not-canonical          | Damage  | a JSON text is not in its one canonical form                    |
| crypto.not-a-share            | Refusal | words that are no recovery share                                |
| crypto.shares-do-not-fit      | Refusal | recovery shares that do not belong together, or are too few     |
"""

from __future__ import annotations

from testimony_app.errors import Damage, Refusal


class SecretWiped(Refusal):
    """The secret was wiped, as after a lock."""

    code = "crypto.secret-wiped"


class NotAnAgeFile(Refusal):
    """The bytes do not begin as an age v1 file."""

    code = "crypto.not-an-age-file"


class HeaderDamaged(Damage):
    """The age header breaks the format."""

    code = "crypto.header-damaged"


class HeaderAltered(HeaderDamaged):
    """The age header is well formed, but its authentication code does not fit."""

    code = "crypto.header-altered"


class HeaderTooLarge(Refusal):
    """The age header has more bytes, lines or stanzas than we are willing to read."""

    code = "crypto.header-too-large"


class PassphraseFile(Refusal):
    """The age file is sealed with a passphrase; opening such files is a way to be made to work for hours."""

    code = "crypto.passphrase-file"


class NoMatchingKey(Refusal):
    """None of the identities opens the file."""

    code = "crypto.no-matching-key"


class MixedRecipients(Refusal):
    """One file may not be sealed to quantum-safe and older recipients together."""

    code = "crypto.mixed-recipients"


class PayloadTampered(Damage):
    """A chunk does not authenticate, or something follows the marked end."""

    code = "crypto.payload-tampered"


class PayloadTruncated(Damage):
    """The content ends before its marked end."""

    code = "crypto.payload-truncated"


class NotAKey(Refusal):
    """The text or the bytes are no key of the kind expected."""

    code = "crypto.not-a-key"


class WrongKey(Refusal):
    """The secret opens none of the slots."""

    code = "crypto.wrong-key"


class NotAKeyFile(Refusal):
    """The bytes are no key file of ours."""

    code = "crypto.not-a-key-file"


class KeyFileTooNew(Refusal):
    """The key file was written by a later version."""

    code = "crypto.key-file-too-new"


class KeyFileDamaged(Damage):
    """A slot of the key file opens, but the file as a whole is not what was written."""

    code = "crypto.key-file-damaged"


class KeySlotsFull(Refusal):
    """All eight slots of the key file are in use."""

    code = "crypto.key-slots-full"


class PassphraseTaken(Refusal):
    """The passphrase would open this vault and another one: it must lead to one of them."""

    code = "crypto.passphrase-taken"


class KeyCostTooHigh(Refusal):
    """A key derivation asks for more work or memory than we grant."""

    code = "crypto.key-cost-too-high"


class SignatureInvalid(Damage):
    """A signature does not fit the text, the key or the purpose it claims."""

    code = "crypto.signature-invalid"


class SignatureMissing(Damage):
    """A key on the pinned card did not sign."""

    code = "crypto.signature-missing"


class NotCanonical(Damage):
    """A JSON text is not in its one canonical form, or passes its limits."""

    code = "crypto.not-canonical"


class NotAShare(Refusal):
    """The words are no recovery share: one of them is unknown, or their check does not fit."""

    code = "crypto.not-a-share"


class SharesDoNotFit(Refusal):
    """The recovery shares do not belong together, or there are too few or too many."""

    code = "crypto.shares-do-not-fit"
