"""A draft keeps its text before an account is chosen; one entry may stand for several people alike."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_by_hand")]

    operations = [
        migrations.AddField(
            "post",
            "text",
            models.TextField(blank=True, default="", verbose_name="Text"),
            preserve_default=False,
        ),
        migrations.AddField("postperson", "number", models.PositiveSmallIntegerField(default=1)),
    ]
