"""Reviews are a kind of item of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("inbox", "0007_mail_and_lists")]

    operations = [
        migrations.AlterField(
            "item",
            "kind",
            models.CharField(
                choices=[
                    ("comment", "Comment"),
                    ("query", "Question"),
                    ("complaint", "Complaint"),
                    ("review", "Review"),
                    ("message", "Private message"),
                    ("mention", "Mention"),
                    ("other", "Something else"),
                ],
                default="comment",
                max_length=10,
                verbose_name="What is it?",
            ),
        ),
    ]
