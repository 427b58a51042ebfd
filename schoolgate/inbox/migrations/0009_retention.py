"""Comments can be destroyed when their retention period is over, with a certificate."""

from django.db import migrations, models
from django.db.models import Q

NO_LONGER_ONLY_ADDED_TO = ";".join(
    f"DROP TRIGGER IF EXISTS only_added_to ON inbox_{table}"
    for table in ("itemversion", "itemphoto", "itemword", "itemnote", "evidence", "writerstep")
)
"""`tenancy.protect` gives these tables the trigger `only_destroyed` instead."""


class Migration(migrations.Migration):
    dependencies = [("inbox", "0008_reviews"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("item", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "item",
            models.Index(
                fields=["federation", "state_at", "id"],
                condition=Q(state__in=["answered", "closed"], destroyed_at=None),
                name="inbox_item_over",
            ),
        ),
        migrations.RunSQL(NO_LONGER_ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
