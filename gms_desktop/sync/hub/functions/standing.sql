-- Who asks, where the hub stands, and what it says when it says no.

CREATE OR REPLACE FUNCTION hub.own_scope() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (SELECT b.scope FROM hub.bench b WHERE b.login = session_user AND b.state = 'active');
END $$;

-- The server's identity, the timeline it writes and how often this scope was recovered: a restored or promoted
-- hub says another epoch than the one before it.
CREATE OR REPLACE FUNCTION hub.epoch(p_scope text) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN hub.instance(p_scope) || '/'
        || coalesce((SELECT max(r.number) FROM hub.recovery r WHERE r.scope = p_scope), 0);
END $$;

-- Ends a push or a pull with an answer other than ok: the codes stand in hub.answer_of.
CREATE OR REPLACE FUNCTION hub.say(p_code text, p_words text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%', p_words USING ERRCODE = p_code;
END $$;

CREATE OR REPLACE FUNCTION hub.answer_of(p_code text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE p_code
        WHEN 'GMREF' THEN 'refused' WHEN 'GMFRK' THEN 'fork' WHEN 'GMGAP' THEN 'gap' WHEN 'GMHIS' THEN 'history'
        WHEN 'GMBSY' THEN 'busy' WHEN 'GMUPG' THEN 'upgrade'
        WHEN '55P03' THEN 'busy' WHEN '40P01' THEN 'busy' WHEN '40001' THEN 'busy' END
$$;

-- Says no to who is not enrolled, to a version too old, while the scope is being recovered, and to a bench whose
-- history is not the hub's. The hub's epoch for all others.
DROP FUNCTION IF EXISTS hub.admit(hub.bench, text, integer, bigint, bytea, text);
CREATE FUNCTION hub.admit(
    p_bench hub.bench, p_scope text, p_protocol integer, p_position bigint, p_order_hash bytea, p_epoch text
) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
    head record;
    instance text := hub.instance(p_scope);
    found_hash bytea;
BEGIN
    IF p_bench.login IS NULL THEN
        PERFORM hub.say('GMREF', format('The login %s is not enrolled at this hub. Enrol the bench.', session_user));
    ELSIF p_bench.state = 'revoked' THEN
        PERFORM hub.say('GMREF', format('%s was taken off this hub. Ask who looks after the hub.', p_bench.name));
    ELSIF p_bench.state <> 'active' THEN
        PERFORM hub.say('GMREF', format('%s has not taken up its enrolment. Scan the code at the bench.', p_bench.name));
    ELSIF p_scope IS DISTINCT FROM p_bench.scope THEN
        PERFORM hub.say('GMREF', format('%s is enrolled for %s, not for %s.', p_bench.name, p_bench.scope, p_scope));
    END IF;
    SELECT s.least_protocol, w.instance,
        (SELECT max(r.number) FROM hub.recovery r WHERE r.scope = p_scope) AS recoveries,
        EXISTS (SELECT FROM hub.recovery r WHERE r.scope = p_scope AND r.ended_at IS NULL) AS recovering
    INTO head FROM hub.scope s LEFT JOIN hub.worked w ON w.scope = p_scope WHERE s.scope = p_scope;
    IF p_protocol IS NULL OR p_protocol < head.least_protocol THEN
        PERFORM hub.say('GMUPG', 'This version is too old for the hub. Update this bench; its work stays here.');
    ELSIF head.recovering THEN
        PERFORM hub.say('GMBSY', 'The hub is being recovered. The bench sends again by itself.');
    ELSIF head.instance <> instance THEN
        PERFORM hub.say('GMHIS', format('The hub was restored or took over from another server (%s, before %s). '
            'Work goes on here and waits: whoever looks after the hub opens a recovery.', instance, head.instance));
    END IF;
    IF p_position = 0 THEN
        found_hash := sha256(convert_to(p_scope, 'UTF8'));
    ELSE
        SELECT e.order_hash INTO found_hash FROM hub.entry e WHERE e.scope = p_scope AND e.position = p_position;
    END IF;
    IF found_hash IS DISTINCT FROM p_order_hash OR p_order_hash IS NULL THEN
        PERFORM hub.say('GMHIS', format('At position %s the hub (epoch %s) holds another history than the bench (epoch %s).',
            p_position, hub.epoch(p_scope), p_epoch));
    END IF;
    RETURN instance || '/' || coalesce(head.recoveries, 0);
END $$;
