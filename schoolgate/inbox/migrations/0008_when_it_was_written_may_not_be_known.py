"""Note that an email doesn't say when what it brings was written."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0007_what_may_wait_for_the_morning")]

    operations = [
        migrations.AddField("item", "time_unsure", models.BooleanField(default=False, db_default=False)),
    ]
