"""Keep a note that a safeguarding lead was told of when another replaces it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rota", "0001_initial")]

    operations = [
        migrations.AddField("turn", "earlier", models.TextField(blank=True, db_default="", default="")),
    ]
