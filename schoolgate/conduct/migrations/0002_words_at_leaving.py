"""Which document of the school stood beside a leaver's answer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conduct", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="leavingreminder",
            name="document",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
    ]
