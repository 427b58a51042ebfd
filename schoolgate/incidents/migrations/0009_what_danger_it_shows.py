from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("incidents", "0008_hurt_by_their_own_word")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="shows",
            field=models.JSONField(db_default=models.Value([], models.JSONField()), default=list),
        ),
    ]
