"""How many PDFs an answer has."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rights", "0004_retention")]

    operations = [
        migrations.AddField("answer", "volumes", models.PositiveIntegerField(default=0)),
    ]
