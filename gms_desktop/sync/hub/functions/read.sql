-- Reads a batch: checks its chain and its bytes, and lays out what the judge needs. Before any lock is taken.
--
-- What is quick here only says yes when the bytes are surely canonical: row_to_json writes the fields in their order,
-- json_strip_nulls writes body and input without white space and with the shortest escapes (null is hidden from it as
-- 0), the keys are compared object by object. What is not surely canonical goes to hub.fault_of.
--
-- o: place of the entry in the batch, from 1. phase: 0 requires, 1 expects, 2 releases, 3 claims, 4 touches, the order
-- in which they are walked. stated: the holder named; for a touch the entry itself. after: the holder that it leaves.
CREATE OR REPLACE FUNCTION hub.read(
    p_scope text, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    OUT kinds text[], OUT cited text[], OUT cited_by integer[],
    OUT o integer[], OUT phase integer[], OUT key text[], OUT stated text[], OUT after text[]
) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan SET work_mem = '32MB' AS $$
DECLARE
    n integer := cardinality(p_hashes);
    chained boolean;
    sure boolean;
    fault text;
BEGIN
    WITH RECURSIVE parsed AS MATERIALIZED (
        SELECT s.o::integer AS o, e.kind, e.body, e.input, e.private, e.touches,
            p_writer || '/' || p_first_seq + s.o - 1 AS id,
            s.former IS NULL OR sha256(s.former || s.content) = s.hash AS chained,
            e.requires || e.expects || e.releases || e.claims AS pairs,
            cardinality(e.requires) / 2 AS to_expects, (cardinality(e.requires) + cardinality(e.expects)) / 2 AS to_releases,
            (cardinality(e.requires) + cardinality(e.expects) + cardinality(e.releases)) / 2 AS to_claims,
            coalesce(row_to_json(e)::text = s.t
                AND e.format = 1 AND e.writer = p_writer AND e.seq = p_first_seq + s.o - 1 AND e.scope = p_scope
                AND octet_length(s.content) <= 64000
                AND num_nulls(e.occurred_at, e.app, e.kind, e.action, e.because, e.private, e.touches, e.claims,
                    e.requires, e.expects, e.releases) = 0
                AND e.version BETWEEN -9007199254740992 AND 9007199254740992
                AND e.ruleset BETWEEN -9007199254740992 AND 9007199254740992
                AND coalesce(e.clock_offset, 0) BETWEEN -9007199254740992 AND 9007199254740992
                AND coalesce(array_ndims(e.because), 1) = 1 AND array_position(e.because, NULL) IS NULL
                AND coalesce(array_ndims(e.private), 1) = 1 AND array_position(e.private, NULL) IS NULL
                AND coalesce(array_ndims(e.touches), 1) = 1 AND cardinality(e.touches) <= 200
                AND coalesce(array_length(e.claims, 2), 2) = 2 AND coalesce(array_ndims(e.claims), 2) = 2
                AND coalesce(array_length(e.requires, 2), 2) = 2 AND coalesce(array_ndims(e.requires), 2) = 2
                AND coalesce(array_length(e.expects, 2), 2) = 2 AND coalesce(array_ndims(e.expects), 2) = 2
                AND coalesce(array_length(e.releases, 2), 2) = 2 AND coalesce(array_ndims(e.releases), 2) = 2
                AND left(e.body::text, 1) = '{' AND left(e.input::text, 1) = '{'
                AND json_strip_nulls(replace(e.body::text, ':null', ':0')::json)::text = replace(e.body::text, ':null', ':0')
                AND e.body::text !~ '(":|[[,])(-0|-?[0-9]+[.eE]|-?[0-9]{16})', false) AS sure
        FROM (SELECT u.o, u.content, u.hash, u.former, convert_from(u.content, 'UTF8') AS t
              FROM unnest(p_contents, p_hashes, array_prepend(NULL, p_hashes[:n - 1])) WITH ORDINALITY
                AS u(content, hash, former, o) OFFSET 0) AS s,
            LATERAL json_populate_record(NULL::hub.envelope, s.t::json) AS e
    ), box(o, depth, j) AS (
        SELECT p.o, 1, p.body FROM parsed p WHERE position('{' IN substr(p.body::text, 2)) > 0
            OR position('[[' IN p.body::text) > 0
        UNION ALL
        SELECT b.o, b.depth + 1, inner_box.value
        FROM box b, LATERAL (
            SELECT value FROM json_each(CASE WHEN left(b.j::text, 1) = '{' THEN b.j END)
            UNION ALL SELECT value FROM json_array_elements(CASE WHEN left(b.j::text, 1) = '[' THEN b.j END)
        ) AS inner_box
        WHERE b.depth < 40 AND left(inner_box.value::text, 1) IN ('{', '[')
    ), keys_in_order(names) AS MATERIALIZED (
        SELECT DISTINCT names FROM (
            SELECT ARRAY(SELECT json_object_keys(p.body)) AS names FROM parsed p
            UNION ALL SELECT ARRAY(SELECT json_object_keys(b.j)) FROM box b WHERE b.depth > 1 AND left(b.j::text, 1) = '{'
        ) AS every_object
    ), inputs(input) AS MATERIALIZED (SELECT DISTINCT p.input::text FROM parsed p
    ), said AS (
        SELECT p.o, one.* FROM parsed p, LATERAL (
            SELECT CASE WHEN g > p.to_claims THEN 3 WHEN g > p.to_releases THEN 2 WHEN g > p.to_expects THEN 1 ELSE 0 END
                    AS phase,
                p.pairs[g][1] AS key, p.pairs[g][2] AS stated,
                CASE WHEN g <= p.to_releases OR g > p.to_claims THEN p.pairs[g][2] END AS after
            FROM generate_subscripts(p.pairs, 1) AS g
            UNION ALL SELECT 4, 'last:' || t, p.id, p.id FROM unnest(p.touches) AS t
        ) AS one
    ), laid AS (
        SELECT array_agg(s.o) AS o, array_agg(s.phase) AS phase, array_agg(s.key) AS key, array_agg(s.stated) AS stated,
            array_agg(s.after) AS after,
            bool_and(s.key IS NOT NULL AND (s.stated IS NOT NULL OR s.phase < 2)) AS whole
        FROM said s
    ), quoted AS (
        SELECT coalesce(array_agg(c.commitment), '{}') AS cited, array_agg(c.o) AS cited_by
        FROM (SELECT u AS commitment, min(p.o) AS o FROM parsed p, unnest(p.private) AS u GROUP BY u) AS c
    ), seen AS (
        SELECT array_agg(p.kind) AS kinds, bool_and(p.chained) AS chained, bool_and(p.sure)
            AND NOT EXISTS (SELECT FROM box WHERE box.depth = 40)
            AND NOT EXISTS (
                SELECT FROM keys_in_order k, LATERAL (
                    SELECT name, lag(name) OVER (ORDER BY place) AS former
                    FROM unnest(k.names) WITH ORDINALITY AS u(name, place)) AS walked
                WHERE walked.former COLLATE "C" >= walked.name COLLATE "C")
            AND NOT EXISTS (
                SELECT FROM inputs i, LATERAL (
                    SELECT x.key, lag(x.key) OVER (ORDER BY x.place) AS former, x.value
                    FROM json_each(i.input::json) WITH ORDINALITY AS x(key, value, place)) AS walked
                WHERE walked.former COLLATE "C" >= walked.key COLLATE "C" OR json_typeof(walked.value) <> 'string')
            -- The form of an input of texts is checked here: they are few, and the same again and again.
            AND NOT EXISTS (SELECT FROM inputs i WHERE json_strip_nulls(i.input::json)::text <> i.input)
            AS sure
        FROM parsed p
    )
    SELECT seen.kinds, seen.chained, seen.sure AND coalesce(laid.whole, true),
        quoted.cited, quoted.cited_by,
        laid.o, laid.phase, laid.key, laid.stated, laid.after
    INTO kinds, chained, sure, cited, cited_by, o, phase, key, stated, after
    FROM seen, laid, quoted;
    IF NOT chained THEN
        PERFORM hub.say('GMREF', 'The chain of these entries is broken: an entry does not follow the one before it.');
    ELSIF sure IS NOT TRUE THEN
        PERFORM hub.say_fault(p_scope, p_writer, p_first_seq, p_contents);
    END IF;
EXCEPTION WHEN data_exception OR statement_too_complex OR feature_not_supported THEN
    PERFORM hub.say_fault(p_scope, p_writer, p_first_seq, p_contents);
    RAISE;
END $$;

-- Says no to a batch for its first entry that is none; returns when every one is.
CREATE OR REPLACE FUNCTION hub.say_fault(p_scope text, p_writer text, p_first_seq bigint, p_contents bytea[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT p_first_seq + u.o - 1 AS seq, hub.fault_of(p_scope, p_writer, p_first_seq + u.o - 1, u.content) AS fault
        FROM unnest(p_contents) WITH ORDINALITY AS u(content, o)
    LOOP
        IF found.fault IS NOT NULL THEN
            PERFORM hub.say('GMREF', format('Entry %s of this bench was not taken: %s.', found.seq, found.fault));
        END IF;
    END LOOP;
END $$;
