-- Reads a batch: checks its chain and its bytes, and lays out what the judge needs. Before any lock is taken.
--
-- What is quick here only says yes when the bytes are surely canonical: row_to_json writes the fields in their order, one
-- expression reads body and input token by token, and the order of their keys is that of a shape that was proved before
-- (hub.shape_of). What is not surely canonical goes to hub.fault_of.

-- One line for each premise and touch, in the order in which they are walked. place: eight times the place of the entry
-- in the batch, from 1, and 0 for what it requires, 1 expects, 2 releases, 3 claims, 4 touches. stated: the holder named;
-- for a touch the entry itself.
DROP FUNCTION IF EXISTS hub.read(text, text, bigint, bytea[], bytea[]);
CREATE FUNCTION hub.read(
    p_scope text, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    OUT kinds text[], OUT cited text[], OUT cited_by integer[], OUT place integer[], OUT key text[], OUT stated text[]
) LANGUAGE plpgsql AS $$
DECLARE
    n constant integer := cardinality(p_hashes);
    content bytea;
    written text;
    e hub.envelope;
    said text;
    shapes text[] := '{}';
    shape text;
    new_kinds text[] := '{}';
    new_shapes text[] := '{}';
    pairs text[];
    to_expects integer;
    to_releases integer;
    to_claims integer;
    lines integer := 0;
    quotes integer := 0;
    one text;
BEGIN
    kinds := '{}'; cited := '{}'; cited_by := '{}'; place := '{}'; key := '{}'; stated := '{}';
    FOR o IN 1 .. n LOOP
        content := p_contents[o];
        written := convert_from(content, 'UTF8');
        e := json_populate_record(NULL::hub.envelope, written::json);
        said := e.body::text || e.input::text;
        IF o > 1 AND sha256(p_hashes[o - 1] || content) <> p_hashes[o] THEN
            PERFORM hub.say('GMREF', 'The chain of these entries is broken: an entry does not follow the one before it.');
        ELSIF (row_to_json(e)::text = written
            AND e.format = 1 AND e.writer = p_writer AND e.seq = p_first_seq + o - 1 AND e.scope = p_scope
            AND octet_length(content) <= 64000
            AND num_nulls(e.occurred_at, e.app, e.kind, e.action, e.because, e.private, e.touches, e.claims,
                e.requires, e.expects, e.releases) = 0
            AND e.version BETWEEN -9007199254740992 AND 9007199254740992
            AND e.ruleset BETWEEN -9007199254740992 AND 9007199254740992
            AND coalesce(e.clock_offset, 0) BETWEEN -9007199254740992 AND 9007199254740992
            AND coalesce(array_ndims(e.because), 1) = 1 AND array_position(e.because, NULL) IS NULL
            AND coalesce(array_ndims(e.private), 1) = 1 AND array_position(e.private, NULL) IS NULL
            AND coalesce(array_ndims(e.touches), 1) = 1 AND array_position(e.touches, NULL) IS NULL
            AND cardinality(e.touches) <= 200
            AND coalesce(array_length(e.claims, 2), 2) = 2 AND coalesce(array_ndims(e.claims), 2) = 2
            AND coalesce(array_length(e.requires, 2), 2) = 2 AND coalesce(array_ndims(e.requires), 2) = 2
            AND coalesce(array_length(e.expects, 2), 2) = 2 AND coalesce(array_ndims(e.expects), 2) = 2
            AND coalesce(array_length(e.releases, 2), 2) = 2 AND coalesce(array_ndims(e.releases), 2) = 2
            AND said ~ '^\{(?:[][{},:]|"(?:[^"\\]|\\["\\bfnrt]|\\u00(?:0[1-7bef]|1[0-9a-f]))*"|true|false|null|(?:0|-?[1-9][0-9]{0,14})[],}])*$'
            AND e.input::text ~ '^\{(?:"[^"\\]*":"[^"\\]*"(?:,"[^"\\]*":"[^"\\]*")*)?\}$') IS NOT TRUE
        THEN
            PERFORM hub.say_fault(p_scope, p_writer, p_first_seq + o - 1, content);
        ELSIF hub.counted(said) LIKE ANY (shapes) IS NOT TRUE THEN
            shape := (SELECT x.shape FROM hub.shape x WHERE x.kind = e.kind AND hub.counted(said) LIKE x.shape LIMIT 1);
            IF shape IS NULL AND hub.in_order(e.body) AND hub.in_order(e.input) THEN
                shape := hub.shape_of(said);
                new_kinds := new_kinds || e.kind;
                new_shapes := new_shapes || shape;
            ELSIF shape IS NULL THEN
                PERFORM hub.say_fault(p_scope, p_writer, p_first_seq + o - 1, content);
            END IF;
            shapes := shapes || shape;
        END IF;
        kinds[o] := e.kind;
        FOREACH one IN ARRAY e.private LOOP
            quotes := quotes + 1;
            cited[quotes] := one;
            cited_by[quotes] := o;
        END LOOP;
        pairs := e.requires || e.expects || e.releases || e.claims;
        IF cardinality(pairs) > 0 THEN
            to_expects := cardinality(e.requires) / 2;
            to_releases := to_expects + cardinality(e.expects) / 2;
            to_claims := to_releases + cardinality(e.releases) / 2;
            FOR g IN 1 .. cardinality(pairs) / 2 LOOP
                lines := lines + 1;
                place[lines] := o * 8 + CASE WHEN g > to_claims THEN 3 WHEN g > to_releases THEN 2 WHEN g > to_expects THEN 1 ELSE 0 END;
                key[lines] := pairs[g][1];
                stated[lines] := pairs[g][2];
            END LOOP;
        END IF;
        FOREACH one IN ARRAY e.touches LOOP
            lines := lines + 1;
            place[lines] := o * 8 + 4;
            key[lines] := 'last:' || one;
            stated[lines] := p_writer || '/' || p_first_seq + o - 1;
        END LOOP;
    END LOOP;
    IF NOT hub.whole(place, key, stated) THEN
        PERFORM hub.say_faults(p_scope, p_writer, p_first_seq, p_contents);
    END IF;
    IF cardinality(new_shapes) > 0 THEN
        PERFORM hub.keep_shapes(new_kinds, new_shapes);
    END IF;
