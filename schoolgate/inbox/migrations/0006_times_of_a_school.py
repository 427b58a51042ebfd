"""Indexes for a school's times of arrival, and for what is due next of a lane, a kind and a language."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("inbox", "0005_around_removal")]

    operations = [
        migrations.AddIndex(
            model_name="item",
            index=models.Index(
                fields=["federation", "school", "received_at", "id"], name="inbox_item_school_time"
            ),
        ),
        *(
            migrations.AddIndex(
                model_name="item",
                index=models.Index(
                    fields=["federation", field, "goes_first", "answer_by", "id"],
                    condition=Q(state="open"),
                    name=f"inbox_item_{field}_due",
                ),
            )
            for field in ("lane", "kind", "language")
        ),
    ]
