"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_record_by_time")]

    operations = [
        migrations.AddField("stop", "destroyed_at", models.DateTimeField(null=True)),
    ]