EXCEPTION WHEN data_exception OR statement_too_complex OR feature_not_supported THEN
    PERFORM hub.say_faults(p_scope, p_writer, p_first_seq, p_contents);
    RAISE;
END $$;

-- Whether each line names a key, and each release and claim a holder.
CREATE OR REPLACE FUNCTION hub.whole(p_place integer[], p_key text[], p_stated text[]) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN array_position(p_key, NULL) IS NULL AND (array_position(p_stated, NULL) IS NULL
        OR NOT EXISTS (SELECT FROM unnest(p_place, p_stated) AS u(place, stated)
            WHERE u.stated IS NULL AND u.place & 7 >= 2));
END $$;

-- A text of objects behind its numbers of key ends, opening braces and backslashes, and whether it has few brackets. The
-- casts keep it one expression: what joins a number to a text without one is a function that cannot be written out.
CREATE OR REPLACE FUNCTION hub.counted(p_said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT ((octet_length(p_said) - octet_length(replace(p_said, '":', ''))) / 2)::text
        || ' ' || (octet_length(p_said) - octet_length(replace(p_said, '{', '')))::text
        || ' ' || (octet_length(p_said) - octet_length(replace(p_said, '\', '')))::text
        || ' ' || (octet_length(p_said) - octet_length(replace(p_said, '[', '')) < 40)::text || p_said
$$;

-- The shape of canonical objects whose keys are in order: a pattern for LIKE over what hub.counted gives, with whatever
-- is no key and no brace left open. What meets it has the same keys and braces in the same order, so its keys are in
-- order as well:
--   There is no backslash, so every quotation mark begins or ends a text. A quoted word with a colon behind it is then a
--   key, because nothing that stands between two texts is a word. There are as many key ends as the pattern names keys,
--   and as many opening braces as it has, so what is left open holds neither a key nor an object; and between two open
--   places there is always a key, to which the braces and brackets beside it join without a gap: they are none of a text.
-- NULL where that does not hold: a backslash, a key that is no word, a key end or a brace in a text, a deep nest.
CREATE OR REPLACE FUNCTION hub.shape_of(p_said text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    counts text := left(hub.counted(p_said), -length(p_said));
    shape text := regexp_replace(p_said, '(:|\[|,)(?:"[^"]*"|[-0-9a-z]+)(?=[],}])', '\1%', 'g');
BEGIN
    shape := regexp_replace(replace(replace(shape, '[]', '[%]'), '_', '\_'), '%(?:,%)+', '%', 'g');
    IF counts ~ '^[0-9]+ [0-9]+ 0 true$' AND octet_length(shape) <= 2000
        AND left(hub.counted(shape), length(counts) - 6) = left(counts, -6)
        AND shape ~ '^(?:[][{},]*(?:"(?:[a-z0-9]|\\_)+":[][{},]*)+%)*(?:[][{},]*"(?:[a-z0-9]|\\_)+":[][{},]*)*[][{},]*$'
        AND hub.counted(p_said) LIKE counts || shape THEN
        RETURN counts || shape;
    END IF;
    RETURN NULL;
END $$;

-- Keeps shapes for the next batch. In their order, so that two benches that bring the same do not wait for each other in
-- a circle; and not without end, whatever a bench sends.
CREATE OR REPLACE FUNCTION hub.keep_shapes(p_kinds text[], p_shapes text[]) RETURNS void LANGUAGE sql AS $$
    INSERT INTO hub.shape (kind, shape)
    SELECT DISTINCT u.kind, u.shape FROM unnest(p_kinds, p_shapes) AS u(kind, shape)
    WHERE u.shape IS NOT NULL AND octet_length(u.kind) <= 100
        AND (SELECT count(*) FROM hub.shape) < 2000 AND (SELECT count(*) FROM hub.shape x WHERE x.kind = u.kind) < 100
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING
$$;

-- Whether the keys of this object and of every object inside it stand in their order, each once; false for what is
-- nested deeper than 40.
CREATE OR REPLACE FUNCTION hub.in_order(p_object json) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    said boolean;
BEGIN
    WITH RECURSIVE box(depth, kind, j) AS (
        SELECT 1, 'object', p_object
        UNION ALL
        SELECT b.depth + 1, json_typeof(inside.value), inside.value
        FROM box b, LATERAL (
            SELECT value FROM json_each(CASE WHEN b.kind = 'object' THEN b.j END)
            UNION ALL SELECT value FROM json_array_elements(CASE WHEN b.kind = 'array' THEN b.j END)
        ) AS inside
        WHERE b.depth < 40 AND json_typeof(inside.value) IN ('object', 'array')
    ), named AS (SELECT ARRAY(SELECT json_object_keys(b.j)) AS names FROM box b WHERE b.kind = 'object')
    SELECT (SELECT max(b.depth) < 40 FROM box b)
        AND (SELECT bool_and(n.names = ARRAY(SELECT DISTINCT k COLLATE "C" FROM unnest(n.names) AS k ORDER BY 1)) FROM named n)
    INTO said;
    RETURN said;
END $$;

-- Says no to a batch for its first entry that is none; returns when every one is.
CREATE OR REPLACE FUNCTION hub.say_faults(p_scope text, p_writer text, p_first_seq bigint, p_contents bytea[])
RETURNS void LANGUAGE plpgsql STABLE AS $$
BEGIN
    FOR o IN 1 .. cardinality(p_contents) LOOP
        PERFORM hub.say_fault(p_scope, p_writer, p_first_seq + o - 1, p_contents[o]);
    END LOOP;
END $$;

DROP FUNCTION IF EXISTS hub.say_fault(text, text, bigint, bytea[]);
CREATE OR REPLACE FUNCTION hub.say_fault(p_scope text, p_writer text, p_seq bigint, p_content bytea) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    fault text := hub.fault_of(p_scope, p_writer, p_seq, p_content);
BEGIN
    IF fault IS NOT NULL THEN
        PERFORM hub.say('GMREF', format('Entry %s of this bench was not taken: %s.', p_seq, fault));
    END IF;
END $$;
