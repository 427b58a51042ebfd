"""What a network said about something that it did not take."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0015_replies_that_people_can_read")]

    operations = [
        migrations.AddField("answer", "said", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("authorstep", "said", models.CharField(blank=True, default="", max_length=300)),
        migrations.AddField("moderation", "said", models.CharField(blank=True, default="", max_length=300)),
    ]
