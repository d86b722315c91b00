-- After a restore or a promotion: nothing goes in or out until a person has opened a recovery; benches give back what
-- they hold; closing it puts that in its former order, by the same judge as ever.

-- The server's identity and the timeline that it writes: another one is a restored or promoted server.
CREATE OR REPLACE FUNCTION hub.instance(p_scope text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (pg_control_system()).system_identifier || '/' || CASE WHEN pg_is_in_recovery()
        THEN (pg_control_checkpoint()).timeline_id
        ELSE ('x' || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8))::bit(32)::integer END;
END $$;

CREATE OR REPLACE FUNCTION hub.note_instance() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO hub.worked VALUES (NEW.scope, hub.instance(NEW.scope)) ON CONFLICT DO NOTHING;
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER note_instance AFTER INSERT ON hub.scope FOR EACH ROW EXECUTE FUNCTION hub.note_instance();
INSERT INTO hub.worked SELECT s.scope, hub.instance(s.scope) FROM hub.scope s ON CONFLICT DO NOTHING;

-- Opens a recovery of a scope; its number. Numbers rise with the clock: a hub that was restored does not know how many
-- recoveries benches have seen, and one that they have seen would not be followed.
CREATE OR REPLACE FUNCTION hub.open_recovery(p_scope text, p_reason text, p_by text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    opened integer;
BEGIN
    PERFORM FROM hub.scope s WHERE s.scope = p_scope FOR UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The hub has no laboratory %.', p_scope USING ERRCODE = 'GMREF';
    ELSIF EXISTS (SELECT FROM hub.recovery r WHERE r.scope = p_scope AND r.ended_at IS NULL) THEN
        RAISE EXCEPTION 'A recovery of % is open already. Close it first.', p_scope USING ERRCODE = 'GMREF';
    END IF;
    INSERT INTO hub.recovery (scope, number, began_at, reason, opened_by)
    SELECT p_scope, greatest(coalesce(max(r.number), 0) + 1,
            (extract(epoch FROM clock_timestamp() - timestamptz '2020-01-01 00:00Z') / 60)::integer),
        clock_timestamp(), p_reason, p_by
    FROM hub.recovery r WHERE r.scope = p_scope RETURNING number INTO opened;
    UPDATE hub.worked w SET instance = hub.instance(p_scope) WHERE w.scope = p_scope;
    RETURN opened;
END $$;

-- How many bytes the open recovery keeps of one bench. Says no where none is open: a recovery that was closed while a
-- bench was giving is nothing against that bench, it asks how the hub stands.
CREATE OR REPLACE FUNCTION hub.giving_back_to(p_scope text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    most bigint;
BEGIN
    IF p_scope IS NULL THEN
        RAISE EXCEPTION 'only an active bench gives anything back' USING ERRCODE = '42501';
    END IF;
    -- Closing takes the row for itself: what comes meanwhile waits, and then finds no recovery open.
    PERFORM FROM hub.scope s WHERE s.scope = p_scope FOR SHARE;
    SELECT r.most_bytes INTO most FROM hub.recovery r WHERE r.scope = p_scope AND r.ended_at IS NULL;
    IF most IS NULL THEN
        RAISE EXCEPTION 'No recovery of the hub is open: nothing is given back now.' USING ERRCODE = 'GMCLO';
    END IF;
    RETURN most;
END $$;

-- Takes, while a recovery is open, entries with the positions that a bench knew them at, and private values. What they
-- are worth is found when the recovery is closed; here it is noted who offered what: the first three, and always the
-- login whose writer it is. A login adds at most what the recovery allows; the rest is counted and turned away. A call
-- with no entries says that the bench has given all that it holds.
CREATE OR REPLACE FUNCTION hub.reoffer(
    p_positions bigint[], p_hashes bytea[], p_contents bytea[], p_verdicts text[],
    p_subjects text[], p_commitments text[], p_salts bytea[], p_values text[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
    most bigint;
    room bigint;
    added record;
BEGIN
    most := hub.giving_back_to(this_scope);
    PERFORM hub.check_size(1, p_hashes, p_contents, p_subjects, p_commitments, p_salts, p_values)
    WHERE cardinality(p_hashes) > 0;
    INSERT INTO hub.gave_back AS g (scope, login, at, all_given)
    VALUES (this_scope, session_user, clock_timestamp(), cardinality(p_hashes) = 0)
    ON CONFLICT (scope, login) DO UPDATE SET at = EXCLUDED.at, all_given = EXCLUDED.all_given
    RETURNING most - g.bytes INTO room;
    IF room <= 0 THEN
        UPDATE hub.gave_back g SET turned_away = g.turned_away + cardinality(p_hashes)
        WHERE g.scope = this_scope AND g.login = session_user;
        RETURN;
    END IF;
    WITH offered AS (
        INSERT INTO hub.reoffered AS r (scope, hash, position, writer, seq, bytes, login, verdict, logins)
        SELECT this_scope, u.hash, u.position, e.j ->> 'writer', (e.j ->> 'seq')::bigint, u.content, session_user,
            left(coalesce(u.verdict, ''), 20), ARRAY[session_user::text]
        FROM unnest(p_positions, p_hashes, p_contents, p_verdicts) AS u(position, hash, content, verdict),
            LATERAL (SELECT convert_from(u.content, 'UTF8')::json AS j) AS e
        ON CONFLICT (scope, writer, seq, hash, position) DO UPDATE SET logins = r.logins || EXCLUDED.login
        WHERE r.bytes = EXCLUDED.bytes AND EXCLUDED.login <> ALL (r.logins)
            AND (cardinality(r.logins) < 3 OR EXCLUDED.login = coalesce((SELECT w.login FROM hub.writer w
                WHERE w.scope = EXCLUDED.scope AND w.writer = EXCLUDED.writer), EXCLUDED.login))
        RETURNING r.login, octet_length(r.bytes) AS size
    ), values_offered AS (
        INSERT INTO hub.reoffered_private AS p (scope, subject, commitment, salt, value)
        SELECT this_scope, u.subject, u.commitment, u.salt, u.value
        FROM unnest(p_subjects, p_commitments, p_salts, p_values) AS u(subject, commitment, salt, value)
        WHERE encode(sha256(u.salt || convert_to(u.value, 'UTF8')), 'hex') = u.commitment
        ON CONFLICT DO NOTHING RETURNING octet_length(p.value) AS size
    )
    SELECT (SELECT count(*) FROM offered o WHERE o.login = session_user) AS entries,
        coalesce((SELECT sum(o.size + 200) FROM offered o WHERE o.login = session_user), 0)
            + coalesce((SELECT sum(v.size + 200) FROM values_offered v), 0) AS bytes INTO added;
    UPDATE hub.gave_back g SET entries = g.entries + added.entries, bytes = g.bytes + added.bytes
    WHERE g.scope = this_scope AND g.login = session_user;
END $$;

-- Puts what was given back in its former order, as far as each writer's chain goes on and it was proved or a person has
-- vouched for it (recovering.py says so in hub.reoffered.proof before), and closes the recovery. Answers how many entries were placed, were there already, and were left out; hub.recovered has them one by one.
CREATE OR REPLACE FUNCTION hub.close_recovery(
    p_scope text, p_by text, OUT placed bigint, OUT there bigint, OUT left_out bigint
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_number integer;
    offered hub.reoffered;
    found record;
    line bigint := 0;
BEGIN
    PERFORM FROM hub.scope s WHERE s.scope = p_scope FOR UPDATE;
    SELECT r.number INTO this_number FROM hub.recovery r WHERE r.scope = p_scope AND r.ended_at IS NULL;
    IF this_number IS NULL THEN
        RAISE EXCEPTION 'No recovery of % is open.', p_scope USING ERRCODE = 'GMREF';
    END IF;
    -- Benches that went apart may name two positions for one entry: the one that most name counts, and none comes before
    -- what its writer wrote earlier.
    FOR offered IN
        SELECT (sorted.it).* FROM (
            SELECT named AS it,
                max(named.position) OVER (PARTITION BY named.writer ORDER BY named.seq) AS place
            FROM (SELECT DISTINCT ON (r.writer, r.seq, r.hash) r.* FROM hub.reoffered r WHERE r.scope = p_scope
                ORDER BY r.writer, r.seq, r.hash, r.proof = '', cardinality(r.logins) DESC, r.offered_at, r.position)
                AS named
        ) AS sorted ORDER BY sorted.place, (sorted.it).position, (sorted.it).seq, (sorted.it).hash
    LOOP
        line := line + 1;
        SELECT * INTO found FROM hub.put_back(p_scope, offered);
        INSERT INTO hub.recovered VALUES (p_scope, this_number, line, offered.writer, offered.seq, offered.position,
            offered.verdict, found.outcome, found.position, found.verdict, found.why);
    END LOOP;
    SELECT count(*) FILTER (WHERE r.outcome = 'placed'), count(*) FILTER (WHERE r.outcome = 'there'),
        count(*) FILTER (WHERE r.outcome = 'left') INTO placed, there, left_out
    FROM hub.recovered r WHERE r.scope = p_scope AND r.number = this_number;
    DELETE FROM hub.reoffered r WHERE r.scope = p_scope;
    DELETE FROM hub.reoffered_private r WHERE r.scope = p_scope;
    DELETE FROM hub.reoffered_signature r WHERE r.scope = p_scope;
    DELETE FROM hub.gave_back g WHERE g.scope = p_scope;
    UPDATE hub.recovery r SET ended_at = clock_timestamp(), closed_by = p_by
    WHERE r.scope = p_scope AND r.number = this_number;
END $$;

-- Places one entry that was given back, at the head, when it is the next of its writer.
CREATE OR REPLACE FUNCTION hub.put_back(
    p_scope text, p_offered hub.reoffered, OUT outcome text, OUT "position" bigint, OUT verdict text, OUT why text
) LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    head hub.scope;
    w hub.writer;
    batch record;
    there hub.entry;
    verdicts text[];
BEGIN
    why := '';
    SELECT * INTO there FROM hub.entry e
    WHERE e.scope = p_scope AND e.writer = p_offered.writer AND e.seq = p_offered.seq;
    IF there.hash IS NOT NULL THEN
        outcome := CASE WHEN there.hash = p_offered.hash THEN 'there' ELSE 'left' END;
        why := CASE WHEN outcome = 'left' THEN 'the hub has another entry under this number' ELSE '' END;
        "position" := there.position;
        verdict := there.verdict;
        RETURN;
    END IF;
    outcome := 'left';
    SELECT * INTO head FROM hub.scope s WHERE s.scope = p_scope;
    SELECT * INTO w FROM hub.writer x WHERE x.scope = p_scope AND x.writer = p_offered.writer;
    IF coalesce(w.last_seq, 0) + 1 <> p_offered.seq THEN
        why := format('entry %s of this writer is missing', coalesce(w.last_seq, 0) + 1);
        RETURN;
    ELSIF p_offered.proof = '' THEN
        why := format('no signature of its writer covers it; offered by %s', array_to_string(p_offered.logins, ', '));
        RETURN;
    END IF;
    BEGIN
        SELECT * INTO batch FROM hub.read(p_scope, p_offered.writer, p_offered.seq,
            ARRAY[p_offered.hash], ARRAY[p_offered.bytes]);
        IF w.writer IS NULL THEN
            w := hub.writer_again(p_scope, p_offered);
        END IF;
    EXCEPTION WHEN SQLSTATE 'GMREF' THEN
        why := sqlerrm;
        RETURN;
    END;
    IF sha256(w.last_hash || p_offered.bytes) <> p_offered.hash THEN
        why := 'it does not follow the entry that the hub has';
        RETURN;
    END IF;
    verdicts := hub.judge_one_by_one(p_scope, 1, 1, batch.place, batch.key, batch.stated);
    PERFORM hub.place(head, p_offered.writer, p_offered.seq, ARRAY[p_offered.hash], ARRAY[p_offered.bytes], verdicts);
    INSERT INTO hub.private (scope, subject, commitment, salt, value, position)
    SELECT p_scope, r.subject, r.commitment, r.salt, r.value, head.position + 1
    FROM hub.reoffered_private r WHERE r.scope = p_scope AND r.commitment = ANY (batch.cited)
    ON CONFLICT DO NOTHING;
    IF batch.kinds[1] = 'private.erased' THEN
        PERFORM hub.erase(head, batch.kinds, ARRAY[p_offered.bytes], verdicts);
    END IF;
    outcome := 'placed';
    why := CASE WHEN p_offered.proof LIKE 'word of %' THEN 'on the ' || p_offered.proof ELSE '' END;
    "position" := head.position + 1;
    verdict := verdicts[1];
END $$;

-- The row of a writer that began after the moment that the hub was restored to. It belongs to the bench that was given
-- its short code; where that was forgotten too, to the one whose key signed it, else to the one that gave the entry back
-- (hub hand-over puts that right).
CREATE OR REPLACE FUNCTION hub.writer_again(p_scope text, p_offered hub.reoffered) RETURNS hub.writer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body json := convert_from(p_offered.bytes, 'UTF8')::json -> 'body';
    code text := body ->> 'short_code';
    owner text;
    made hub.writer;
BEGIN
    PERFORM hub.check_writer(p_offered.writer);
    IF convert_from(p_offered.bytes, 'UTF8')::json ->> 'kind' <> 'writer.began' OR code IS NULL
        OR body ->> 'writer' IS DISTINCT FROM p_offered.writer THEN
        PERFORM hub.say('GMREF', 'the first entry of this writer does not say how it began');
    ELSIF code COLLATE "C" !~ '^[0-9A-HJKMNP-TV-Z]{3}([0-9A-HJKMNP-TV-Z]{3})?$' THEN
        PERFORM hub.say('GMREF', 'the short code that this writer began with is none');
    END IF;
    INSERT INTO hub.short_code AS c
    VALUES (code, coalesce(p_offered.owner, p_offered.login), p_offered.writer, clock_timestamp())
    ON CONFLICT ON CONSTRAINT short_code_pkey DO UPDATE SET writer = EXCLUDED.writer WHERE c.writer IS NULL
    RETURNING login INTO owner;
    IF owner IS NULL THEN
        PERFORM hub.say('GMREF', format('the short code %s belongs to another writer', code));
    END IF;
    INSERT INTO hub.writer VALUES (p_scope, p_offered.writer, code, owner, 'current', 0,
        sha256(convert_to(p_offered.writer || E'\n' || p_scope, 'UTF8'))) RETURNING * INTO made;
    UPDATE hub.writer x SET state = 'former' WHERE x.scope = p_scope AND x.writer = body ->> 'former';
    RETURN made;
END $$;
