"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("press", "0002_retention"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("expectation", "destroyed_at", models.DateTimeField(null=True)),
    ]
