"""An index for the times of arrival of one school."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0005_around_removal")]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["federation", "school", "received_at", "id"], name="inbox_item_school_time"
            ),
        ),
    ]
