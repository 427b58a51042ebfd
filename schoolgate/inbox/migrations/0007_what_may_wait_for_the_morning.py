"""Note what a safeguarding lead has read, and what of it may wait for the morning."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0006_kept_until_a_lead_has_read_it")]

    operations = [
        migrations.AddField("item", "waits_quietly", models.BooleanField(default=False, db_default=False)),
        migrations.AddField("item", "lead_read_at", models.DateTimeField(null=True)),
    ]
