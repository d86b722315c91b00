-- Takes a batch of one writer's entries in: the only way in for a bench.

-- Answers ok, dup, gap, fork, history, busy, upgrade or refused, with how far the hub has the writer's entries, its head
-- and epoch, and words. One statement, so that the lock on the scope's row never spans a round trip.
CREATE OR REPLACE FUNCTION hub.append(
    p_protocol integer, p_scope text, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    p_subjects text[], p_commitments text[], p_salts bytea[], p_values text[],
    p_position bigint, p_order_hash bytea, p_epoch text,
    OUT answer text, OUT acked_seq bigint, OUT head bigint, OUT epoch text, OUT detail text
) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    bench hub.bench;
    taken record;
BEGIN
    SELECT * INTO bench FROM hub.bench b WHERE b.login = session_user;
    detail := '';
    BEGIN
        epoch := hub.admit(bench, p_scope, p_protocol, p_position, p_order_hash, p_epoch);
        PERFORM hub.check_size(p_first_seq, p_hashes, p_contents, p_subjects, p_commitments, p_salts, p_values);
        taken := hub.take_in(bench, p_writer, p_first_seq, p_hashes, p_contents,
            p_subjects, p_commitments, p_salts, p_values);
        answer := taken.answer;
        acked_seq := taken.acked_seq;
        head := taken.head;
    EXCEPTION WHEN OTHERS THEN
        answer := hub.answer_of(sqlstate);
        IF answer IS NULL THEN
            RAISE;
        END IF;
        detail := CASE WHEN sqlstate LIKE 'GM%' THEN sqlerrm ELSE 'The hub is busy. The bench sends again by itself.' END;
    END;
    IF head IS NULL THEN
        acked_seq := coalesce((SELECT w.last_seq FROM hub.writer w
            WHERE w.scope = bench.scope AND w.writer = p_writer AND w.login = bench.login), 0);
        head := coalesce((SELECT s.position FROM hub.scope s WHERE s.scope = bench.scope), 0);
        epoch := hub.epoch(bench.scope);
    END IF;
END $$;

