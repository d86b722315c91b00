-- Reads a batch: checks its chain and its bytes, and lays out what the judge needs. Before any lock is taken.
--
-- An entry that was proved once the long way leaves a template: its bytes with a % in place of every value that is a text
-- or a number. What has the same bytes around its values, and as many quotation marks, is as canonical as the first one,
-- and its lines lie at the same places (hub.template_of says why). Whatever meets no template is proved the long way.

-- One line for each premise and touch, in the order in which they are walked. place: eight times the place of the entry
-- in the batch, from 1, and 0 for what it requires, 1 expects, 2 releases, 3 claims, 4 touches. stated: the holder named;
-- for a touch the entry itself.
DROP FUNCTION IF EXISTS hub.read(text, text, bigint, bytea[], bytea[]);
CREATE FUNCTION hub.read(
    p_scope text, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    OUT kinds text[], OUT cited text[], OUT cited_by integer[], OUT place integer[], OUT key text[], OUT stated text[]
) LANGUAGE plpgsql AS $$
DECLARE
    known record;
    one record;
BEGIN
    known := hub.read_known(p_scope, p_writer, p_first_seq, p_hashes, p_contents);
    IF NOT known.follows THEN
        PERFORM hub.say('GMREF', 'The chain of these entries is broken: an entry does not follow the one before it.');
    ELSIF known.unknown IS NOT NULL AND hub.learn(p_scope, p_writer, p_first_seq, p_contents, known.unknown) THEN
        known := hub.read_known(p_scope, p_writer, p_first_seq, p_hashes, p_contents);
    END IF;
    kinds := known.kinds; cited := known.cited; cited_by := known.cited_by;
    place := known.place; key := known.key; stated := known.stated;
    IF known.unknown IS NOT NULL THEN
        FOR one IN SELECT u.o, r.* FROM unnest(known.unknown) AS u(o),
            hub.read_one(p_scope, p_writer, p_first_seq + u.o - 1, p_contents[u.o], u.o) AS r
        LOOP
            kinds[one.o] := one.kind;
            cited := cited || one.cited;
            cited_by := cited_by || array_fill(one.o, ARRAY[cardinality(one.cited)]);
            place := place || one.place;
            key := key || one.key;
            stated := stated || one.stated;
        END LOOP;
        SELECT coalesce(array_agg(u.place ORDER BY u.place, u.n), '{}'),
            coalesce(array_agg(u.key ORDER BY u.place, u.n), '{}'), coalesce(array_agg(u.stated ORDER BY u.place, u.n), '{}')
        INTO place, key, stated FROM unnest(place, key, stated) WITH ORDINALITY AS u(place, key, stated, n);
        SELECT coalesce(array_agg(u.cited ORDER BY u.o, u.n), '{}'), coalesce(array_agg(u.o ORDER BY u.o, u.n), '{}')
        INTO cited, cited_by FROM unnest(cited, cited_by) WITH ORDINALITY AS u(cited, o, n);
    END IF;
    -- A key stands in its entry: no entry of a thousand bytes names a longer one.
    IF (SELECT max(octet_length(c)) FROM unnest(p_contents) AS c) > 990 THEN
        PERFORM hub.check_keys(p_first_seq, place, key);
    END IF;
EXCEPTION WHEN data_exception OR statement_too_complex OR feature_not_supported THEN
    FOR o IN 1 .. cardinality(p_contents) LOOP
        PERFORM hub.say_fault(p_scope, p_writer, p_first_seq + o - 1, p_contents[o]);
    END LOOP;
    RAISE;
END $$;

