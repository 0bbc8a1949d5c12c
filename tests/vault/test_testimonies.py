# SPDX-License-Identifier: Apache-2.0
"""Testimonies with all their parts, listed, changed, erased."""

from __future__ import annotations

import io

import msgspec
import pytest

from testimony_app.model.ids import NotACode, new_code, new_id
from testimony_app.model.person import Identity, Witness
from testimony_app.model.testimony import Note, State
from testimony_app.vault.errors import CodeNotUnique, NotFound, UnknownCode
from testimony_app.vault.vault import Vault
from tests.builders import a_bundle_file, a_consent, a_full_testimony, a_testimony, write_recording


def test_a_testimony_comes_back_whole(vault, reopen):
    """What was added is what is read, in a new session too."""
    testimony = vault.testimonies.add(a_full_testimony())

    assert vault.testimonies.get(testimony.id) == testimony
    assert reopen(vault).testimonies.get(testimony.id) == testimony


def test_a_code_is_found_in_any_spelling(vault):
    """Lower case and missing hyphens do not matter."""
    testimony = vault.testimonies.add(a_testimony())

    assert vault.testimonies.by_code(testimony.code.lower().replace("-", "")).id == testimony.id
    with pytest.raises(UnknownCode):
        vault.testimonies.by_code(new_code())
    with pytest.raises(NotACode):
        vault.testimonies.by_code("T-0000")


def test_one_code_for_two_testimonies_is_said(vault):
    """Two laptops may draw the same code; an identifier still tells the testimonies apart."""
    one = vault.testimonies.add(a_testimony())
    two = vault.testimonies.add(a_testimony(code=one.code))

    with pytest.raises(CodeNotUnique):
        vault.testimonies.by_code(one.code)

    assert vault.testimonies.by_code(two.id) == two


def test_details_change_and_the_rest_stays(vault):
    """Only what is given is changed."""
    testimony = vault.testimonies.add(a_full_testimony())

    vault.testimonies.set_details(testimony.id, title="A morning", witness=Witness(pseudonym="Shirin"))

    expected = msgspec.structs.replace(testimony, title="A morning", witness=Witness(pseudonym="Shirin"))
    assert vault.testimonies.get(testimony.id) == expected
    assert vault.testimonies.row(testimony.id).pseudonym == "Shirin"
    with pytest.raises(NotFound):
        vault.testimonies.set_details("00" * 16, title="nobody")


def test_notes_are_kept_in_order_and_removed(vault):
    """Notes come back as they were made."""
    testimony = vault.testimonies.add(a_testimony())
    notes = [Note(id=new_id(), kind="moment", text=str(n), at_seconds=n, recording="", at="") for n in range(3)]
    for note in notes:
        vault.testimonies.add_note(testimony.id, note)

    vault.testimonies.remove_note(notes[1].id)

    assert vault.testimonies.get(testimony.id).notes == (notes[0], notes[2])


def test_a_statement_keeps_its_history(vault, clock):
    """Each version stays until the testimony is sealed; saving the same text again makes none."""
    testimony = vault.testimonies.add(a_testimony())
    first = vault.testimonies.save_statement(testimony.id, "one", "en")
    clock.forward(60)
    vault.testimonies.save_statement(testimony.id, "one two", "en")
    vault.testimonies.save_statement(testimony.id, "one two", "en")

    assert [statement.text for statement in vault.testimonies.statement_history(testimony.id)] == ["one two", "one"]
    assert vault.testimonies.statement_history(testimony.id)[1] == first
    assert vault.testimonies.row(testimony.id).word_count == 2


def test_typing_on_replaces_the_version_at_hand(vault):
    """A draft that is saved every few seconds is one version."""
    testimony = vault.testimonies.add(a_testimony())
    for text in ("o", "on", "one"):
        vault.testimonies.save_statement(testimony.id, text, "en", new_version=False)

    assert len(vault.testimonies.statement_history(testimony.id)) == 1


def test_an_attachment_is_kept_byte_for_byte(vault):
    """A file comes back as it went in, and its digest stands in the custody log."""
    testimony = vault.testimonies.add(a_testimony())
    photograph = bytes(range(256)) * 1000
    attachment = vault.testimonies.attach(
        testimony.id, io.BytesIO(photograph), media_type="image/jpeg", title="the yard"
    )

    with vault.blobs.open(attachment.blob) as reader:
        assert reader.read() == photograph
    assert vault.testimonies.get(testimony.id).attachments == (attachment,)
    assert vault.custody.entries(testimony.id)[-1].facts["sha256"] == attachment.sha256


def test_an_identity_stands_apart_and_can_be_destroyed_alone(vault):
    """The real name is in no part of the testimony."""
    testimony = vault.testimonies.add(a_testimony())
    vault.testimonies.set_identity(testimony.id, Identity(names=("A Name",)))

    assert b"A Name" not in msgspec.json.encode(vault.testimonies.get(testimony.id))
    assert vault.testimonies.identity(testimony.id) == Identity(names=("A Name",))
    vault.testimonies.set_identity(testimony.id, None)
    assert vault.testimonies.identity(testimony.id) is None


