"""Note among which people a comment was last read for names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_kept_from_whom_it_is_about")]

    operations = [
        migrations.AddField(
            model_name="item",
            name="names_read",
            field=models.CharField(max_length=16, default="", db_default=""),
        ),
    ]
