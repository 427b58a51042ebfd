"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models

NO_LONGER_ONLY_ADDED_TO = ";".join(
    f"DROP TRIGGER IF EXISTS only_added_to ON rights_{table}" for table in ("step",)
)
"""`tenancy.protect` gives these tables the trigger `only_destroyed` instead."""


class Migration(migrations.Migration):
    dependencies = [("rights", "0003_answer"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("request", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AlterField("request", "words_ref", models.BigIntegerField(null=True)),
        migrations.AlterField("answer", "letter_ref", models.BigIntegerField(null=True)),
        migrations.RunSQL(NO_LONGER_ONLY_ADDED_TO, migrations.RunSQL.noop),
    ]
