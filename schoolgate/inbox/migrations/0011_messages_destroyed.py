"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0010_words_of_a_school"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("groupmessage", "destroyed_at", models.DateTimeField(null=True)),
    ]
