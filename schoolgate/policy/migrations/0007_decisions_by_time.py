"""Decisions are found by time through an index of a few kilobytes (ADR 0071)."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_guide_read")]

    operations = [
        migrations.AddIndex(
            model_name="decisionrecord",
            index=BrinIndex(fields=["at"], name="policy_kept_by_time", autosummarize=True),
        ),
    ]
