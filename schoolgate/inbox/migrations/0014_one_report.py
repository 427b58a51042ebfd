"""A comment is reported once; two comments of one author are two reports."""

from django.db import migrations, models

STANDING = ["asked", "confirmed", "different", "sent", "unknown", "written"]
LIVE = ["asked", "different", "sent", "unknown", "written"]
SETTLE = """
ALTER TABLE inbox_authorstep NO FORCE ROW LEVEL SECURITY;
UPDATE inbox_authorstep AS row SET state = 'failed', because = 'sent_twice', owes = '{}'
FROM (
    SELECT id, row_number() OVER (
        PARTITION BY federation_id, item_id ORDER BY CASE state WHEN 'confirmed' THEN 0 ELSE 1 END, id
    ) AS place
    FROM inbox_authorstep
    WHERE how = 'report' AND state IN ('asked', 'confirmed', 'different', 'sent', 'unknown', 'written')
) AS found
WHERE found.id = row.id AND found.place > 1;
ALTER TABLE inbox_authorstep FORCE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0013_author_step_owes")]

    operations = [
        migrations.RunSQL(SETTLE, migrations.RunSQL.noop),
        migrations.RemoveConstraint("authorstep", "inbox_one_live_author_step"),
        migrations.AddConstraint(
            "authorstep",
            models.UniqueConstraint(
                fields=["federation", "account", "author_id_there", "how"],
                condition=models.Q(("state__in", LIVE)) & ~models.Q(("how", "report")),
                name="inbox_one_live_author_step",
            ),
        ),
        migrations.AddConstraint(
            "authorstep",
            models.UniqueConstraint(
                fields=["federation", "item"],
                condition=models.Q(("how", "report"), ("state__in", STANDING)),
                name="inbox_one_standing_report",
            ),
        ),
    ]
