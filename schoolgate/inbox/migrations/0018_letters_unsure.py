"""Whether some letters of what came in may be wrong."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0017_replies_that_are_gone")]

    operations = [
        migrations.AddField("item", "letters_unsure", models.BooleanField(default=False, db_default=False)),
    ]
