"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models

NO_LONGER_ONLY_ADDED_TO = ";".join(
    f"DROP TRIGGER IF EXISTS only_added_to ON accounts_{table}"
    for table in ("proposaledition", "signature", "sentback", "fakenote")
)
"""`tenancy.protect` gives these tables the trigger `only_destroyed` instead."""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_consent_to_contribute"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("proposal", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddField("smallproposal", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddField("fake", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddField("foundpage", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddField("associatedpage", "destroyed_at", models.DateTimeField(null=True)),
        migrations.RunSQL(NO_LONGER_ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
