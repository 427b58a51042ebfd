"""The look at the row before goes by the index, whatever the statistics of a young table say.

A connection keeps the plan that it once made; made while the record was short, it read all of it for each row.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("core", "0002_record_follows")]
    operations = [
        migrations.RunSQL(
            "ALTER FUNCTION core_record_follows() SET enable_seqscan = off",
            "ALTER FUNCTION core_record_follows() RESET enable_seqscan",
        )
    ]