def test_pages_list_newest_first(vault):
    """A page says how many there are in all and whether more follow."""
    for day in range(1, 8):
        vault.testimonies.add(a_testimony(created=f"2026-01-{day:02}T10:00:00+00:00"))

    first, last = vault.testimonies.rows(0, 5), vault.testimonies.rows(5, 5)

    assert [row.created[8:10] for row in first.rows] == ["07", "06", "05", "04", "03"]
    assert (first.total, first.more, last.more) == (7, True, False)
    assert [row.created[8:10] for row in last.rows] == ["02", "01"]


def test_a_list_is_narrowed_by_state_and_text(vault):
    """State and a piece of code, title or pseudonym narrow the list."""
    sealed = vault.testimonies.add(a_testimony(state=State.SEALED, title="Winter"))
    draft = vault.testimonies.add(a_testimony(title="Summer"))

    assert [row.id for row in vault.testimonies.rows(state=State.SEALED).rows] == [sealed.id]
    assert [row.id for row in vault.testimonies.rows(text="summ").rows] == [draft.id]
    assert [row.id for row in vault.testimonies.rows(text=draft.code[2:6]).rows] == [draft.id]
    assert vault.testimonies.rows(text="%").total == 0


def test_a_row_says_when_it_was_carried(vault):
    """Marking the bundle carried shows in the list."""
    testimony = vault.testimonies.add(a_testimony())
    file = a_bundle_file()
    vault.bundles.add(testimony.id, file)
    assert vault.testimonies.row(testimony.id).carried_at == ""

    vault.bundles.mark_carried(file.bundle, 1)

    assert vault.testimonies.row(testimony.id).carried_at.startswith("2026-01-31")


def test_erasing_leaves_one_line(vault):
    """After erasing, rows, keys and files are gone; code and reason stand in the custody log."""
    testimony = vault.testimonies.add(a_full_testimony())
    write_recording(vault, testimony.id, bytes(200_000))
    vault.index.put(testimony.id, [("statement", None, "Rain", "rain", "rain")])

    vault.testimonies.erase(testimony.id, "witness")

    with pytest.raises(NotFound):
        vault.testimonies.get(testimony.id)
    assert list(vault.blobs.files()) == []
    assert vault.database.value("SELECT count(*) FROM blob") == 0
    assert vault.index.count("rain") == 0
    facts = vault.custody.entries(testimony.id)[-1].facts
    assert (facts["code"], facts["reason"]) == (testimony.code, "witness")


def test_forgetting_the_content_keeps_the_row(vault, reopen):
    """After sealing, only code, state, dates, languages and length are left."""
    testimony = vault.testimonies.add(a_full_testimony())
    vault.testimonies.set_identity(testimony.id, Identity(names=("A Name",)))
    vault.testimonies.save_statement(testimony.id, "three short words", "en")
    write_recording(vault, testimony.id, bytes(288_000))

    with vault.transaction():
        vault.testimonies.set_state(testimony.id, State.SEALED)
        vault.testimonies.forget_content(testimony.id)
    vault.rotate()

    vault = reopen(vault)
    left = vault.testimonies.get(testimony.id)
    assert left == a_testimony(
        id=testimony.id, code=testimony.code, state=State.SEALED, title="", witness=Witness(), session=left.session
    )
    row = vault.testimonies.row(testimony.id)
    assert (row.seconds, row.word_count, row.pseudonym) == (2.0, 3, "")
    assert vault.testimonies.identity(testimony.id) is None
    assert list(vault.blobs.files()) == []


def test_an_amendment_can_follow_the_seal(vault):
    """Consent can still change when the content is gone."""
    testimony = vault.testimonies.add(a_full_testimony())
    vault.testimonies.forget_content(testimony.id)

    vault.consents.add(testimony.id, a_consent(note="narrowed"))

    assert [event.note for event in vault.consents.of(testimony.id)] == ["narrowed"]


def test_a_transaction_is_all_or_nothing(vault):
    """An error inside undoes everything, a nested one only itself."""
    one, two, three = a_testimony(), a_testimony(), a_testimony()

    def add_and_fail(testimony):
        with vault.transaction():
            vault.testimonies.add(testimony)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_fail(one)
    with vault.transaction():
        vault.testimonies.add(two)
        with pytest.raises(RuntimeError):
            add_and_fail(three)

    assert [vault.testimonies.exists(each.id) for each in (one, two, three)] == [False, True, False]
    vault.custody.verify()


def test_another_thread_is_refused(vault):
    """The database belongs to the thread that opened it."""
    import threading

    from sqlcipher3.dbapi2 import ProgrammingError

    caught = []

    def touch():
        try:
            vault.testimonies.rows()
        except ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=touch)
    thread.start()
    thread.join()

    assert len(caught) == 1
    assert isinstance(vault, Vault)
