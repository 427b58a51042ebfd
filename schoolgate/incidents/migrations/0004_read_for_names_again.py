"""Note among which people the words of a concern were last read for names."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_about_a_person_not_found")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="names_read",
            field=models.CharField(max_length=16, default="", db_default=""),
        ),
    ]
