"""Whether people can read a reply, as last noted, and since when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0014_one_report")]

    operations = [
        migrations.AddField(
            "answer",
            "unseen",
            models.CharField(
                blank=True,
                choices=[
                    ("waiting", "The comment hasn’t been shown yet."),
                    ("hidden", "The comment is hidden."),
                    ("removed", "The comment was deleted by us."),
                    ("gone", "The comment is no longer on the network."),
                    ("blocked", "Its author is blocked."),
                    ("post_gone", "The post was taken down."),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField("answer", "seen_at", models.DateTimeField(null=True)),
    ]
