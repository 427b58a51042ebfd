"""People whose name and address were destroyed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [migrations.AddField("person", "destroyed_at", models.DateTimeField(null=True))]
