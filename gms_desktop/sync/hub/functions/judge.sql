-- Judges a batch under the lock of its scope and writes the holders that change: the rules of judge/premises.py.
-- The lines are those of hub.read; entries before p_first are there already and are left alone.
-- What is called here runs with the settings of hub.append, hub.close_recovery or the session: see each for them.

DROP FUNCTION IF EXISTS hub.judge_at_once(text, integer, integer[], integer[], text[], text[], text[]);
DROP FUNCTION IF EXISTS hub.judge_one_by_one(
    text, integer, integer, integer[], integer[], text[], text[], text[]);

-- Judges the entries from p_first to p_last; their verdicts, in order. A few are judged one by one, because a statement
-- over all of them takes longer to begin than they take; many at once, when every premise holds.
CREATE OR REPLACE FUNCTION hub.judge(
    p_scope text, p_first integer, p_last integer, p_place integer[], p_key text[], p_stated text[]
) RETURNS text[] LANGUAGE plpgsql AS $$
BEGIN
    IF cardinality(p_place) > 40 AND hub.judge_at_once(p_scope, p_first, p_place, p_key, p_stated) THEN
        RETURN array_fill('accepted'::text, ARRAY[p_last - p_first + 1]);
    END IF;
    RETURN hub.judge_one_by_one(p_scope, p_first, p_last, p_place, p_key, p_stated);
END $$;

-- Walks each key through the batch as if every entry were accepted. When every premise holds, every entry is: the
-- holders are written and the answer is true. When one does not hold, nothing is written and the answer is false.
-- So it is where a line names a ground, as an undo does, or claims or releases a key that the judge itself keeps: on
-- what the work on a subject rests is written here, and not walked.
-- Rows are found by both columns of their key, or by where they lie: no plan made while the table was small can turn
-- into a walk through all of it.
CREATE OR REPLACE FUNCTION hub.judge_at_once(
    p_scope text, p_first integer, p_place integer[], p_key text[], p_stated text[]
) RETURNS boolean LANGUAGE plpgsql
SET jit = off SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    every_one boolean;
BEGIN
    WITH walked AS (
        SELECT u.key, u.place & 7 AS phase, u.stated, lag(u.place) OVER w IS NULL AS first,
            lag(CASE WHEN u.place & 7 <> 2 THEN u.stated END) OVER w AS former,
            lead(u.place) OVER w IS NULL AS last
        FROM unnest(p_place, p_key, p_stated) AS u(place, key, stated)
        WHERE u.place >= p_first * 8
        -- Sorted by a number first: texts that begin alike are compared only where their numbers are the same.
        WINDOW w AS (
            PARTITION BY hashtextextended(u.key, 0), u.key COLLATE "C" ORDER BY u.place ROWS UNBOUNDED PRECEDING)
    ), there AS MATERIALIZED (
        SELECT x.ctid AS row, x.key, x.holder FROM hub.key_holder x WHERE x.scope = p_scope AND x.key = ANY (p_key)
    ), found AS MATERIALIZED (
        -- FULL, though what is walked names every key that matters: only so can no plan compare each key with each.
        SELECT w.key, w.last, w.stated, CASE WHEN w.phase <> 2 THEN w.stated END AS after, h.row, h.holder,
            w.phase = 4 OR CASE w.phase
                WHEN 3 THEN coalesce(CASE WHEN w.first THEN h.holder ELSE w.former END = w.stated, true)
                ELSE CASE WHEN w.first THEN h.holder ELSE w.former END IS NOT DISTINCT FROM w.stated END
            AND NOT starts_with(w.key, 'ground:') AND NOT starts_with(w.key, 'refused:')
            AND (w.phase < 2 OR NOT starts_with(w.key, 'last:')) AS holds
        FROM walked w FULL JOIN there h ON h.key = w.key
    ), judged AS MATERIALIZED (
        SELECT coalesce(bool_and(f.holds), true) AS hold FROM found f
    ), changed AS MATERIALIZED (
        -- A key that was only required or expected has, where every premise holds, the holder that it had.
        SELECT f.key, f.after, f.row, f.holder FROM found f
        WHERE f.last AND f.after IS DISTINCT FROM f.holder AND (SELECT hold FROM judged)
    ), taken AS (
        INSERT INTO hub.key_holder (scope, key, holder) SELECT p_scope, c.key, c.after FROM changed c WHERE c.row IS NULL
    ), moved AS (
        UPDATE hub.key_holder h SET holder = c.after FROM changed c
        WHERE c.row IS NOT NULL AND h.ctid = c.row AND c.after IS NOT NULL
    ), freed AS (
        DELETE FROM hub.key_holder h USING changed c WHERE h.ctid = c.row AND c.after IS NULL
    ), rests AS (
        -- Where another writer was before, this one begins a run of its own on what that one left.
        INSERT INTO hub.key_holder AS h (scope, key, holder)
        SELECT p_scope, 'ground:' || substr(c.key, 6), c.holder FROM changed c
        WHERE c.row IS NOT NULL AND starts_with(c.key, 'last:')
            AND NOT starts_with(c.holder, split_part(c.after, '/', 1) || '/')
            -- What was refused on top of it came between: the ground is broken already.
            AND c.holder IS DISTINCT FROM (SELECT r.holder FROM hub.key_holder r
                WHERE r.scope = p_scope AND r.key = 'refused:' || substr(c.key, 6))
        ON CONFLICT ON CONSTRAINT key_holder_pkey DO UPDATE SET holder = EXCLUDED.holder
    )
    SELECT hold INTO every_one FROM judged;
    RETURN every_one;
