"""What a network said about something that it did not take, and an index of what a person has to decide."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_retired_by_two")]

    operations = [
        migrations.AddField("delivery", "said", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddIndex(
            "delivery",
            models.Index(
                fields=["federation", "post"],
                condition=models.Q(("state__in", ["asked", "different", "failed"])),
                name="publishing_delivery_refused",
            ),
        ),
    ]
