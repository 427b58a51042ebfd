"""An index for figures: items by when they appeared."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0001_initial"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(fields=["federation", "-received_at"], name="inbox_item_by_time"),
        ),
    ]
