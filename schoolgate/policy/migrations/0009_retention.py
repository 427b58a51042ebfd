"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models

NO_LONGER_ONLY_ADDED_TO = ";".join(
    f"DROP TRIGGER IF EXISTS only_added_to ON policy_{table}" for table in ("permissionword", "paperanswer")
)
"""`tenancy.protect` gives these tables the trigger `only_destroyed` instead."""


class Migration(migrations.Migration):
    dependencies = [("policy", "0008_delegation_and_managers"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("suggestion", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("rulingasked", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("permissionasked", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("practice", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("lesson", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("paperanswer", "destroyed_at", models.DateTimeField(blank=True, null=True)),
        migrations.RunSQL(NO_LONGER_ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
