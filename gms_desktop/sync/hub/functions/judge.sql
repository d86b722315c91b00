-- Judges a batch under the lock of its scope and writes the holders that change: the rules of judge/premises.py.
-- The arrays are those of hub.read; entries before p_first are there already and are left alone.

-- Walks each key through the batch as if every entry were accepted. When every premise holds, every entry is: the
-- holders are written and the answer is true. When one does not hold, nothing is written and the answer is false.
-- Rows are found by both columns of their key, or by where they lie: no plan made while the table was small can turn
-- into a walk through all of it.
CREATE OR REPLACE FUNCTION hub.judge_at_once(
    p_scope text, p_first integer, p_o integer[], p_phase integer[], p_key text[], p_stated text[], p_after text[]
) RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
DECLARE
    every_one boolean;
BEGIN
    WITH walked AS MATERIALIZED (
        SELECT u.key, u.phase, u.stated, u.after, lag(u.after) OVER w AS former, row_number() OVER w = 1 AS first,
            lead(u.o) OVER w IS NULL AS last, max(u.phase) OVER w >= 2 AS moves
        FROM unnest(p_o, p_phase, p_key, p_stated, p_after) AS u(o, phase, key, stated, after)
        WHERE u.o >= p_first
        WINDOW w AS (PARTITION BY u.key COLLATE "C" ORDER BY u.o, u.phase ROWS UNBOUNDED PRECEDING)
    ), found AS MATERIALIZED (
        SELECT w.*, CASE WHEN (w.first AND w.phase < 4) OR (w.last AND w.moves) THEN
            (SELECT h.holder FROM hub.key_holder h WHERE h.scope = p_scope AND h.key = w.key) END AS stored
        FROM walked w
    ), judged AS MATERIALIZED (
        SELECT coalesce(bool_and(CASE f.phase
            WHEN 4 THEN true
            WHEN 3 THEN coalesce(CASE WHEN f.first THEN f.stored ELSE f.former END = f.stated, true)
            ELSE CASE WHEN f.first THEN f.stored ELSE f.former END IS NOT DISTINCT FROM f.stated END), true) AS hold
        FROM found f
    ), changed AS MATERIALIZED (
        SELECT f.key, f.after, f.stored FROM found f
        WHERE f.last AND f.moves AND f.after IS DISTINCT FROM f.stored AND (SELECT hold FROM judged)
    ), taken AS (
        INSERT INTO hub.key_holder (scope, key, holder)
        SELECT p_scope, c.key, c.after FROM changed c WHERE c.stored IS NULL
    ), moved AS (
        INSERT INTO hub.key_holder (scope, key, holder)
        SELECT p_scope, c.key, c.after FROM changed c WHERE c.stored IS NOT NULL AND c.after IS NOT NULL
        ON CONFLICT ON CONSTRAINT key_holder_pkey DO UPDATE SET holder = EXCLUDED.holder
    ), freed AS (
        DELETE FROM hub.key_holder h WHERE h.ctid = ANY (ARRAY(
            SELECT (SELECT x.ctid FROM hub.key_holder x WHERE x.scope = p_scope AND x.key = c.key)
            FROM changed c WHERE c.after IS NULL))
    )
    SELECT hold INTO every_one FROM judged;
    RETURN every_one;
END $$;

-- Judges the entries one after the other and writes what each changes; the verdicts, in order.
CREATE OR REPLACE FUNCTION hub.judge_one_by_one(
    p_scope text, p_first integer, p_last integer,
    p_o integer[], p_phase integer[], p_key text[], p_stated text[], p_after text[]
) RETURNS text[] LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off AS $$
DECLARE
    verdicts text[] := '{}';
    low integer := 1;
    high integer := 0;
    verdict text;
BEGIN
    FOR entry IN 1 .. p_last LOOP
        WHILE p_o[high + 1] = entry LOOP
            high := high + 1;
        END LOOP;
        IF entry >= p_first THEN
            WITH named AS MATERIALIZED (
                SELECT u.phase, u.key, u.stated, u.after,
                    (SELECT h.holder FROM hub.key_holder h WHERE h.scope = p_scope AND h.key = u.key) AS holder
                FROM unnest(p_phase[low:high], p_key[low:high], p_stated[low:high], p_after[low:high])
                    AS u(phase, key, stated, after)
            ), freed AS MATERIALIZED (
                SELECT DISTINCT n.key FROM named n WHERE n.phase = 2 AND n.holder = n.stated
            ), claimed AS MATERIALIZED (
                -- NULL for the one who holds a key that this very entry gives up: it is free for any claim.
                SELECT n.key, n.stated, CASE WHEN n.key IN (SELECT f.key FROM freed f) THEN NULL ELSE n.holder END AS holder
                FROM named n WHERE n.phase = 3
            ), judged AS MATERIALIZED (
                SELECT CASE
                    WHEN EXISTS (SELECT FROM named n WHERE n.phase = 0 AND n.holder IS DISTINCT FROM n.stated)
                        OR EXISTS (SELECT FROM claimed c WHERE c.holder <> c.stated)
                        OR EXISTS (SELECT FROM claimed c GROUP BY c.key HAVING min(c.stated) <> max(c.stated))
                        THEN 'refused'
                    WHEN EXISTS (SELECT FROM named n WHERE n.phase = 1 AND n.holder IS DISTINCT FROM n.stated)
                        THEN 'contested'
                    ELSE 'accepted' END AS verdict
            ), changed AS MATERIALIZED (
                SELECT DISTINCT ON (n.key) n.key, n.phase, n.after FROM named n
                WHERE (SELECT j.verdict FROM judged j) <> 'refused'
                    AND (n.phase >= 3 OR (n.phase = 2 AND n.holder = n.stated))
                ORDER BY n.key, n.phase DESC
            ), freeing AS (
                DELETE FROM hub.key_holder h WHERE h.ctid = ANY (ARRAY(
                    SELECT (SELECT x.ctid FROM hub.key_holder x WHERE x.scope = p_scope AND x.key = c.key)
                    FROM changed c WHERE c.phase = 2))
            ), taking AS (
                INSERT INTO hub.key_holder AS h (scope, key, holder)
                SELECT p_scope, c.key, c.after FROM changed c WHERE c.phase >= 3
                ON CONFLICT ON CONSTRAINT key_holder_pkey DO UPDATE SET holder = EXCLUDED.holder
                WHERE h.holder <> EXCLUDED.holder
            )
            SELECT j.verdict INTO verdict FROM judged j;
            verdicts := verdicts || verdict;
        END IF;
        low := high + 1;
    END LOOP;
    RETURN verdicts;
END $$;
