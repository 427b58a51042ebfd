from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="policyversion", name="roles_removed", field=models.JSONField(default=dict)
        ),
    ]
