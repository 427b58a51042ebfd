from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0006_who_was_hurt")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="words_lost",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
