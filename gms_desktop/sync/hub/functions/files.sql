-- Files as they came, in chunks of 256 kB that benches give one by one, after the entries that cite them.

-- Takes one chunk: of a file that an entry at the hub cites, of the length that it must have. With the last chunk the
-- whole is checked against its SHA-256. Answers ok, complete, uncited (no such entry here yet), emptied (erased for
-- good), differs (the whole was not the file: its chunks are thrown away), busy, upgrade or refused.
CREATE OR REPLACE FUNCTION hub.give_chunk(
    p_protocol integer, p_sha256 text, p_size bigint, p_media_type text, p_writer text, p_seq bigint,
    p_number integer, p_content bytea, OUT answer text, OUT detail text
) LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
BEGIN
    detail := '';
    BEGIN
        PERFORM hub.check_chunk(p_protocol, p_sha256, p_size, p_media_type, p_number, p_content);
        answer := hub.take_chunk(hub.own_scope(), p_sha256, p_size, p_media_type, p_writer, p_seq, p_number, p_content);
    EXCEPTION WHEN OTHERS THEN
        answer := hub.answer_of(sqlstate);
        IF answer IS NULL THEN
            RAISE;
        END IF;
        detail := sqlerrm;
    END;
END $$;

CREATE OR REPLACE FUNCTION hub.check_chunk(
    p_protocol integer, p_sha256 text, p_size bigint, p_media_type text, p_number integer, p_content bytea
) RETURNS void LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    this_scope text := hub.own_scope();
BEGIN
    IF this_scope IS NULL THEN
        RAISE EXCEPTION 'files are taken from an active bench' USING ERRCODE = '42501';
    ELSIF p_protocol IS NULL
        OR p_protocol < (SELECT s.least_protocol FROM hub.scope s WHERE s.scope = this_scope) THEN
        PERFORM hub.say('GMUPG', 'This version is too old for the hub. Update this bench; its work stays here.');
    ELSIF EXISTS (SELECT FROM hub.recovery r WHERE r.scope = this_scope AND r.ended_at IS NULL) THEN
        PERFORM hub.say('GMBSY', 'The hub is being recovered. The bench sends again by itself.');
    ELSIF p_sha256 IS NULL OR p_sha256 !~ '^[0-9a-f]{64}$' OR p_size IS NULL OR p_size NOT BETWEEN 0 AND 200000000
        OR p_media_type IS NULL OR octet_length(p_media_type) > 100 THEN
        PERFORM hub.say('GMREF', 'The hub takes files of up to 200 MB by their SHA-256, with their type.');
    ELSIF p_number IS NULL OR p_content IS NULL OR p_number < 0 OR p_number >= hub.chunks_of(p_size)
        OR octet_length(p_content) <> least(262144, p_size - p_number::bigint * 262144) THEN
        PERFORM hub.say('GMREF', format('Chunk %s is not one of a file of %s bytes.', p_number, p_size));
    END IF;
END $$;

