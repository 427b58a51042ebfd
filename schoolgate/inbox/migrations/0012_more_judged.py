"""What else is stated about a comment where a policy asks it: an abusive conversation, a friend of the site."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0011_messages_destroyed")]

    operations = [
        migrations.AddField("judgement", "abusive", models.BooleanField(null=True)),
        migrations.AddField("judgement", "friend", models.BooleanField(null=True)),
    ]
