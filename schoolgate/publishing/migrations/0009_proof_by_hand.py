"""What shows that a post that was posted by hand is on its account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0008_words_of_networks")]

    operations = [
        migrations.AddField("delivery", "proof", models.CharField(blank=True, default="", max_length=6)),
    ]
