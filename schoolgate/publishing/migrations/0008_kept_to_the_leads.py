from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0007_older_posts_to_take_down")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="leads_only",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
