-- Nobody may call anything but what stands here.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA hub FROM gms_bench;
GRANT EXECUTE ON FUNCTION
    hub.append(integer, text, text, bigint, bytea[], bytea[], text[], text[], bytea[], text[], bigint, bytea, text),
    hub.pull(integer, text, bigint, bytea, text, integer),
    hub.greet(), hub.take_up(), hub.own_scope(), hub.epoch(text), hub.answer_of(text),
    hub.admit_session(integer, text, bigint, bytea, text),
    hub.give_credentials(text[], integer[], text[]), hub.share_pepper(bytea),
    hub.reoffer(bigint[], bytea[], bytea[], text[], text[], text[], bytea[], text[]),
    hub.name_key(bytea), hub.sign(text, bigint, bytea, bytea, bytea),
    hub.reoffer_signatures(text[], bigint[], bytea[], bytea[], bytea[]),
    hub.give_chunk(integer, text, bigint, text, text, bigint, integer, bytea)
TO gms_bench;