CREATE OR REPLACE FUNCTION hub.check_size(
    p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    p_subjects text[], p_commitments text[], p_salts bytea[], p_values text[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    n integer := cardinality(p_hashes);
    private integer := cardinality(p_commitments);
BEGIN
    IF num_nulls(p_first_seq, p_hashes, p_contents, p_subjects, p_commitments, p_salts, p_values) > 0
        OR cardinality(p_contents) <> n OR cardinality(p_subjects) <> private OR cardinality(p_salts) <> private
        OR cardinality(p_values) <> private OR p_first_seq < 1
        OR array_position(p_hashes, NULL) IS NOT NULL OR array_position(p_contents, NULL) IS NOT NULL THEN
        PERFORM hub.say('GMREF', 'The batch is not one: its lists do not belong together.');
    ELSIF n NOT BETWEEN 1 AND 500 THEN
        PERFORM hub.say('GMREF', format('The batch has %s entries; the hub takes 1 to 500 at a time.', n));
    END IF;
    -- The size of the lists as they lie in memory is over that of what they hold, and is known without a look. What looks
    -- stands alone: an IF that may have to start a statement takes as long as one that does.
    IF pg_column_size(p_contents) > 1000000 THEN
        IF (SELECT sum(octet_length(c)) FROM unnest(p_contents) AS c) > 1000000 THEN
            PERFORM hub.say('GMREF', 'The entries of the batch are over 1 MB; the hub takes at most 1 MB at a time.');
        END IF;
    END IF;
    IF pg_column_size(p_values) + pg_column_size(p_subjects) > 1000000 THEN
        IF (SELECT sum(octet_length(v) + octet_length(s)) FROM unnest(p_values, p_subjects) AS u(v, s)) > 1000000 THEN
            PERFORM hub.say('GMREF', 'The private values of the batch are over 1 MB; the hub takes at most 1 MB at a time.');
        END IF;
    END IF;
END $$;

-- How many entries of the batch the hub has already; says no when one of them differs, or when one is missing before.
CREATE OR REPLACE FUNCTION hub.known_of(
    p_bench hub.bench, p_writer text, p_writer_row hub.writer, p_first_seq bigint, p_hashes bytea[]
) RETURNS integer LANGUAGE plpgsql STABLE AS $$
DECLARE
    last_seq bigint := coalesce(p_writer_row.last_seq, 0);
    known integer := greatest(0, least(cardinality(p_hashes), last_seq - p_first_seq + 1));
BEGIN
    IF p_first_seq = last_seq + 1 AND p_writer_row.login = p_bench.login THEN
        RETURN 0;
    ELSIF p_writer_row.login <> p_bench.login THEN
        PERFORM hub.say('GMREF', format('The writer %s belongs to another bench.', p_writer));
    ELSIF p_first_seq > last_seq + 1 THEN
        PERFORM hub.say('GMGAP', format('The hub has the entries of %s up to %s.', p_writer, last_seq));
    ELSIF known > 0 AND EXISTS (
        SELECT FROM unnest(p_hashes[1:known]) WITH ORDINALITY AS u(hash, o)
        LEFT JOIN hub.entry e ON e.scope = p_bench.scope AND e.writer = p_writer AND e.seq = p_first_seq + u.o - 1
        WHERE e.hash IS DISTINCT FROM u.hash) THEN
        PERFORM hub.say('GMFRK', format('The hub has other entries of %s under the same numbers: '
            'this bench was restored from a copy, or copied.', p_writer));
    END IF;
    RETURN known;
END $$;

DROP FUNCTION IF EXISTS hub.take_in(hub.bench, text, bigint, bytea[], bytea[], text[], text[], bytea[], text[]);
CREATE FUNCTION hub.take_in(
    p_bench hub.bench, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[],
    p_subjects text[], p_commitments text[], p_salts bytea[], p_values text[],
    OUT answer text, OUT acked_seq bigint, OUT head bigint
) LANGUAGE plpgsql AS $$
DECLARE
    n integer := cardinality(p_hashes);
    this_scope text := p_bench.scope;
    w hub.writer;
    place hub.scope;
    batch record;
    known integer;
    verdicts text[];
BEGIN
    answer := 'dup';
    SELECT * INTO w FROM hub.writer x WHERE x.scope = this_scope AND x.writer = p_writer;
    IF hub.known_of(p_bench, p_writer, w, p_first_seq, p_hashes) = n THEN
        RETURN;
    END IF;
    batch := hub.read(this_scope, p_writer, p_first_seq, p_hashes, p_contents);
    IF cardinality(p_commitments) > 0 THEN
        PERFORM hub.check_private(batch.cited, p_subjects, p_commitments, p_salts, p_values);
    END IF;

    SELECT * INTO place FROM hub.scope s WHERE s.scope = this_scope FOR UPDATE;
    SELECT * INTO w FROM hub.writer x WHERE x.scope = this_scope AND x.writer = p_writer;
    IF NOT FOUND THEN
        w := hub.new_writer(p_bench, place, p_writer, batch.kinds[1], p_contents[1]);
    END IF;
    known := hub.known_of(p_bench, p_writer, w, p_first_seq, p_hashes);
    IF known = n THEN
        RETURN;
    ELSIF known = 0 AND sha256(w.last_hash || p_contents[1]) <> p_hashes[1] THEN
        PERFORM hub.say('GMFRK', format('Entry %s of %s does not follow the one that the hub has: '
            'this bench was restored from a copy, or copied.', p_first_seq, p_writer));
    END IF;
    IF 'laboratory.set_up' = ANY (batch.kinds) THEN
        PERFORM hub.check_rehearsal(place, batch.kinds, p_contents);
    END IF;

    verdicts := hub.judge(this_scope, known + 1, n, batch.place, batch.key, batch.stated);
    IF known = 0 THEN
        head := hub.place(place, p_writer, p_first_seq, p_hashes, p_contents, verdicts);
    ELSE
        head := hub.place(place, p_writer, p_first_seq + known, p_hashes[known + 1:], p_contents[known + 1:], verdicts);
    END IF;
    IF cardinality(p_commitments) > 0 THEN
        PERFORM hub.keep_private(place, known, batch.cited, batch.cited_by, p_subjects, p_commitments, p_salts, p_values);
    END IF;
    IF 'private.erased' = ANY (batch.kinds) THEN
        PERFORM hub.erase(place, batch.kinds[known + 1:], p_contents[known + 1:], verdicts);
    END IF;
    answer := 'ok';
    acked_seq := p_first_seq + n - 1;
END $$;

-- Says no to a private value that does not meet its commitment, or that no entry of the batch cites.
DROP FUNCTION IF EXISTS hub.check_private(text[], text[], bytea[], text[]);
CREATE OR REPLACE FUNCTION hub.check_private(
    p_cited text[], p_subjects text[], p_commitments text[], p_salts bytea[], p_values text[]
) RETURNS void LANGUAGE plpgsql STABLE AS $$
DECLARE
    uncited text;
    broken text;
    longest integer;
BEGIN
    IF p_commitments <> p_cited THEN
        uncited := (SELECT c FROM unnest(p_commitments) AS c EXCEPT SELECT unnest(p_cited) LIMIT 1);
    END IF;
    broken := (SELECT u.commitment FROM unnest(p_commitments, p_salts, p_values) AS u(commitment, salt, value)
        WHERE u.salt IS NULL
            OR encode(sha256(u.salt || convert_to(u.value, 'UTF8')), 'hex') <> u.commitment LIMIT 1);
    longest := (SELECT max(coalesce(octet_length(s), 1000000)) FROM unnest(p_subjects) AS s);
    IF longest > 1000 THEN
        PERFORM hub.say('GMREF', 'A private value names no subject, or one of over 1000 bytes.');
    ELSIF uncited IS NOT NULL THEN
        PERFORM hub.say('GMREF', format('A private value (%s) was sent that no entry of the batch cites.', uncited));
    ELSIF broken IS NOT NULL THEN
        PERFORM hub.say('GMREF', format('A private value is not the one that its entry commits to (%s).', broken));
    END IF;
END $$;

-- Keeps the values at the positions of the entries that cite them; what the hub has, or has erased, stays as it is.
CREATE OR REPLACE FUNCTION hub.keep_private(
    p_place hub.scope, p_known integer, p_cited text[], p_cited_by integer[],
    p_subjects text[], p_commitments text[], p_salts bytea[], p_values text[]
) RETURNS void LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_nestloop = off AS $$
BEGIN
    -- A bench sends the values in the order in which its entries cite them: no need to look for each. Nearly always the
    -- hub has none of them, and to write a row costs a third less where no conflict is allowed for.
    IF p_commitments = p_cited THEN
        BEGIN
            INSERT INTO hub.private (scope, subject, commitment, salt, value, position)
            SELECT p_place.scope, u.subject, u.commitment, u.salt, u.value, p_place.position + u.o - p_known
            FROM unnest(p_subjects, p_commitments, p_salts, p_values, p_cited_by) AS u(subject, commitment, salt, value, o)
            WHERE u.value IS NOT NULL AND u.o > p_known;
            RETURN;
        EXCEPTION WHEN unique_violation THEN
            NULL;
        END;
    END IF;
    INSERT INTO hub.private (scope, subject, commitment, salt, value, position)
    SELECT p_place.scope, u.subject, u.commitment, u.salt, u.value, p_place.position + c.o - p_known
    FROM unnest(p_subjects, p_commitments, p_salts, p_values) AS u(subject, commitment, salt, value)
    JOIN (SELECT x.commitment, min(x.o) AS o FROM unnest(p_cited, p_cited_by) AS x(commitment, o) GROUP BY 1) AS c
        ON c.commitment = u.commitment
    WHERE u.value IS NOT NULL AND c.o > p_known
    ON CONFLICT DO NOTHING;
END $$;

-- Whether a writer may be called so: an entry is named WRITER/SEQ, and a chain begins with the writer's name on a line
-- of its own, so neither a slash nor anything but visible ASCII is in it.
CREATE OR REPLACE FUNCTION hub.check_writer(p_writer text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF octet_length(p_writer) > 200 THEN
        PERFORM hub.say('GMREF', format('The name of this writer has %s bytes, the most is 200.', octet_length(p_writer)));
    ELSIF p_writer COLLATE "C" !~ '^[!-.0-~]+$' THEN
        PERFORM hub.say('GMREF', 'The name of this writer has other characters than letters, digits and signs without "/".');
    END IF;
END $$;

-- The row of a writer that the hub has not met: its first entry says how it began and under which short code.
CREATE OR REPLACE FUNCTION hub.new_writer(
    p_bench hub.bench, p_place hub.scope, p_writer text, p_kind text, p_content bytea
) RETURNS hub.writer LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body json := convert_from(p_content, 'UTF8')::json -> 'body';
    began_with text := body ->> 'short_code';
    issued hub.short_code;
    made hub.writer;
BEGIN
    PERFORM hub.check_writer(p_writer);
    IF p_kind <> 'writer.began' OR body ->> 'writer' IS DISTINCT FROM p_writer OR began_with IS NULL THEN
        PERFORM hub.say('GMREF', format('The first entry of the writer %s does not say how it began.', p_writer));
    END IF;
    SELECT * INTO issued FROM hub.short_code c WHERE c.code = began_with FOR UPDATE;
    IF began_with ~ '^[0-9A-HJKMNP-TV-Z]{6}$' AND issued.code IS NULL THEN
        INSERT INTO hub.short_code VALUES (began_with, p_bench.login, p_writer, now()) ON CONFLICT DO NOTHING;
    ELSIF began_with ~ '^[0-9A-HJKMNP-TV-Z]{3}$' AND issued.login = p_bench.login AND issued.writer IS NULL THEN
        UPDATE hub.short_code c SET writer = p_writer WHERE c.code = began_with;
    ELSE
        PERFORM hub.say('GMREF', format('The short code %s is not this bench''s to begin with, or it was used before.', began_with));
    END IF;
    IF NOT FOUND THEN
        PERFORM hub.say('GMREF', format('The short code %s was used before.', began_with));
    END IF;
    UPDATE hub.writer x SET state = 'former'
    WHERE x.scope = p_place.scope AND x.writer = body ->> 'former' AND x.login = p_bench.login;
    INSERT INTO hub.writer VALUES (p_place.scope, p_writer, began_with, p_bench.login, 'current', 0,
        sha256(convert_to(p_writer || E'\n' || p_place.scope, 'UTF8'))) RETURNING * INTO made;
    RETURN made;
END $$;

-- A rehearsal stays a rehearsal: only a rehearsal hub takes one, and it takes nothing else.
CREATE OR REPLACE FUNCTION hub.check_rehearsal(p_place hub.scope, p_kinds text[], p_contents bytea[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM unnest(p_kinds, p_contents) AS u(kind, content)
        WHERE u.kind = 'laboratory.set_up'
            AND (convert_from(u.content, 'UTF8')::json #>> '{body,rehearsal}') IS DISTINCT FROM p_place.rehearsal::text
    ) THEN
        PERFORM hub.say('GMREF', CASE WHEN p_place.rehearsal
            THEN 'This hub is for rehearsals; the bench was set up for real work.'
            ELSE 'This bench was set up as a rehearsal; only a rehearsal hub takes its entries.' END);
    END IF;
END $$;

-- Gives judged entries their positions and moves the writer and the head on; the new head. The running order hash covers
-- each entry.
DROP FUNCTION IF EXISTS hub.place(hub.scope, text, bigint, bytea[], bytea[], text[]);
CREATE FUNCTION hub.place(
    p_place hub.scope, p_writer text, p_first_seq bigint, p_hashes bytea[], p_contents bytea[], p_verdicts text[]
) RETURNS bigint LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    n integer := cardinality(p_hashes);
    running bytea := p_place.order_hash;
    order_hashes bytea[] := '{}';
    received timestamptz := clock_timestamp();
BEGIN
    FOR o IN 1 .. n LOOP
        running := sha256(running || p_hashes[o] || p_verdicts[o]::bytea);
        order_hashes[o] := running;
    END LOOP;
    INSERT INTO hub.entry (scope, position, writer, seq, hash, bytes, verdict, order_hash, received_at)
    SELECT p_place.scope, p_place.position + u.o, p_writer, p_first_seq + u.o - 1, u.hash, u.content, u.verdict,
        u.order_hash, received
    FROM unnest(p_hashes, p_contents, p_verdicts, order_hashes) WITH ORDINALITY AS u(hash, content, verdict, order_hash, o);
    UPDATE hub.writer w SET last_seq = p_first_seq + n - 1, last_hash = p_hashes[n]
    WHERE w.scope = p_place.scope AND w.writer = p_writer;
    UPDATE hub.scope s SET position = p_place.position + n, order_hash = running WHERE s.scope = p_place.scope;
    RETURN p_place.position + n;
END $$;

-- Empties what private.erased names, unless it was refused, and the files whose names it names. A value that comes later
-- under the same name stays out.
CREATE OR REPLACE FUNCTION hub.erase(p_place hub.scope, p_kinds text[], p_contents bytea[], p_verdicts text[])
RETURNS void LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO hub.private AS p (scope, subject, commitment, salt, value, position)
    SELECT DISTINCT ON (e.body ->> 'subject', named.commitment)
        p_place.scope, e.body ->> 'subject', named.commitment, ''::bytea, NULL, p_place.position + e.o
    FROM (SELECT u.o, convert_from(u.content, 'UTF8')::json -> 'body' AS body
          FROM unnest(p_kinds, p_contents, p_verdicts) WITH ORDINALITY AS u(kind, content, verdict, o)
          WHERE u.kind = 'private.erased' AND u.verdict <> 'refused') AS e,
        LATERAL json_array_elements_text(
            CASE WHEN json_typeof(e.body -> 'commitments') = 'array' THEN e.body -> 'commitments' ELSE '[]' END
        ) AS named(commitment)
    WHERE e.body ->> 'subject' IS NOT NULL AND named.commitment IS NOT NULL
    ORDER BY e.body ->> 'subject', named.commitment, e.o
    ON CONFLICT (scope, subject, commitment) DO UPDATE SET value = NULL;
    SELECT hub.empty_files(p_place.scope, ARRAY(
        SELECT convert_from(u.content, 'UTF8')::json #>> '{body,subject}'
        FROM unnest(p_kinds, p_contents, p_verdicts) AS u(kind, content, verdict)
        WHERE u.kind = 'private.erased' AND u.verdict <> 'refused'));
$$;