-- Reads what meets a template; unknown: the places of what meets none, NULL when everything does.
DROP FUNCTION IF EXISTS hub.read_known(text, text, bigint, bytea[], bytea[]);
CREATE FUNCTION hub.read_known(
    p_scope text, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    OUT follows boolean, OUT unknown integer[],
    OUT kinds text[], OUT cited text[], OUT cited_by integer[], OUT place integer[], OUT key text[], OUT stated text[]
) LANGUAGE plpgsql STABLE AS $$
BEGIN
    WITH seen AS MATERIALIZED (
        SELECT u.o::integer AS o, u.follows, t.kind, t.place, t.key_at, t.stated_at, t.cited_at,
            CASE WHEN t.kind IS NOT NULL THEN u.rest END AS rest
        FROM (
            SELECT r.o, r.follows, r.written, r.rest, pg_column_size(to_json(r.written)) - octet_length(r.written) - 6 AS quotes,
                split_part(split_part(r.rest, '"kind":"', 2), '"', 1) AS kind
            FROM (
                SELECT c.o, c.before IS NULL OR sha256(c.before || c.content) = c.hash AS follows, w.written, w.rest
                FROM unnest(p_contents, p_hashes, array_prepend(NULL, p_hashes))
                    WITH ORDINALITY AS c(content, hash, before, o),
                    LATERAL (SELECT v.written, split_part(v.written, ',"claims":[', 2) AS rest
                        FROM (SELECT convert_from(c.content, 'UTF8') AS written OFFSET 0) AS v OFFSET 0) AS w
                WHERE c.content IS NOT NULL
            ) AS r OFFSET 0
        ) AS u
        LEFT JOIN LATERAL (
            SELECT x.kind, x.place, x.key_at, x.stated_at, x.cited_at FROM hub.template x
            WHERE x.kind = u.kind AND x.quotes = u.quotes AND u.written LIKE x.pattern
                AND split_part(u.rest, '"', x.scope_at) = p_scope AND split_part(u.rest, '"', x.writer_at) = p_writer
                AND split_part(u.rest, '"', x.seq_at) = ':' || p_first_seq + u.o - 1 || ','
                AND octet_length(u.written) <= 64000
                AND (cardinality(x.number_tail) = 0 OR left(split_part(
                    split_part(u.written, x.number_key[1], x.number_nth[1]), '"', 1), -x.number_tail[1])
                    ~ '^(?:0|-?[1-9][0-9]{0,14})$')
                AND (cardinality(x.number_tail) < 2 OR NOT EXISTS (
                    SELECT FROM unnest(x.number_key, x.number_nth, x.number_tail) AS n(key, nth, tail)
                    WHERE left(split_part(split_part(u.written, n.key, n.nth), '"', 1), -n.tail)
                        !~ '^(?:0|-?[1-9][0-9]{0,14})$'))
            LIMIT 1
        ) AS t ON true
    )
    SELECT e.kinds, e.follows, e.unknown, l.place, l.key, l.stated, c.cited, c.cited_by
    INTO kinds, follows, unknown, place, key, stated, cited, cited_by
    FROM (SELECT array_agg(s.kind) AS kinds, bool_and(s.follows) AS follows,
              array_agg(s.o) FILTER (WHERE s.kind IS NULL) AS unknown FROM seen s) AS e,
        (SELECT coalesce(array_agg(x.o * 8 + x.place), '{}') AS place,
             coalesce(array_agg(CASE x.place WHEN 4 THEN 'last:' ELSE '' END || split_part(x.rest, '"', x.key_at)), '{}') AS key,
             coalesce(array_agg(CASE x.place WHEN 4 THEN p_writer || '/' || p_first_seq + x.o - 1
                 ELSE split_part(x.rest, '"', x.stated_at) END), '{}') AS stated
         FROM (SELECT s.o, s.rest, unnest(s.place) AS place, unnest(s.key_at) AS key_at, unnest(s.stated_at) AS stated_at
               FROM seen s) AS x) AS l,
        (SELECT coalesce(array_agg(split_part(x.rest, '"', x.cited_at)), '{}') AS cited,
             coalesce(array_agg(x.o), '{}') AS cited_by
         FROM (SELECT s.o, s.rest, unnest(s.cited_at) AS cited_at FROM seen s) AS x) AS c;
END $$;

-- Keys stand in an index, which holds some 2,700 bytes a row.
CREATE OR REPLACE FUNCTION hub.check_keys(p_first_seq bigint, p_place integer[], p_key text[]) RETURNS void
LANGUAGE plpgsql STABLE AS $$
DECLARE
    most constant integer := 1000;
    long record;
BEGIN
    IF (SELECT max(octet_length(k)) FROM unnest(p_key) AS k) > most THEN
        SELECT (u.place >> 3) + p_first_seq - 1 AS seq, octet_length(u.key) AS size INTO long
        FROM unnest(p_place, p_key) AS u(place, key) WHERE octet_length(u.key) > most LIMIT 1;
        PERFORM hub.say('GMREF', format('Entry %s of this bench was not taken: it names a key or a subject of %s bytes, '
            'the most is %s.', long.seq, long.size, most));
    END IF;
END $$;

