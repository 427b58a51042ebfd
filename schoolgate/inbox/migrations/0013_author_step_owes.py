"""What a policy requires after an author was blocked or a comment reported, such as readers told why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0012_more_judged")]

    operations = [
        migrations.AddField("authorstep", "owes", models.JSONField(default=dict)),
    ]
