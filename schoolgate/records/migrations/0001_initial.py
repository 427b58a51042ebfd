"""How long a federation keeps each kind of record."""

from django.db import migrations, models
from django.db.models import Q

from schoolgate.core.tenancy.columns import federation, identity


class Migration(migrations.Migration):
    initial = True

    dependencies = [("core", "0002_destruction"), ("people", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Setting",
            fields=[
                identity(),
                federation(),
                ("kind", models.CharField(max_length=20)),
                ("months", models.PositiveSmallIntegerField(null=True)),
                ("runs", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("by", models.ForeignKey("people.person", models.PROTECT, related_name="+")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        name="records_only_a_period_runs",
                        condition=Q(runs=False) | Q(months__isnull=False),
                    ),
                ],
                "indexes": [
                    models.Index(fields=["federation", "kind", "-id"], name="records_setting_newest")
                ],
            },
        ),
    ]
