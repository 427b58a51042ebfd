"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models

NO_LONGER_ONLY_ADDED_TO = ";".join(
    f"DROP TRIGGER IF EXISTS only_added_to ON accounts_{table}"
    for table in ("notice", "evaluation", "aimresult", "seen", "pagepicture", "sitelook", "siteword")
)
"""`tenancy.protect` gives these tables the trigger `only_destroyed` instead."""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_retention"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("account", "destroyed_at", models.DateTimeField(null=True)),
        migrations.RunSQL(NO_LONGER_ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
