"""One standing intent for each post and account, and one for taking down each copy: also once it is done."""

from django.db import migrations, models

STANDING = ["asked", "confirmed", "different", "sent", "unknown", "written"]
ROWS = "ALTER TABLE publishing_delivery {} FORCE ROW LEVEL SECURITY;"
SETTLE = """
UPDATE publishing_delivery AS row
SET state = CASE row.state WHEN 'written' THEN 'cancelled' ELSE 'failed' END,
    because = 'sent_twice', what_next = '', not_before = NULL
FROM (
    SELECT id, row_number() OVER (PARTITION BY federation_id, {alike} ORDER BY CASE state {first} END, id) AS place
    FROM publishing_delivery
    WHERE purpose = '{purpose}'
    AND state IN ('asked', 'confirmed', 'different', 'sent', 'unknown', 'written')
) AS found
WHERE found.id = row.id AND found.place > 1;
"""
POSTS = SETTLE.format(
    alike="post_id, account_id",
    purpose="publish",
    first="WHEN 'written' THEN 2 WHEN 'confirmed' THEN 1 ELSE 0",
)
"""What is under way stays, so that it is looked up; else the first copy. The other keeps its address on the
network, so a take-down removes it as well."""
TAKE_DOWNS = SETTLE.format(
    alike="of_id", purpose="take_down", first="WHEN 'confirmed' THEN 0 WHEN 'written' THEN 2 ELSE 1"
)


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_looked_at")]

    operations = [
        migrations.RunSQL(ROWS.format("NO") + POSTS + TAKE_DOWNS + ROWS.format(""), migrations.RunSQL.noop),
        migrations.RemoveConstraint("delivery", "publishing_one_live_intent"),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=["federation", "post", "account"],
                condition=models.Q(("purpose", "publish"), ("state__in", STANDING)),
                name="publishing_one_standing_post",
            ),
        ),
        migrations.AddConstraint(
            "delivery",
            models.UniqueConstraint(
                fields=["federation", "of"],
                condition=models.Q(("purpose", "take_down"), ("state__in", STANDING)),
                name="publishing_one_standing_take_down",
            ),
        ),
    ]