-- Reads the entry at place p_o of a batch the long way; says no to what is no entry.
--
-- What is quicker here only says yes when the bytes are surely canonical: row_to_json writes the fields in their order,
-- one expression reads body and input token by token. What is not surely canonical goes to hub.fault_of.
CREATE OR REPLACE FUNCTION hub.read_one(
    p_scope text, p_writer text, p_seq bigint, p_content bytea, p_o integer,
    OUT kind text, OUT cited text[], OUT place integer[], OUT key text[], OUT stated text[]
) LANGUAGE plpgsql STABLE AS $$
DECLARE
    written constant text := convert_from(p_content, 'UTF8');
    e constant hub.envelope := json_populate_record(NULL::hub.envelope, written::json);
    pairs constant text[] := e.requires || e.expects || e.releases || e.claims;
BEGIN
    IF (row_to_json(e)::text = written
        AND e.format = 1 AND e.writer = p_writer AND e.seq = p_seq AND e.scope = p_scope
        AND octet_length(p_content) <= 64000
        AND num_nulls(e.occurred_at, e.app, e.kind, e.action) = 0 AND hub.wrong_lists(e) IS NOT TRUE
        AND e.version BETWEEN -9007199254740992 AND 9007199254740992
        AND e.ruleset BETWEEN -9007199254740992 AND 9007199254740992
        AND coalesce(e.clock_offset, 0) BETWEEN -9007199254740992 AND 9007199254740992
        AND cardinality(e.touches) <= 200
        AND e.body::text || e.input::text ~ '^\{(?:[][{},:]|"(?:[^"\\]|\\["\\bfnrt]|\\u00(?:0[1-7bef]|1[0-9a-f]))*"|true|false|null|(?:0|-?[1-9][0-9]{0,14})[],}])*$'
        AND e.input::text ~ '^\{(?:"[^"\\]*":"[^"\\]*"(?:,"[^"\\]*":"[^"\\]*")*)?\}$'
        AND hub.in_order(e.body) AND hub.in_order(e.input)) IS NOT TRUE
    THEN
        PERFORM hub.say_fault(p_scope, p_writer, p_seq, p_content);
    END IF;
    kind := e.kind;
    cited := e.private;
    SELECT coalesce(array_agg(l.place), '{}'), coalesce(array_agg(l.key), '{}'), coalesce(array_agg(l.stated), '{}')
    INTO place, key, stated
    FROM (
        SELECT p_o * 8 + CASE WHEN g <= cardinality(e.requires) / 2 THEN 0
                WHEN g <= (cardinality(e.requires) + cardinality(e.expects)) / 2 THEN 1
                WHEN g <= (cardinality(pairs) - cardinality(e.claims)) / 2 THEN 2 ELSE 3 END AS place,
            pairs[g][1] AS key, pairs[g][2] AS stated
        FROM generate_series(1, cardinality(pairs) / 2) AS g
        UNION ALL SELECT p_o * 8 + 4, 'last:' || t.subject, p_writer || '/' || p_seq FROM unnest(e.touches) AS t(subject)
    ) AS l;
END $$;

