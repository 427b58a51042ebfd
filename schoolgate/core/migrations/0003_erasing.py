"""Certificates of one thing that was erased before its time."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("core", "0002_destruction")]

    operations = [
        migrations.AlterField("destruction", "months", models.PositiveSmallIntegerField(null=True)),
        migrations.AlterField("destruction", "setting", models.BigIntegerField(null=True)),
        migrations.AddField("destruction", "thing", models.BigIntegerField(null=True)),
        migrations.AddField(
            "destruction", "because", models.CharField(blank=True, default="", max_length=20), False
        ),
        migrations.AddField(
            "destruction", "by", models.CharField(blank=True, default="", max_length=80), False
        ),
        migrations.AddConstraint(
            "destruction",
            models.CheckConstraint(
                name="core_destruction_by_period_or_erased",
                condition=Q(months__isnull=False, setting__isnull=False, thing=None, because="", by="")
                | Q(months=None, setting=None, thing__isnull=False) & ~Q(because="") & ~Q(by=""),
            ),
        ),
    ]
