"""Pictures that were destroyed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0001_initial")]

    operations = [migrations.AddField("picture", "destroyed_at", models.DateTimeField(null=True))]
