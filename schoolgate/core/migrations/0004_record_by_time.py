"""The record is found by time through an index of a few kilobytes (ADR 0071)."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0003_erasing")]

    operations = [
        migrations.AddIndex(
            model_name="ledgerrow",
            index=BrinIndex(fields=["at"], name="core_ledger_by_time", autosummarize=True),
        ),
    ]
