-- The schema of the first release. Documented table by table in docs/ledger.md; a test keeps the two alike.
-- `key` is a number of this file only; `id` is the id of the Findings. Days are ISO 8601 text; 0 and 1 are false and true.

CREATE TABLE articles (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    revision INTEGER NOT NULL,
    superseded INTEGER NOT NULL DEFAULT 0,
    path TEXT,
    url TEXT,
    publisher TEXT,
    title TEXT,
    byline TEXT,
    speaker TEXT,
    dateline_place TEXT,
    dateline_date TEXT,
    dateline_agency TEXT,
    published TEXT,
    read_as_of_from TEXT,
    read_as_of_to TEXT,
    language TEXT,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    onrecord_version TEXT NOT NULL,
    model_version TEXT NOT NULL,
    data_version TEXT NOT NULL,
    added_at TEXT NOT NULL,
    UNIQUE (id, revision),
    UNIQUE (id, sha256)
);
CREATE UNIQUE INDEX articles_current ON articles (id) WHERE superseded = 0;

CREATE TABLE pages (
    data_sha256 TEXT NOT NULL,
    article_key INTEGER NOT NULL REFERENCES articles DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (data_sha256, article_key)
) WITHOUT ROWID;
CREATE INDEX pages_article ON pages (article_key);

CREATE TABLE actors (
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    country TEXT,
    role TEXT,
    sector TEXT,
    aliases TEXT NOT NULL,
    named_by TEXT NOT NULL,
    PRIMARY KEY (article_key, id)
) WITHOUT ROWID;
CREATE INDEX actors_id ON actors (id);
CREATE INDEX actors_name_key ON actors (name_key);

CREATE TABLE statements (
    key INTEGER PRIMARY KEY,
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    quotation TEXT NOT NULL,
    manner TEXT NOT NULL,
    why_no_speaker TEXT,
    anonymous INTEGER NOT NULL,
    addressee TEXT,
    target TEXT,
    act TEXT NOT NULL,
    other_acts TEXT NOT NULL,
    said_from TEXT,
    said_to TEXT,
    place_name TEXT,
    place_country TEXT,
    place_latitude REAL,
    place_longitude REAL,
    answers TEXT,
    inside TEXT,
    confidence REAL NOT NULL,
    act_confidence REAL NOT NULL,
    UNIQUE (article_key, id),
    FOREIGN KEY (article_key, addressee) REFERENCES actors DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, target) REFERENCES actors DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, answers) REFERENCES statements (article_key, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, inside) REFERENCES statements (article_key, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX statements_id ON statements (id);

CREATE TABLE statement_actors (
    article_key INTEGER NOT NULL,
    statement TEXT NOT NULL,
    role TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    actor TEXT NOT NULL,
    PRIMARY KEY (article_key, statement, role, ordinal),
    FOREIGN KEY (article_key, statement) REFERENCES statements (article_key, id) ON DELETE CASCADE,
    FOREIGN KEY (article_key, actor) REFERENCES actors DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;

CREATE TABLE conditions (
    article_key INTEGER NOT NULL,
    statement TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    concessive INTEGER NOT NULL,
    counterfactual INTEGER NOT NULL,
    PRIMARY KEY (article_key, statement, ordinal),
    FOREIGN KEY (article_key, statement) REFERENCES statements (article_key, id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE commitments (
    key INTEGER PRIMARY KEY,
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    statement TEXT NOT NULL,
    type TEXT NOT NULL,
    agent TEXT,
    to_whom TEXT,
    condition INTEGER,
    deadline_from TEXT,
    deadline_to TEXT,
    strength TEXT NOT NULL,
    UNIQUE (article_key, id),
    FOREIGN KEY (article_key, statement) REFERENCES statements (article_key, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, statement, condition) REFERENCES conditions DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, agent) REFERENCES actors DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, to_whom) REFERENCES actors DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX commitments_id ON commitments (id);

CREATE TABLE events (
    key INTEGER PRIMARY KEY,
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    type TEXT NOT NULL,
    actor TEXT,
    recipient TEXT,
    place_name TEXT,
    place_country TEXT,
    place_latitude REAL,
    place_longitude REAL,
    occurred_from TEXT,
    occurred_to TEXT,
    factuality TEXT NOT NULL,
    background INTEGER NOT NULL,
    statement TEXT,
    confidence REAL NOT NULL,
    UNIQUE (article_key, id),
    FOREIGN KEY (article_key, statement) REFERENCES statements (article_key, id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, actor) REFERENCES actors DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (article_key, recipient) REFERENCES actors DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX events_id ON events (id);

CREATE TABLE spans (
    article_key INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    owner TEXT NOT NULL,
    role TEXT NOT NULL,
    item INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (article_key, owner, role, item, ordinal)
) WITHOUT ROWID;

CREATE TABLE refusals (
    name TEXT NOT NULL,
    reason TEXT NOT NULL,
    data_sha256 TEXT,
    since TEXT NOT NULL
);
CREATE INDEX refusals_name ON refusals (name);
CREATE INDEX refusals_data ON refusals (data_sha256);

CREATE TABLE forgotten (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    forgotten_at TEXT NOT NULL,
    PRIMARY KEY (kind, value)
) WITHOUT ROWID;

CREATE VIRTUAL TABLE search USING fts5 (
    content, source, speakers, addressed, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE VIEW v_articles AS
SELECT a.id, a.revision, a.superseded, a.title, a.publisher, a.byline, a.published, a.url, a.path,
    (SELECT count(*) FROM statements s WHERE s.article_key = a.key) AS statements,
    (SELECT count(*) FROM commitments c WHERE c.article_key = a.key) AS commitments,
    (SELECT count(*) FROM events e WHERE e.article_key = a.key) AS events,
    a.sha256, a.onrecord_version, a.model_version, a.data_version, a.added_at
FROM articles a;

CREATE VIEW v_said AS
SELECT s.id, a.id AS article, a.title, a.publisher, a.published, a.url,
    (SELECT group_concat(name, '; ') FROM (
        SELECT p.name FROM statement_actors x JOIN actors p ON p.article_key = x.article_key AND p.id = x.actor
        WHERE x.article_key = s.article_key AND x.statement = s.id AND x.role = 'speaker' ORDER BY x.ordinal)) AS speakers,
    s.why_no_speaker, s.anonymous,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans
        WHERE article_key = s.article_key AND owner = s.id AND role = 'source' ORDER BY ordinal)) AS source,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans
        WHERE article_key = s.article_key AND owner = s.id AND role = 'cue' ORDER BY ordinal)) AS cue,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans
        WHERE article_key = s.article_key AND owner = s.id AND role = 'content' ORDER BY ordinal)) AS content,
    coalesce((SELECT p.name FROM actors p WHERE p.article_key = s.article_key AND p.id = s.addressee),
        (SELECT words FROM spans WHERE article_key = s.article_key AND owner = s.id AND role = 'addressee')) AS addressee,
    coalesce((SELECT p.name FROM actors p WHERE p.article_key = s.article_key AND p.id = s.target),
        (SELECT words FROM spans WHERE article_key = s.article_key AND owner = s.id AND role = 'target')) AS target,
    s.act, s.other_acts, s.quotation, s.manner,
    (SELECT count(*) FROM conditions c WHERE c.article_key = s.article_key AND c.statement = s.id) AS conditions,
    s.said_from, s.said_to, s.answers, s.inside, s.confidence, s.act_confidence
