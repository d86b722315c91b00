-- Signatures of writers' heads. The server cannot verify Ed25519: it keeps what a login says of its own writers, and a
-- recovery verifies it before it rests anything on it.

-- Names a public key of the bench that is signed in, also while a recovery is open. A key that is named stays.
CREATE OR REPLACE FUNCTION hub.name_key(p_public bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
BEGIN
    IF this_scope IS NULL OR octet_length(p_public) IS DISTINCT FROM 32 THEN
        RAISE EXCEPTION 'a key of 32 bytes is named by an active bench' USING ERRCODE = '42501';
    ELSIF (SELECT count(*) FROM hub.signing_key k WHERE k.scope = this_scope AND k.login = session_user
            AND k.public <> p_public) >= 50 THEN
        RAISE EXCEPTION 'this bench has named 50 keys' USING ERRCODE = '42501';
    END IF;
    INSERT INTO hub.signing_key VALUES (this_scope, session_user, p_public, clock_timestamp()) ON CONFLICT DO NOTHING;
END $$;

-- Keeps the signature over the newest entry of a writer: of its own login, under a key that it has named, of an entry
-- that is here. False for any other; an older one than is kept changes nothing.
CREATE OR REPLACE FUNCTION hub.sign(p_writer text, p_seq bigint, p_hash bytea, p_public bytea, p_signature bytea)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
BEGIN
    IF this_scope IS NULL OR octet_length(p_signature) IS DISTINCT FROM 64
        OR NOT EXISTS (SELECT FROM hub.writer w
            WHERE w.scope = this_scope AND w.writer = p_writer AND w.login = session_user)
        OR NOT EXISTS (SELECT FROM hub.signing_key k
            WHERE k.scope = this_scope AND k.login = session_user AND k.public = p_public)
        OR NOT EXISTS (SELECT FROM hub.entry e
            WHERE e.scope = this_scope AND e.writer = p_writer AND e.seq = p_seq AND e.hash = p_hash) THEN
        RETURN false;
    END IF;
    INSERT INTO hub.signature AS s
    VALUES (this_scope, p_writer, p_seq, p_hash, p_public, p_signature, clock_timestamp())
    ON CONFLICT (scope, writer) DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash, public = EXCLUDED.public,
        signature = EXCLUDED.signature, signed_at = EXCLUDED.signed_at
    WHERE s.seq < EXCLUDED.seq;
    RETURN true;
END $$;

-- Takes, while a recovery is open, the signatures that a bench holds of any writer: what they are worth is found when
-- the recovery is closed.
CREATE OR REPLACE FUNCTION hub.reoffer_signatures(
    p_writers text[], p_seqs bigint[], p_hashes bytea[], p_publics bytea[], p_signatures bytea[]
) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
BEGIN
    PERFORM hub.giving_back_to(this_scope);
    INSERT INTO hub.reoffered_signature (scope, writer, seq, hash, public, signature, login)
    SELECT this_scope, u.writer, u.seq, u.hash, u.public, u.signature, session_user
    FROM unnest(p_writers, p_seqs, p_hashes, p_publics, p_signatures) AS u(writer, seq, hash, public, signature)
    WHERE octet_length(u.hash) = 32 AND octet_length(u.public) = 32 AND octet_length(u.signature) = 64
        AND octet_length(u.writer) <= 100
    LIMIT greatest(0, 10000 - (SELECT count(*) FROM hub.reoffered_signature r
        WHERE r.scope = this_scope AND r.login = session_user))
    ON CONFLICT DO NOTHING;
END $$;