END $$;

-- Judges the entries one after the other and writes what each changes; the verdicts, in order.
CREATE OR REPLACE FUNCTION hub.judge_one_by_one(
    p_scope text, p_first integer, p_last integer, p_place integer[], p_key text[], p_stated text[]
) RETURNS text[] LANGUAGE plpgsql SET jit = off SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
    verdicts text[] := '{}';
    verdict text;
    low integer;
    high integer := 0;
    premises integer;
    held text[];
    freed text[];
BEGIN
    FOR entry IN 1 .. p_last LOOP
        low := high + 1;
        WHILE p_place[high + 1] < entry * 8 + 8 LOOP
            high := high + 1;
        END LOOP;
        CONTINUE WHEN entry < p_first;
        verdict := 'accepted';
        freed := '{}';
        premises := low - 1;
        WHILE p_place[premises + 1] < entry * 8 + 4 LOOP
            premises := premises + 1;
        END LOOP;
        IF premises >= low THEN
            held := ARRAY(SELECT (SELECT h.holder FROM hub.key_holder h WHERE h.scope = p_scope AND h.key = u.key)
                FROM unnest(p_key[low:premises]) WITH ORDINALITY AS u(key, o) ORDER BY u.o);
        END IF;
        FOR line IN low .. premises LOOP
            CASE p_place[line] & 7
                WHEN 0 THEN
                    IF held[line - low + 1] IS DISTINCT FROM p_stated[line] THEN
                        verdict := 'refused';
                    END IF;
                WHEN 1 THEN
                    IF verdict <> 'refused' AND held[line - low + 1] IS DISTINCT FROM p_stated[line] THEN
                        verdict := 'contested';
                    END IF;
                WHEN 2 THEN
                    IF held[line - low + 1] = p_stated[line] THEN
                        freed := freed || p_key[line];
                    END IF;
                ELSE
                    -- A key that this very entry gives up is free for any claim, but not for two of different holders.
                    IF held[line - low + 1] <> p_stated[line] AND NOT p_key[line] = ANY (freed) THEN
                        verdict := 'refused';
                    END IF;
                    FOR other IN low .. line - 1 LOOP
                        IF p_place[other] & 7 = 3 AND p_key[other] = p_key[line] AND p_stated[other] <> p_stated[line] THEN
                            verdict := 'refused';
                        END IF;
                    END LOOP;
            END CASE;
        END LOOP;
        verdicts := verdicts || verdict;
        -- Whatever fails breaks the ground of all later work on its subjects, also of work that begins a run on what
        -- another writer had left there.
        IF verdict = 'refused' THEN
            INSERT INTO hub.key_holder AS h (scope, key, holder)
            SELECT DISTINCT p_scope, b.key, b.holder
            FROM (
                SELECT l.key, l.stated,
                    (SELECT x.holder FROM hub.key_holder x WHERE x.scope = p_scope AND x.key = l.key) AS before
                FROM unnest(p_place[low:high], p_key[low:high], p_stated[low:high]) AS l(place, key, stated)
                WHERE l.place & 7 = 4 OFFSET 0
            ) AS t CROSS JOIN LATERAL (VALUES
                ('ground:' || substr(t.key, 6), t.stated),
                ('refused:' || substr(t.key, 6),
                    CASE WHEN NOT starts_with(t.before, split_part(t.stated, '/', 1) || '/') THEN t.before END)
            ) AS b(key, holder)
            WHERE b.holder IS NOT NULL
            ON CONFLICT ON CONSTRAINT key_holder_pkey DO UPDATE SET holder = EXCLUDED.holder;
            CONTINUE;
        END IF;
        IF cardinality(freed) > 0 THEN
            DELETE FROM hub.key_holder h WHERE h.scope = p_scope AND h.key = ANY (freed);
        END IF;
        -- Touches come after claims, and after them on what the work rests: the last line that names a key says who
        -- holds it.
        INSERT INTO hub.key_holder AS h (scope, key, holder)
        SELECT DISTINCT ON (u.key COLLATE "C") p_scope, u.key, u.stated
        FROM (
            SELECT l.place & 7 AS phase, l.key, l.stated
            FROM unnest(p_place[low:high], p_key[low:high], p_stated[low:high]) AS l(place, key, stated)
            WHERE l.place & 7 >= 3
            UNION ALL
            SELECT 5, 'ground:' || substr(t.key, 6), CASE WHEN verdict = 'contested' THEN t.stated ELSE t.before END
            FROM (
                SELECT l.key, l.stated,
                    (SELECT x.holder FROM hub.key_holder x WHERE x.scope = p_scope AND x.key = l.key) AS before
                FROM unnest(p_place[low:high], p_key[low:high], p_stated[low:high]) AS l(place, key, stated)
                WHERE l.place & 7 = 4 OFFSET 0
            ) AS t
            WHERE verdict = 'contested' OR NOT starts_with(t.before, split_part(t.stated, '/', 1) || '/')
                AND t.before IS DISTINCT FROM (SELECT r.holder FROM hub.key_holder r
                    WHERE r.scope = p_scope AND r.key = 'refused:' || substr(t.key, 6))
        ) AS u
        ORDER BY u.key COLLATE "C", u.phase DESC
        ON CONFLICT ON CONSTRAINT key_holder_pkey DO UPDATE SET holder = EXCLUDED.holder
        WHERE h.holder <> EXCLUDED.holder;
    END LOOP;
    RETURN verdicts;
END $$;
