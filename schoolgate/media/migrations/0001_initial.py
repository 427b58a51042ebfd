"""Pictures and their consents."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial"), ("people", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="Picture",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=20)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("prints", ArrayField(base_field=models.BigIntegerField(), default=list, size=None)),
                ("faces", models.PositiveSmallIntegerField(null=True)),
                ("alt", models.TextField(blank=True)),
                ("shows_people", models.BooleanField(null=True)),
                ("shows_pupils", models.BooleanField(null=True)),
                ("added_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
                (
                    "added_by",
                    models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person"),
                ),
                federation(),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("media_type__in", ("image/jpeg", "image/png"))),
                        name="media_picture_type",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("shows_pupils", True), _negated=True),
                            ("shows_people", True),
                            _connector="OR",
                        ),
                        name="media_picture_pupils_are_people",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="Film",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField()),
                ("height", models.PositiveIntegerField()),
                ("size", models.PositiveIntegerField()),
                ("milliseconds", models.PositiveIntegerField()),
                ("has_sound", models.BooleanField()),
                ("captions", models.TextField(blank=True)),
                ("no_speech", models.BooleanField(null=True)),
                federation(),
                (
                    "cover",
                    models.OneToOneField(on_delete=models.PROTECT, related_name="film", to="media.picture"),
                ),
            ],
            options={"abstract": False},
        ),
        migrations.CreateModel(
            name="ConsentCheck",
            fields=[
                identity(),
                ("picture_digest", models.CharField(max_length=64)),
                ("channel", models.CharField(max_length=40)),
                ("at", models.DateTimeField()),
                ("list_dated", models.DateField()),
                ("everybody_may", models.BooleanField()),
                ("by", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="people.person")),
                federation(),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="consent_checks", to="media.picture"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "picture", "channel", "-id"], name="media_check_newest"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="PictureWords",
            fields=[
                identity(),
                ("asked_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                ("lines", ArrayField(base_field=models.TextField(), null=True, size=None)),
                ("reader", models.CharField(blank=True, max_length=40)),
                federation(),
                (
                    "picture",
                    models.OneToOneField(
                        on_delete=models.CASCADE, related_name="words_read", to="media.picture"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("lines", None), ("read_at__isnull", False), _connector="OR"),
                        name="media_words_read_at_a_time",
                    )
                ]
            },
        ),
    ]
