"""When a network no longer had a reply of ours."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0016_words_of_networks")]

    operations = [
        migrations.AddField("answer", "gone_at", models.DateTimeField(null=True)),
        migrations.AlterField(
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
                    ("deleted", "The reply is no longer on the network."),
                ],
                db_default="",
                default="",
                max_length=10,
            ),
        ),
    ]
