-- The canonical form of an entry's bytes, worked out the slow and plain way: what hub.read doubts is proved here.

-- OFFSET 0 keeps the inner text from being worked out once for each of its two uses, and so on at every depth.
-- The canonical text of a value; NULL for what has none (floats, numbers beyond 2^53, a key twice, too deep).
CREATE OR REPLACE FUNCTION hub.canonical(p_value json, p_depth integer DEFAULT 0) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    written text := p_value::text;
BEGIN
    IF p_depth > 40 THEN
        RETURN NULL;
    END IF;
    CASE json_typeof(p_value)
        WHEN 'string' THEN
            RETURN to_json(p_value #>> '{}')::text;
        WHEN 'number' THEN
            RETURN CASE WHEN written ~ '^(0|-?[1-9][0-9]{0,15})$' AND abs(written::numeric) <= 9007199254740992
                THEN written END;
        WHEN 'array' THEN
            RETURN (SELECT CASE WHEN bool_and(one IS NOT NULL) IS NOT FALSE
                        THEN '[' || coalesce(string_agg(one, ',' ORDER BY o), '') || ']' END
                FROM (SELECT o, hub.canonical(v, p_depth + 1) AS one
                      FROM json_array_elements(p_value) WITH ORDINALITY AS u(v, o) OFFSET 0) AS inner_values);
        WHEN 'object' THEN
            RETURN (SELECT CASE WHEN bool_and(one IS NOT NULL) IS NOT FALSE AND count(*) = count(DISTINCT key)
                        THEN '{' || coalesce(string_agg(to_json(key)::text || ':' || one, ',' ORDER BY key COLLATE "C"), '')
                            || '}' END
                FROM (SELECT key, hub.canonical(value, p_depth + 1) AS one FROM json_each(p_value) OFFSET 0) AS inner_values);
        ELSE
            RETURN btrim(written, E' \t\r\n');
    END CASE;
END $$;

-- What keeps these bytes from being an entry of this writer, seq and scope; NULL when nothing does.
CREATE OR REPLACE FUNCTION hub.fault_of(p_scope text, p_writer text, p_seq bigint, p_content bytea) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    written text;
    e hub.envelope;
BEGIN
    IF octet_length(p_content) > 64000 THEN
        RETURN format('it has %s bytes, the most is 64000', octet_length(p_content));
    END IF;
    written := convert_from(p_content, 'UTF8');
    IF written IS DISTINCT FROM hub.canonical(written::json) THEN
        RETURN 'its bytes are not in the canonical form';
    END IF;
    IF json_typeof(written::json) <> 'object' THEN
        RETURN 'it is no JSON object';
    END IF;
    e := json_populate_record(NULL::hub.envelope, written::json);
    RETURN CASE
        WHEN row_to_json(e)::text IS DISTINCT FROM written THEN 'its fields are not those of an entry'
        WHEN e.format IS DISTINCT FROM 1 THEN 'it is of a format that this hub does not know'
        WHEN e.writer IS DISTINCT FROM p_writer THEN format('its bytes name the writer %s', e.writer)
        WHEN e.seq IS DISTINCT FROM p_seq THEN format('its bytes say number %s', e.seq)
        WHEN e.scope IS DISTINCT FROM p_scope THEN format('its bytes name the laboratory %s', e.scope)
        WHEN num_nulls(e.occurred_at, e.app, e.kind, e.version, e.action, e.ruleset) > 0 THEN 'a field is empty'
        WHEN cardinality(e.touches) > 200 THEN format('it touches %s subjects, the most is 200', cardinality(e.touches))
        WHEN coalesce(left(e.body::text, 1), '') <> '{' THEN 'its body is no JSON object'
        WHEN hub.wrong_lists(e) THEN 'its lists are not those of an entry'
        WHEN left(e.input::text, 1) IS DISTINCT FROM '{' THEN 'its input is no JSON object'
        WHEN EXISTS (SELECT FROM json_each(e.input) WHERE json_typeof(value) <> 'string') THEN 'its input is not of texts'
    END;
EXCEPTION WHEN data_exception OR statement_too_complex THEN
    RETURN 'it cannot be read as UTF-8 JSON of an entry: ' || sqlerrm;
END $$;

-- Whether a list of an entry is missing, is not of texts or pairs, or has an empty place where none may be.
CREATE OR REPLACE FUNCTION hub.wrong_lists(e hub.envelope) RETURNS boolean
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT num_nulls(e.because, e.private, e.touches, e.claims, e.requires, e.expects, e.releases) > 0
        OR array_ndims(e.because) > 1 OR array_ndims(e.private) > 1 OR array_ndims(e.touches) > 1
        OR EXISTS (SELECT FROM unnest(e.because || e.private || e.touches) AS one WHERE one IS NULL)
        OR array_ndims(e.claims) <> 2 OR array_length(e.claims, 2) <> 2
        OR array_ndims(e.requires) <> 2 OR array_length(e.requires, 2) <> 2
        OR array_ndims(e.expects) <> 2 OR array_length(e.expects, 2) <> 2
        OR array_ndims(e.releases) <> 2 OR array_length(e.releases, 2) <> 2
        OR EXISTS (SELECT FROM unnest(e.claims) AS one WHERE one IS NULL)
        OR EXISTS (SELECT FROM unnest(e.releases) AS one WHERE one IS NULL)
        OR EXISTS (SELECT FROM generate_subscripts(e.requires, 1) AS g WHERE e.requires[g][1] IS NULL)
        OR EXISTS (SELECT FROM generate_subscripts(e.expects, 1) AS g WHERE e.expects[g][1] IS NULL)
$$;