CREATE OR REPLACE FUNCTION hub.chunks_of(p_size bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT greatest(1, (p_size + 262143) / 262144)
$$;

CREATE OR REPLACE FUNCTION hub.take_chunk(
    p_scope text, p_sha256 text, p_size bigint, p_media_type text, p_writer text, p_seq bigint,
    p_number integer, p_content bytea
) RETURNS text LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said json := (SELECT convert_from(e.bytes, 'UTF8')::json FROM hub.entry e
        WHERE e.scope = p_scope AND e.writer = p_writer AND e.seq = p_seq);
    named text;
    known hub.file;
BEGIN
    IF said IS NULL THEN
        RETURN 'uncited';
    ELSIF said #>> '{body,sha256}' IS DISTINCT FROM p_sha256
        OR coalesce(said #>> '{body,size}', p_size::text) <> p_size::text OR said #>> '{touches,0}' IS NULL THEN
        PERFORM hub.say('GMREF', format('The entry %s/%s does not cite this file.', p_writer, p_seq));
    END IF;
    INSERT INTO hub.file (scope, sha256, size, media_type, begun_at)
    VALUES (p_scope, p_sha256, p_size, p_media_type, clock_timestamp()) ON CONFLICT DO NOTHING;
    SELECT * INTO known FROM hub.file f WHERE f.scope = p_scope AND f.sha256 = p_sha256 FOR UPDATE;
    -- Of what the entry touches, the one among whose values the name stands: of a letter the patient whom it names.
    -- Whoever erases the name now waits for this, and then finds what it cites; or this waits, and finds it erased.
    SELECT p.subject INTO named FROM hub.private p, json_array_elements_text(said -> 'touches') AS t(subject)
    WHERE p.scope = p_scope AND p.subject = t.subject AND p.commitment = said #>> '{body,file}' LIMIT 1 FOR SHARE OF p;
    named := coalesce(named, said #>> '{touches,0}');
    INSERT INTO hub.file_citation (scope, subject, sha256, name)
    VALUES (p_scope, named, p_sha256, coalesce(said #>> '{body,file}', '')) ON CONFLICT DO NOTHING;
    -- A QC report says what was typed about every run and thing that it names, and goes with the values of any.
    IF said #>> '{body,sort}' = 'qc-report' THEN
        INSERT INTO hub.file_citation (scope, subject, sha256, name)
        SELECT p_scope, p.subject, p_sha256, min(p.commitment)
        FROM hub.private p, json_array_elements_text(said -> 'touches') AS t(subject)
        WHERE p.scope = p_scope AND p.subject = t.subject AND p.value IS NOT NULL
        GROUP BY p.subject ON CONFLICT DO NOTHING;
    END IF;
    PERFORM hub.empty_files(p_scope, ARRAY[named]);
    IF EXISTS (SELECT FROM hub.file f WHERE f.scope = p_scope AND f.sha256 = p_sha256 AND f.emptied) THEN
        RETURN 'emptied';
    ELSIF known.complete THEN
        RETURN 'complete';
    ELSIF known.size <> p_size THEN
        PERFORM hub.say('GMREF', format('The hub knows this file with %s bytes, not with %s.', known.size, p_size));
    END IF;
    INSERT INTO hub.file_chunk (scope, sha256, number, content)
    VALUES (p_scope, p_sha256, p_number, p_content) ON CONFLICT DO NOTHING;
    IF (SELECT count(*) FROM hub.file_chunk c WHERE c.scope = p_scope AND c.sha256 = p_sha256) < hub.chunks_of(p_size) THEN
        RETURN 'ok';
    END IF;
    RETURN hub.close_file(p_scope, p_sha256);
END $$;

-- All chunks are here: one file of a scope is checked at a time, since the whole of it stands in memory meanwhile.
CREATE OR REPLACE FUNCTION hub.close_file(p_scope text, p_sha256 text) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('gms_desktop file ' || p_scope, 0));
    IF (SELECT encode(sha256(string_agg(c.content, ''::bytea ORDER BY c.number)), 'hex')
        FROM hub.file_chunk c WHERE c.scope = p_scope AND c.sha256 = p_sha256) = p_sha256 THEN
        UPDATE hub.file f SET complete = true WHERE f.scope = p_scope AND f.sha256 = p_sha256;
        RETURN 'complete';
    END IF;
    DELETE FROM hub.file_chunk c WHERE c.scope = p_scope AND c.sha256 = p_sha256;
    RETURN 'differs';
END $$;

-- Empties the files that these subjects cite and whose name was erased. What is given later under that hash stays out.
CREATE OR REPLACE FUNCTION hub.empty_files(p_scope text, p_subjects text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    due text[] := ARRAY(
        SELECT DISTINCT c.sha256 FROM hub.file_citation c
        JOIN hub.file f ON f.scope = c.scope AND f.sha256 = c.sha256 AND NOT f.emptied
        JOIN hub.private p ON p.scope = c.scope AND p.subject = c.subject AND p.commitment = c.name AND p.value IS NULL
        WHERE c.scope = p_scope AND c.subject = ANY (p_subjects));
BEGIN
    UPDATE hub.file f SET emptied = true, complete = false WHERE f.scope = p_scope AND f.sha256 = ANY (due);
    DELETE FROM hub.file_chunk c WHERE c.scope = p_scope AND c.sha256 = ANY (due);
END $$;
