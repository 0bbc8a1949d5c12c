# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with an accession, a search or a description.

| code                          | family  | when                                                         |
|-------------------------------|---------|--------------------------------------------------------------|
| archive.already-here          | Refusal | this volume of this bundle was taken in before               |
| archive.another-version       | Refusal | another bundle of the same testimony, with other content     |
| archive.not-an-archive        | Refusal | the vault is a collector's                                   |
| archive.volumes-differ        | Damage  | a volume is not the one that the last volume names           |
| archive.not-readable-here     | Refusal | the sound is sealed, or has not arrived yet                  |
| archive.no-identity-envelope  | Refusal | the testimony came without its witness's identity            |
| archive.consent-withdrawn     | Refusal | the witness has taken everything back                        |
| archive.consent-forbids       | Refusal | the consent says no, ask again, or nothing about this use    |
| archive.under-embargo         | Refusal | the time that the witness set has not come                   |
| archive.objection-open        | Refusal | somebody who is named objects, and nobody has decided yet    |
| archive.passages-not-passed-on | Refusal | parts are not to be passed on, and this copy would hold them |
| archive.testimony-not-here    | Refusal | consent for a testimony that has not come yet                |
| archive.another-sender        | Refusal | consent from somebody other than the testimony's own sender  |
| archive.destroyed             | Refusal | the testimony was here, and was destroyed                    |
| archive.not-withdrawn         | Refusal | only what was withdrawn is destroyed                         |
| archive.identity-for-others   | Refusal | the identity envelope is sealed to another key               |
| archive.identity-unreadable   | Damage  | the envelope opens, and what is in it can't be read          |
"""

from __future__ import annotations

from typing import ClassVar

from testimony_app.errors import Damage, Refusal
from testimony_app.model.bundle import Outcome


class AlreadyHere(Refusal):
    """This volume of this bundle was taken in before; nothing new would come of it."""

    code = "archive.already-here"
    outcome: ClassVar[Outcome] = Outcome.DUPLICATE


class AnotherVersion(Refusal):
    """Another bundle of the same testimony is here, and its content is not the same."""

    code = "archive.another-version"


class NotAnArchive(Refusal):
    """The vault is a collector's; testimonies are taken in by an archive."""

    code = "archive.not-an-archive"


class VolumesDiffer(Damage):
    """A volume is not the one that the last volume of its group names."""

    code = "archive.volumes-differ"


class NotReadableHere(Refusal):
    """The recording has no sound here: it is sealed, or the volume that holds it has not arrived."""

    code = "archive.not-readable-here"


class NoIdentityEnvelope(Refusal):
    """The testimony came without its witness's identity."""

    code = "archive.no-identity-envelope"


class ConsentWithdrawn(Refusal):
    """The witness has taken everything back; the testimony is closed."""

    code = "archive.consent-withdrawn"


class ConsentForbids(Refusal):
    """The consent allows this use not, or not yet; `purpose` and `answer` say which."""

    code = "archive.consent-forbids"


class UnderEmbargo(Refusal):
    """The time that the witness set has not come; `condition` is its kind, `review` the year to look again."""

    code = "archive.under-embargo"


class ObjectionOpen(Refusal):
    """Somebody whom the testimony names objects, and nobody has decided yet."""

    code = "archive.objection-open"


class PassagesNotPassedOn(Refusal):
    """Parts of the testimony are not to be passed on, and this would hold them."""

    code = "archive.passages-not-passed-on"


class TestimonyNotHere(Refusal):
    """Acts of consent came for a testimony that has not come yet."""

    code = "archive.testimony-not-here"
    __test__ = False


class AnotherSender(Refusal):
    """Acts of consent came from somebody other than whoever sent the testimony."""

    code = "archive.another-sender"


class Destroyed(Refusal):
    """The testimony was here, and was destroyed; it is not taken in again."""

    code = "archive.destroyed"


class NotWithdrawn(Refusal):
    """Only a testimony whose consent was withdrawn is destroyed at an archive."""

    code = "archive.not-withdrawn"


class IdentityForOthers(Refusal):
    """The identity envelope is sealed to another key than the one that was brought."""

    code = "archive.identity-for-others"


class IdentityUnreadable(Damage):
    """The identity envelope opens, but what is in it can't be read."""

    code = "archive.identity-unreadable"