FROM statements s JOIN articles a ON a.key = s.article_key
WHERE a.superseded = 0;

CREATE VIEW v_commitments AS
SELECT c.id, c.statement, a.id AS article, a.title, a.publisher, a.published, a.url,
    (SELECT group_concat(name, '; ') FROM (
        SELECT p.name FROM statement_actors x JOIN actors p ON p.article_key = x.article_key AND p.id = x.actor
        WHERE x.article_key = c.article_key AND x.statement = c.statement AND x.role = 'speaker' ORDER BY x.ordinal)) AS speakers,
    c.type, c.strength,
    coalesce((SELECT p.name FROM actors p WHERE p.article_key = c.article_key AND p.id = c.agent),
        (SELECT words FROM spans WHERE article_key = c.article_key AND owner = c.id AND role = 'agent')) AS agent,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans
        WHERE article_key = c.article_key AND owner = c.id AND role = 'action' ORDER BY ordinal)) AS action,
    coalesce((SELECT p.name FROM actors p WHERE p.article_key = c.article_key AND p.id = c.to_whom),
        (SELECT words FROM spans WHERE article_key = c.article_key AND owner = c.id AND role = 'to')) AS to_whom,
    k.kind AS condition,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans WHERE article_key = c.article_key
        AND owner = c.statement AND role = 'antecedent' AND item = c.condition ORDER BY ordinal)) AS antecedent,
    (SELECT words FROM spans WHERE article_key = c.article_key AND owner = c.id AND role = 'deadline') AS deadline,
    c.deadline_from, c.deadline_to, s.said_from, s.said_to
FROM commitments c JOIN articles a ON a.key = c.article_key
    JOIN statements s ON s.article_key = c.article_key AND s.id = c.statement
    LEFT JOIN conditions k ON k.article_key = c.article_key AND k.statement = c.statement AND k.ordinal = c.condition
WHERE a.superseded = 0;

CREATE VIEW v_conditions AS
SELECT c.statement, c.ordinal, a.id AS article, c.kind,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans WHERE article_key = c.article_key
        AND owner = c.statement AND role = 'antecedent' AND item = c.ordinal ORDER BY ordinal)) AS antecedent,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans WHERE article_key = c.article_key
        AND owner = c.statement AND role = 'consequent' AND item = c.ordinal ORDER BY ordinal)) AS consequent,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans WHERE article_key = c.article_key
        AND owner = c.statement AND role = 'connector' AND item = c.ordinal ORDER BY ordinal)) AS connector,
    c.concessive, c.counterfactual
FROM conditions c JOIN articles a ON a.key = c.article_key
WHERE a.superseded = 0;

CREATE VIEW v_events AS
SELECT e.id, a.id AS article, a.title, a.publisher, a.published, a.url, e.type,
    (SELECT group_concat(words, ' […] ') FROM (SELECT words FROM spans
        WHERE article_key = e.article_key AND owner = e.id AND role = 'trigger' ORDER BY ordinal)) AS trigger_words,
    coalesce((SELECT p.name FROM actors p WHERE p.article_key = e.article_key AND p.id = e.actor),
        (SELECT words FROM spans WHERE article_key = e.article_key AND owner = e.id AND role = 'actor')) AS actor,
    coalesce((SELECT p.name FROM actors p WHERE p.article_key = e.article_key AND p.id = e.recipient),
        (SELECT words FROM spans WHERE article_key = e.article_key AND owner = e.id AND role = 'recipient')) AS recipient,
    e.place_name, e.place_country, e.place_latitude, e.place_longitude, e.occurred_from, e.occurred_to,
    e.factuality, e.background, e.statement, e.confidence
FROM events e JOIN articles a ON a.key = e.article_key
WHERE a.superseded = 0;