-- Proves one entry of each kind and number of quotation marks among these and keeps its template; whether one is new.
-- Not without end, whatever a bench sends; in their order, so that two benches that bring the same do not wait for each
-- other in a circle.
CREATE OR REPLACE FUNCTION hub.learn(
    p_scope text, p_writer text, p_first_seq bigint, p_contents bytea[], p_unknown integer[]
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    one record;
    made hub.template;
    learned boolean := false;
BEGIN
    FOR one IN
        SELECT DISTINCT ON (e.kind, e.marks) e.* FROM (
            SELECT u.o, w.written, split_part(split_part(w.written, '"kind":"', -1), '"', 1) AS kind,
                octet_length(to_json(w.written)::text) - octet_length(w.written) - 2 AS marks
            FROM unnest(p_unknown) AS u(o), LATERAL (SELECT convert_from(p_contents[u.o], 'UTF8') AS written OFFSET 0) AS w
            WHERE octet_length(w.written) <= 5000
        ) AS e
        WHERE e.marks = length(e.written) - length(replace(e.written, '"', '')) AND octet_length(e.kind) <= 100
            AND (SELECT count(*) FROM hub.template) < 5000
            AND (SELECT count(*) FROM hub.template t WHERE t.kind = e.kind) < 200
        ORDER BY e.kind, e.marks, e.o
    LOOP
        PERFORM hub.read_one(p_scope, p_writer, p_first_seq + one.o - 1, p_contents[one.o], one.o);
        made := hub.template_of(one.written);
        IF made.kind = one.kind AND one.written LIKE made.pattern THEN
            INSERT INTO hub.template VALUES (made.*) ON CONFLICT DO NOTHING;
            learned := learned OR FOUND;
        END IF;
    END LOOP;
    RETURN learned;
END $$;

-- The template of the bytes of a proved entry that holds no backslash. NULL for what has none: a list of numbers in it,
-- or claims within its body. Split at quotation marks, bytes have texts in the even parts and what stands between them in
-- the odd ones; where premises stand is counted from the claims on.
--
-- Bytes that meet the pattern, have as many quotation marks as it and no backslash and no control character, have the
-- same parts: the pattern names every mark, so nothing that stands for a % holds one. What stands for the % of a text is
-- then a text of one part, whatever is in it; what stands for the % of a number is looked at by hub.read_known. So they
-- have the same keys in the same order, lists as long, nothing where there was nothing: they are canonical as the first one
-- is, and their lines lie in the same parts. hub.read_known counts the marks by writing the bytes as a text of JSON: that
-- grows by one for each mark, and by one or more for each backslash and control character, so when it grew by the marks of
-- the pattern there are no more marks than these, and none of the others.
CREATE OR REPLACE FUNCTION hub.template_of(p_written text) RETURNS hub.template LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    premises constant text[] := ARRAY['requires', 'expects', 'releases', 'claims'];
    part constant text[] := string_to_array(p_written, '"');
    before constant integer := cardinality(string_to_array(split_part(p_written, ',"claims":[', 1), '"')) + 1;
    made hub.template;
    is_key boolean;
    depth integer := 1;
    field text;
    after text;
    tail text;
BEGIN
    made.quotes := cardinality(part) - 1;
    made.pattern := part[1];
    made.place := '{}'; made.key_at := '{}'; made.stated_at := '{}'; made.cited_at := '{}';
    made.number_key := '{}'; made.number_nth := '{}'; made.number_tail := '{}';
    FOR i IN 2 .. cardinality(part) - 1 BY 2 LOOP
        after := part[i + 1];
        is_key := left(after, 1) = ':';
        IF is_key AND depth = 1 THEN
            field := part[i];
        ELSIF is_key THEN
            NULL;
        ELSIF field = 'kind' THEN
            made.kind := part[i];
        ELSIF field = 'scope' THEN
            made.scope_at := i - before;
        ELSIF field = 'writer' THEN
            made.writer_at := i - before;
        ELSIF field = 'private' THEN
            made.cited_at := made.cited_at || i - before;
        ELSIF field = 'touches' THEN
            made.place := made.place || 4;
            made.key_at := made.key_at || i - before;
            made.stated_at := array_append(made.stated_at, NULL);
        ELSIF field = ANY (premises) AND right(part[i - 1], 1) = '[' THEN
            made.place := made.place || array_position(premises, field) - 1;
            made.key_at := made.key_at || i - before;
            made.stated_at := array_append(made.stated_at, CASE WHEN after = ',' THEN i + 2 - before END);
        END IF;
        made.pattern := made.pattern || '"' || CASE WHEN is_key OR field = 'kind'
            THEN replace(replace(part[i], '%', '\%'), '_', '\_') ELSE '%' END || '"';
        tail := CASE WHEN after ~ '^:-?[0-9]+[^0-9]+$' THEN ltrim(after, ':-0123456789') END;
        IF depth = 1 AND field = 'seq' THEN
            made.seq_at := i + 1 - before;
            made.pattern := made.pattern || ':%' || tail;
        ELSIF after !~ '[0-9]' OR (depth = 1 AND field IN ('format', 'ruleset', 'version')) THEN
            made.pattern := made.pattern || after;
        ELSIF tail IS NULL THEN
            RETURN NULL;
        ELSE
            made.number_key := made.number_key || ('"' || part[i] || '":');
            made.number_nth := made.number_nth || (SELECT count(*) + 1 FROM generate_series(2, i, 2) AS g
                WHERE part[g] = part[i] AND left(part[g + 1], 1) = ':')::integer;
            made.number_tail := made.number_tail || length(tail);
            made.pattern := made.pattern || ':%' || tail;
        END IF;
        depth := depth + length(translate(after, '}]', '')) - length(translate(after, '{[', ''));
    END LOOP;
    IF split_part(p_written, ',"claims":[', 3) <> '' THEN
        RETURN NULL;
    END IF;
    SELECT coalesce(array_agg(l.place), '{}'), coalesce(array_agg(l.key_at), '{}'), coalesce(array_agg(l.stated_at), '{}')
    INTO made.place, made.key_at, made.stated_at
    FROM (SELECT * FROM unnest(made.place, made.key_at, made.stated_at) AS u(place, key_at, stated_at) ORDER BY 1, 2) AS l;
    made.digest := sha256(convert_to(made.pattern, 'UTF8'));
    RETURN made;
END $$;

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
