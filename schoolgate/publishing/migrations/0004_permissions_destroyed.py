"""What is kept here can be destroyed when its retention period is over, with a certificate."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0003_retention"), ("core", "0002_destruction")]

    operations = [
        migrations.AddField("ownerpermission", "destroyed_at", models.DateTimeField(null=True)),
        migrations.AddField("readytext", "destroyed_at", models.DateTimeField(null=True)),
    ]
