from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0002_names_found_in_words")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="about_unknown",
            field=models.BooleanField(default=False),
        ),
    ]
