-- What a bench reads: with its own rights, so that row-level security shows it its own scope only.

-- A page of the agreed order after a position: at most p_limit entries and about 1 MB, the private values that they
-- cite as they stand now, and the digests of its last position. One statement, so one moment.
CREATE OR REPLACE FUNCTION hub.pull(
    p_protocol integer, p_scope text, p_position bigint, p_order_hash bytea, p_epoch text, p_limit integer,
    OUT answer text, OUT head bigint, OUT epoch text, OUT detail text,
    OUT verdicts text[], OUT received_at text[], OUT hashes bytea[], OUT contents bytea[], OUT order_hash bytea,
    OUT subjects text[], OUT commitments text[], OUT salts bytea[], OUT private_values text[],
    OUT digest_positions bigint[], OUT digest_tables text[], OUT digests text[], OUT digest_versions text[]
) LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET jit = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    last_position bigint;
    -- A page ends where the hub has digests, when it can: they are compared with the register as the page leaves it.
    most bigint := greatest(1, least(p_limit, 5000));
BEGIN
    answer := 'ok';
    detail := '';
    BEGIN
        epoch := hub.admit_session(p_protocol, p_scope, p_position, p_order_hash, p_epoch);
    EXCEPTION WHEN OTHERS THEN
        answer := hub.answer_of(sqlstate);
        IF answer IS NULL THEN
            RAISE;
        END IF;
        detail := sqlerrm;
    END;
    SELECT coalesce(max(s.position), 0) INTO head FROM hub.scope s WHERE s.scope = p_scope;
    IF answer <> 'ok' THEN
        epoch := hub.epoch(p_scope);
        RETURN;
    END IF;
    most := coalesce((SELECT max(d.position) - p_position FROM hub.digest d
        WHERE d.scope = p_scope AND d.position > p_position AND d.position <= p_position + most), most);
    SELECT coalesce(max(page.position), p_position),
        coalesce(array_agg(page.verdict ORDER BY page.position), '{}'),
        coalesce(array_agg(to_char(page.received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
            ORDER BY page.position), '{}'),
        coalesce(array_agg(page.hash ORDER BY page.position), '{}'),
        coalesce(array_agg(page.bytes ORDER BY page.position), '{}'),
        coalesce((array_agg(page.order_hash ORDER BY page.position DESC))[1], p_order_hash)
    INTO last_position, verdicts, received_at, hashes, contents, order_hash
    FROM (
        SELECT e.*, sum(octet_length(e.bytes)) OVER (ORDER BY e.position) - octet_length(e.bytes) AS bytes_before
        FROM hub.entry e
        WHERE e.scope = p_scope AND e.position > p_position
            AND e.position <= p_position + most
    ) AS page
    WHERE page.bytes_before < 1000000;
    SELECT coalesce(array_agg(p.subject ORDER BY p.position, p.subject, p.commitment), '{}'),
        coalesce(array_agg(p.commitment ORDER BY p.position, p.subject, p.commitment), '{}'),
        coalesce(array_agg(p.salt ORDER BY p.position, p.subject, p.commitment), '{}'),
        coalesce(array_agg(p.value ORDER BY p.position, p.subject, p.commitment), '{}')
    INTO subjects, commitments, salts, private_values
    FROM hub.private p WHERE p.scope = p_scope AND p.position > p_position AND p.position <= last_position;
    SELECT coalesce(array_agg(d.position ORDER BY d.position, d.table_name), '{}'),
        coalesce(array_agg(d.table_name ORDER BY d.position, d.table_name), '{}'),
        coalesce(array_agg(d.digest ORDER BY d.position, d.table_name), '{}'),
        coalesce(array_agg(d.register_version ORDER BY d.position, d.table_name), '{}')
    INTO digest_positions, digest_tables, digests, digest_versions
    FROM hub.digest d WHERE d.scope = p_scope AND d.position = last_position;
END $$;

-- Admits whoever is signed in: the row of a bench whose enrolment was not taken up is not theirs to read yet.
DROP FUNCTION IF EXISTS hub.admit_session(integer, text, bigint, bytea, text);
CREATE FUNCTION hub.admit_session(
    p_protocol integer, p_scope text, p_position bigint, p_order_hash bytea, p_epoch text
) RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bench hub.bench;
BEGIN
    SELECT * INTO bench FROM hub.bench b WHERE b.login = session_user;
    RETURN hub.admit(bench, p_scope, p_protocol, p_position, p_order_hash, p_epoch);
END $$;

-- What the hub says of itself to whoever is signed in. A bench that is not active learns its state and the time.
CREATE OR REPLACE FUNCTION hub.greet(
    OUT scope text, OUT laboratory text, OUT rehearsal boolean, OUT bench text, OUT state text, OUT least_protocol integer,
    OUT server_time timestamptz, OUT epoch text, OUT head bigint, OUT order_hash bytea, OUT recovering boolean,
    OUT base_versions text[], OUT base_positions bigint[], OUT base_sizes bigint[], OUT base_sha256s bytea[],
    OUT short_codes text[]
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT b.scope, s.name, s.rehearsal, b.name, b.state, s.least_protocol, clock_timestamp(), hub.epoch(b.scope),
        CASE WHEN b.state = 'active' THEN s.position END, CASE WHEN b.state = 'active' THEN s.order_hash END,
        EXISTS (SELECT FROM hub.recovery r WHERE r.scope = b.scope AND r.ended_at IS NULL),
        newest.versions, newest.positions, newest.sizes, newest.sha256s,
        ARRAY(SELECT c.code FROM hub.short_code c
              WHERE c.login = b.login AND c.writer IS NULL AND b.state = 'active' ORDER BY c.issued_at, c.code)
    FROM hub.bench b JOIN hub.scope s ON s.scope = b.scope
    CROSS JOIN LATERAL (
        SELECT coalesce(array_agg(x.register_version), '{}') AS versions, coalesce(array_agg(x.position), '{}') AS positions,
            coalesce(array_agg(x.size), '{}') AS sizes, coalesce(array_agg(x.sha256), '{}') AS sha256s
        FROM (SELECT DISTINCT ON (y.register_version) y.* FROM hub.base y
              WHERE y.scope = b.scope AND b.state = 'active' ORDER BY y.register_version, y.position DESC) AS x
    ) AS newest
    WHERE b.login = session_user
$$;

-- Makes an invited bench active, once, while its code is valid: called when it has set a password of its own.
CREATE OR REPLACE FUNCTION hub.take_up(OUT taken boolean, OUT detail text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE hub.bench b SET state = 'active', began_at = clock_timestamp()
    WHERE b.login = session_user AND b.state = 'invited' AND b.code_valid_until > clock_timestamp();
    taken := FOUND;
    detail := CASE WHEN taken THEN ''
        ELSE 'This enrolment code was used, withdrawn or is over 24 hours old. Ask for a new one.' END;
END $$;

-- Takes PIN verifiers that were set at a bench and numbers them; one that the hub has is left as it is.
CREATE OR REPLACE FUNCTION hub.give_credentials(p_operators text[], p_pins integer[], p_verifiers text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
BEGIN
    IF this_scope IS NULL OR cardinality(p_operators) > 1000
        OR EXISTS (SELECT FROM unnest(p_verifiers) AS v WHERE octet_length(v) > 1000) THEN
        RAISE EXCEPTION 'credentials are taken from an active bench, 1000 at a time' USING ERRCODE = '42501';
    END IF;
    -- Numbered under the lock of the scope, so that no reader passes a number that is yet to come.
    PERFORM FROM hub.scope s WHERE s.scope = this_scope FOR UPDATE;
    INSERT INTO hub.credential (scope, operator, pin, verifier, number)
    SELECT this_scope, u.operator, u.pin, u.verifier, nextval('hub.credential_number')
    FROM unnest(p_operators, p_pins, p_verifiers) AS u(operator, pin, verifier)
    WHERE NOT EXISTS (SELECT FROM hub.credential c
        WHERE c.scope = this_scope AND c.operator = u.operator AND c.pin = u.pin)
    ON CONFLICT DO NOTHING;
END $$;

-- The laboratory's pepper: the one that stands, or, where none does yet, the one that the first bench brings.
CREATE OR REPLACE FUNCTION hub.share_pepper(p_pepper bytea) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
BEGIN
    IF this_scope IS NULL OR octet_length(p_pepper) IS DISTINCT FROM 32 THEN
        RAISE EXCEPTION 'a pepper of 32 bytes is shared with an active bench only' USING ERRCODE = '42501';
    END IF;
    INSERT INTO hub.pepper (scope, pepper) VALUES (this_scope, p_pepper) ON CONFLICT DO NOTHING;
    RETURN (SELECT p.pepper FROM hub.pepper p WHERE p.scope = this_scope);
END $$;
