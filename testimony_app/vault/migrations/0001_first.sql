-- The vault's first shape. Never edited once released: changes come as further numbered files.
-- Nested values (a witness, a session, a consent) are JSON of the structs in testimony_app/model.

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE testimony (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL, -- drawn at random by each laptop: two may meet in an archive
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    languages TEXT NOT NULL DEFAULT '[]',
    title TEXT NOT NULL DEFAULT '',
    pseudonym TEXT NOT NULL DEFAULT '',
    witness TEXT NOT NULL DEFAULT '{}',
    session TEXT NOT NULL DEFAULT '{}',
    people TEXT NOT NULL DEFAULT '[]',
    places TEXT NOT NULL DEFAULT '[]',
    seconds REAL NOT NULL DEFAULT 0,
    word_count INTEGER NOT NULL DEFAULT 0,
    remark TEXT NOT NULL DEFAULT '',
    signer TEXT NOT NULL DEFAULT ''
);
CREATE INDEX testimony_by_code ON testimony (code);
CREATE INDEX testimony_by_day ON testimony (created DESC, id);
CREATE INDEX testimony_by_state ON testimony (state, created DESC, id);

CREATE TABLE identity (
    testimony TEXT PRIMARY KEY REFERENCES testimony (id) ON DELETE CASCADE,
    body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE blob (
    id TEXT PRIMARY KEY,
    file_key BLOB NOT NULL,
    standing INTEGER NOT NULL DEFAULT 0, -- 0 being written, 1 complete, 2 cut by a crash
    byte_count INTEGER NOT NULL DEFAULT 0,
    sha512 TEXT NOT NULL DEFAULT ''
);
CREATE INDEX blob_unfinished ON blob (standing) WHERE standing = 0;

CREATE TABLE recording (
    id TEXT PRIMARY KEY,
    testimony TEXT NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    take INTEGER NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at TEXT NOT NULL,
    sample_rate INTEGER NOT NULL,
    bits INTEGER NOT NULL,
    channels INTEGER NOT NULL,
    frames INTEGER NOT NULL DEFAULT 0,
    device TEXT NOT NULL DEFAULT '',
    gaps TEXT NOT NULL DEFAULT '[]',
    original TEXT NOT NULL DEFAULT '',
    peaks BLOB NOT NULL DEFAULT x''
);
CREATE INDEX recording_of ON recording (testimony, take);
CREATE INDEX recording_by_state ON recording (state) WHERE state = 'recording';

CREATE TABLE segment (
    recording TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    blob TEXT NOT NULL REFERENCES blob (id),
    frames INTEGER NOT NULL,
    encoding TEXT NOT NULL,
    sha256 TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (recording, position)
) WITHOUT ROWID;
CREATE INDEX segment_blob ON segment (blob);

-- Blobs promised to a recording before its first byte, so that its writer never touches the database.
CREATE TABLE slot (
    recording TEXT NOT NULL REFERENCES recording (id) ON DELETE CASCADE,
    encoding TEXT NOT NULL,
    position INTEGER NOT NULL,
    blob TEXT NOT NULL REFERENCES blob (id),
    PRIMARY KEY (recording, encoding, position)
) WITHOUT ROWID;
CREATE INDEX slot_blob ON slot (blob);

CREATE TABLE note (
    id TEXT PRIMARY KEY,
    testimony TEXT NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX note_of ON note (testimony, position);

CREATE TABLE statement (
    testimony TEXT NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    version INTEGER NOT NULL,
    language TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (testimony, version)
);

CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    testimony TEXT NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    blob TEXT NOT NULL REFERENCES blob (id),
    body TEXT NOT NULL
);
CREATE INDEX attachment_of ON attachment (testimony, position);
CREATE INDEX attachment_blob ON attachment (blob);

CREATE TABLE consent (
    testimony TEXT NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (testimony, position)
);

CREATE TABLE partner (
    fingerprint TEXT PRIMARY KEY,
    body TEXT NOT NULL,
    card BLOB NOT NULL,
    trusted_at TEXT NOT NULL,
    revoked_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;

CREATE TABLE bundle (
    id TEXT NOT NULL,
    volume INTEGER NOT NULL,
    volumes INTEGER NOT NULL,
    bundle_group TEXT NOT NULL,
    direction TEXT NOT NULL,
    testimony TEXT NOT NULL,
    name TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    tagmanifest_sha512 TEXT NOT NULL,
    sender TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev TEXT NOT NULL,
    log_seq INTEGER NOT NULL,
    log_hash TEXT NOT NULL,
    kept_content INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    carried_at TEXT NOT NULL,
    PRIMARY KEY (direction, id, volume)
);
CREATE INDEX bundle_of ON bundle (testimony);
CREATE INDEX bundle_by_digest ON bundle (tagmanifest_sha512);
CREATE INDEX bundle_by_group ON bundle (bundle_group);
CREATE INDEX bundle_waiting ON bundle (direction, carried_at);
CREATE INDEX bundle_by_sender ON bundle (direction, sender, seq);

CREATE TABLE receipt (
    id TEXT PRIMARY KEY,
    bundle TEXT NOT NULL,
    testimony TEXT NOT NULL,
    direction TEXT NOT NULL,
    partner TEXT NOT NULL,
    seq INTEGER NOT NULL,
    status TEXT NOT NULL,
    body BLOB NOT NULL,
    added_at TEXT NOT NULL
);
CREATE INDEX receipt_for ON receipt (bundle);
CREATE INDEX receipt_of ON receipt (testimony);
CREATE INDEX receipt_chain ON receipt (direction, partner, seq);

-- The custody log: it only grows. `body` is the canonical JSON that was hashed.
CREATE TABLE custody (
    seq INTEGER PRIMARY KEY,
    testimony TEXT NOT NULL,
    body TEXT NOT NULL,
    hash BLOB NOT NULL
);
CREATE INDEX custody_of ON custody (testimony, seq);
CREATE TRIGGER custody_no_update BEFORE UPDATE ON custody
BEGIN SELECT RAISE(ABORT, 'custody only grows'); END;
CREATE TRIGGER custody_no_delete BEFORE DELETE ON custody
BEGIN SELECT RAISE(ABORT, 'custody only grows'); END;

CREATE TABLE part (
    id INTEGER PRIMARY KEY,
    testimony TEXT NOT NULL REFERENCES testimony (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    seconds REAL,
    raw TEXT NOT NULL,
    loose TEXT NOT NULL,
    joined TEXT NOT NULL
);
CREATE INDEX part_of ON part (testimony);
CREATE INDEX part_by_kind ON part (kind);
CREATE VIRTUAL TABLE part_words USING fts5 (
    loose, content = 'part', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3'
);
CREATE VIRTUAL TABLE part_letters USING fts5 (
    joined, content = 'part', content_rowid = 'id', tokenize = 'trigram'
);
INSERT INTO part_words (part_words, rank) VALUES ('secure-delete', 1);
INSERT INTO part_letters (part_letters, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER part_added AFTER INSERT ON part BEGIN
    INSERT INTO part_words (rowid, loose) VALUES (new.id, new.loose);
    INSERT INTO part_letters (rowid, joined) VALUES (new.id, new.joined);
END;
CREATE TRIGGER part_gone BEFORE DELETE ON part BEGIN
    INSERT INTO part_words (part_words, rowid, loose) VALUES ('delete', old.id, old.loose);
    INSERT INTO part_letters (part_letters, rowid, joined) VALUES ('delete', old.id, old.joined);
END;
