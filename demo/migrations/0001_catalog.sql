-- Which datasets there are. Times are RFC 3339 in UTC; JSON is text.
CREATE TABLE datasets (
    name TEXT PRIMARY KEY NOT NULL,
    created_at TEXT NOT NULL
);

-- A version never changes once it is here.
CREATE TABLE versions (
    id TEXT PRIMARY KEY NOT NULL,
    dataset TEXT NOT NULL REFERENCES datasets (name) ON DELETE CASCADE,
    number BIGINT NOT NULL,
    -- The dataset as it is answered, as JSON.
    record TEXT NOT NULL,
    UNIQUE (dataset, number)
);

-- The Parquet files that hold a version's rows, in order. Versions share them.
CREATE TABLE parts (
    version TEXT NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    object TEXT NOT NULL,
    rows BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (version, position)
);
CREATE INDEX parts_by_object ON parts (object);

-- What was answered to an upload with an Idempotency-Key.
CREATE TABLE uploads (
    idempotency_key TEXT PRIMARY KEY NOT NULL,
    -- Of what was asked: the same key may not ask for something else.
    fingerprint TEXT NOT NULL,
    record TEXT NOT NULL,
    created_at TEXT NOT NULL
);

-- Profiles are computed once: versions do not change.
CREATE TABLE profiles (
    version TEXT PRIMARY KEY NOT NULL REFERENCES versions (id) ON DELETE CASCADE,
    profile TEXT NOT NULL
);

CREATE TABLE jobs (
    id TEXT PRIMARY KEY NOT NULL,
    state TEXT NOT NULL,
    -- What to do, as JSON: the request, with the versions that it reads.
    task TEXT NOT NULL,
    -- The dataset to make, or to make a new version of.
    target TEXT NOT NULL,
    version BIGINT,
    rows BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    attempts BIGINT NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT
);
CREATE INDEX jobs_by_state ON jobs (state);
