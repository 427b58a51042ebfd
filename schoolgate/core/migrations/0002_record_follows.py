"""The database itself refuses a row of the record that does not follow the row before it.

The head's row is the application's to move; a wrong head must not be able to break a chain that nobody can mend.
"""

from django.db import migrations

# Within a batch each row is compared with the one before it; only the first is looked up in the table.
FOLLOWS = """
CREATE FUNCTION core_record_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM (
            SELECT federation_id, number, previous_hash, hash, stored,
                   lag(number) OVER batch AS number_before, lag(hash) OVER batch AS hash_before
            FROM added WINDOW batch AS (PARTITION BY federation_id ORDER BY number)
        ) AS one
        WHERE hash <> sha256(stored) OR previous_hash IS DISTINCT FROM CASE
            WHEN number_before = number - 1 THEN hash_before
            WHEN number_before IS NOT NULL THEN NULL
            WHEN number = 1 THEN decode(repeat('00', 32), 'hex')
            ELSE (SELECT row.hash FROM core_ledgerrow AS row
                  WHERE row.federation_id = one.federation_id AND row.number = one.number - 1)
        END
    ) THEN
        RAISE EXCEPTION 'a row of the record does not follow the row before it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER follows AFTER INSERT ON core_ledgerrow REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION core_record_follows();
"""
NOTHING = """
DROP TRIGGER follows ON core_ledgerrow;
DROP FUNCTION core_record_follows();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(FOLLOWS, NOTHING)]
