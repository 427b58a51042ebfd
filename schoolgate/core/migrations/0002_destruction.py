"""Certificates of destruction, and the files that go with what was destroyed."""

from django.db import migrations, models

from schoolgate.core.models.keeping import ThisTransaction
from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Destruction",
            fields=[
                identity(),
                federation(),
                ("kind", models.CharField(max_length=20)),
                ("months", models.PositiveSmallIntegerField()),
                ("setting", models.BigIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("ids_digest", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("made_in", models.BigIntegerField(db_default=ThisTransaction())),
            ],
            options={
                "indexes": [
                    models.Index(fields=["federation", "-id"], name="core_destruction_newest"),
                    models.Index(fields=["made_in"], name="core_destruction_made_in"),
                ],
            },
        ),
        migrations.CreateModel(
            name="DestroyedFile",
            fields=[
                identity(),
                federation(),
                ("destruction", models.ForeignKey("core.destruction", models.PROTECT, related_name="+")),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
    ]
