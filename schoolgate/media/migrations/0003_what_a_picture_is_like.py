from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("media", "0002_who_is_heard")]

    operations = [
        migrations.AddField(
            model_name="picture",
            name="like",
            field=ArrayField(base_field=models.BigIntegerField(), null=True, size=None),
        ),
    ]
