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
