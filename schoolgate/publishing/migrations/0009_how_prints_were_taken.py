from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0008_kept_to_the_leads")]

    operations = [
        migrations.AddField(
            model_name="withheldpicture",
            name="taken_as",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
    ]
