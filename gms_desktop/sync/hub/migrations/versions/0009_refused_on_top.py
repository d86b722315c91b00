"""What another writer had left where an entry was refused: work that comes after it does not rest on that alone."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Work out anew, for each subject of a refused entry, the keys that tell on what the work there rests.

    A hub has few of them, and they are walked in the order of their entries as judge/premises.py does.
    """
    op.execute(
        """
        CREATE TEMPORARY TABLE touching ON COMMIT DROP AS
        SELECT e.scope, e.position, e.writer, e.writer || '/' || e.seq AS entry, e.verdict, s.subject
        FROM hub.entry e
        CROSS JOIN LATERAL jsonb_array_elements_text(convert_from(e.bytes, 'UTF8')::jsonb -> 'touches') AS s(subject);

        DELETE FROM touching t WHERE NOT EXISTS (
            SELECT FROM touching f WHERE f.verdict = 'refused' AND f.scope = t.scope AND f.subject = t.subject);

        DO $$
        DECLARE
            one record;
            last text;
            ground text;
            refused text;
            place text := '';
        BEGIN
            FOR one IN SELECT *, lead(t.position) OVER w IS NULL AS ends, lag(t.position) OVER w IS NULL AS begins
                FROM touching t WINDOW w AS (PARTITION BY t.scope, t.subject ORDER BY t.position)
                ORDER BY t.scope, t.subject, t.position
            LOOP
                IF one.begins THEN
                    last := NULL; ground := NULL; refused := NULL;
                END IF;
                IF one.verdict <> 'accepted' THEN
                    ground := one.entry;
                ELSIF NOT starts_with(last, one.writer || '/') AND last IS DISTINCT FROM refused THEN
                    ground := last;
                END IF;
                IF one.verdict <> 'refused' THEN
                    last := one.entry;
                ELSIF NOT starts_with(last, one.writer || '/') THEN
                    refused := last;
                END IF;
                IF one.ends THEN
                    INSERT INTO hub.key_holder AS h (scope, key, holder)
                    SELECT one.scope, k.key, k.holder
                    FROM (VALUES ('ground:' || one.subject, ground), ('refused:' || one.subject, refused))
                        AS k(key, holder)
                    WHERE k.holder IS NOT NULL
                    ON CONFLICT ON CONSTRAINT key_holder_pkey DO UPDATE SET holder = EXCLUDED.holder;
                END IF;
            END LOOP;
        END $$
        """
    )
