# SPDX-License-Identifier: Apache-2.0
"""The SQL for photographs, letters and other files that belong to a testimony, kept as they came."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import BinaryIO

from testimony_app.model.ids import AttachmentId, BlobId, new_id
from testimony_app.model.testimony import Attachment
from testimony_app.vault.blobs import Blobs, BlobWriter, FinishedBlob
from testimony_app.vault.columns import text, value
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound

_PIECE = 1 << 20


class Sealed:
    """One file on its way into the vault, on any thread; until it is kept, the next start would remove it."""

    def __init__(self, writer: BlobWriter, *, media_type: str, title: str, role: str) -> None:
        """Write with this writer, whose row stands."""
        self.id = AttachmentId(new_id())
        self._writer = writer
        self._body = {"media_type": media_type, "title": title, "role": role}

    def take(self, source: BinaryIO, told: Callable[[int], None] | None = None) -> tuple[Attachment, FinishedBlob]:
        """Seal all of a file and return its attachment; nothing of it stays if the disk, or `told`, raises."""
        digest = hashlib.sha256()
        with self._writer as writer:
            while piece := source.read(_PIECE):
                digest.update(piece)
                writer.write(piece)
                if told is not None:
                    told(writer.byte_count)
            finished = writer.finish()
        attachment = Attachment(
            id=self.id, blob=finished.blob, byte_count=finished.byte_count, sha256=digest.hexdigest(), **self._body
        )
        return attachment, finished

    def discard(self) -> BlobId:
        """Remove what was written, finished or not, and return the blob that it would have been."""
        self._writer.discard()
        return self._writer.blob


class Attachments:
    """The attachments of all testimonies."""

    def __init__(self, database: Database, custody: Custody, blobs: Blobs) -> None:
        """Work on this database and these blobs."""
        self._database = database
        self._custody = custody
        self._blobs = blobs

    def attach(
        self, testimony: str, source: BinaryIO, *, media_type: str, title: str, role: str = "attachment"
    ) -> Attachment:
        """Stream a file into a new blob and return the attachment; nothing of it stays if the disk fails."""
        sealed = Sealed(self._blobs.create(), media_type=media_type, title=title, role=role)
        attachment, finished = sealed.take(source)
        self.keep(testimony, attachment, finished)
        return attachment

    def place(self, *, media_type: str, title: str, role: str = "attachment") -> Sealed:
        """Return where a file can be sealed by another thread; hand what comes of it to `keep`."""
        return Sealed(self._blobs.create(), media_type=media_type, title=title, role=role)

    def keep(self, testimony: str, attachment: Attachment, finished: FinishedBlob) -> None:
        """Write down an attachment whose blob was written elsewhere, on a bench thread for instance."""
        with self._database.transaction():
            self._blobs.keep(finished)
            self.add(testimony, attachment)
            facts = {"attachment": attachment.id, "bytes": attachment.byte_count, "sha256": attachment.sha256}
            self._custody.append("attached", testimony, **facts)

    def take_back(self, sealed: Sealed) -> None:
        """Remove a file that was sealed, or half of it, and is not to be kept: its key, then what was written."""
        with self._database.transaction():
            self._blobs.delete([sealed.discard()])

    def add(self, testimony: str, attachment: Attachment) -> None:
        """Put an attachment after the others; its blob must be in the vault."""
        sql = (
            "INSERT INTO attachment (id, testimony, position, blob, body)"
            " SELECT ?1, ?2, coalesce(max(position), 0) + 1, ?3, ?4 FROM attachment WHERE testimony = ?2"
        )
        self._database.execute(sql, (attachment.id, testimony, attachment.blob, text(attachment)))

    def of(self, testimony: str) -> tuple[Attachment, ...]:
        """Return a testimony's attachments in the order they came."""
        rows = self._database.rows("SELECT body FROM attachment WHERE testimony = ? ORDER BY position", (testimony,))
        return tuple(value(row[0], Attachment) for row in rows)

    def testimony_of(self, attachment: str) -> str:
        """Return which testimony an attachment belongs to. Raises NotFound."""
        found = self._database.value("SELECT testimony FROM attachment WHERE id = ?", (attachment,))
        if found is None:
            raise NotFound(what="attachment")
        return str(found)

    def remove(self, attachment: str) -> None:
        """Destroy an attachment: its row, its key, then its file. Raises NotFound."""
        with self._database.transaction():
            row = self._database.row("SELECT testimony, blob FROM attachment WHERE id = ?", (attachment,))
            if row is None:
                raise NotFound(what="attachment")
            self._database.execute("DELETE FROM attachment WHERE id = ?", (attachment,))
            self._blobs.delete([BlobId(row[1])])
            self._custody.append("attachment_removed", row[0], attachment=attachment)
