"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models

NO_LONGER_ONLY_ADDED_TO = ";".join(
    f"DROP TRIGGER IF EXISTS only_added_to ON networks_{table}"
    for table in ("noticeboardpicture", "noticeboardfilm", "noticeboardcard")
)
"""`tenancy.protect` gives these tables the trigger `only_destroyed` instead."""


class Migration(migrations.Migration):
    dependencies = [("networks", "0001_initial"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("noticeboardpost", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(NO_LONGER_ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
