"""Note which comments are locked only until a safeguarding lead has read them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0005_first_read_by_a_lead")]

    operations = [
        migrations.AddField(
            "item", "locked_until_read", models.BooleanField(default=False, db_default=False)
        ),
    ]
