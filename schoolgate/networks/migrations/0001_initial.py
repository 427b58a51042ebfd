"""What this program stores of networks themselves: the demo noticeboard."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

import schoolgate.core.models
from schoolgate.core.tenancy import federation, identity


class Migration(migrations.Migration):
    initial = True
    dependencies = [("core", "0001_initial")]
    operations = [
        migrations.CreateModel(
            name="NoticeboardPost",
            fields=[
                identity(),
                ("key", models.CharField(max_length=13)),
                ("text", models.TextField()),
                (
                    "languages",
                    ArrayField(
                        base_field=models.CharField(max_length=8),
                        default=schoolgate.core.models.english,
                        size=None,
                    ),
                ),
                ("comments_open", models.BooleanField(default=True)),
                ("published_at", models.DateTimeField()),
                ("taken_down_at", models.DateTimeField(blank=True, null=True)),
                ("destroyed_at", models.DateTimeField(blank=True, null=True)),
                federation(),
                ("school", models.ForeignKey(on_delete=models.PROTECT, related_name="+", to="core.school")),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "school", "-published_at", "-id"], name="networks_board_newest"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "key"), name="networks_noticeboard_post_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("taken_down_at", None),
                            ("taken_down_at__gte", models.F("published_at")),
                            _connector="OR",
                        ),
                        name="networks_noticeboard_post_times",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeboardPicture",
            fields=[
                identity(),
                ("place", models.PositiveSmallIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("media_type", models.CharField(max_length=20)),
                ("alt", models.TextField(blank=True)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                federation(),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="pictures", to="networks.noticeboardpost"
                    ),
                ),
            ],
            options={
                "ordering": ("place",),
                "indexes": [models.Index(fields=["federation", "digest"], name="networks_board_pictures")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "post", "place"), name="networks_board_place"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeboardFilm",
            fields=[
                identity(),
                ("digest", models.CharField(max_length=64)),
                ("alt", models.TextField(blank=True)),
                ("captions", models.TextField(blank=True)),
                ("language", models.CharField(default="en", max_length=8)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                ("cover", models.CharField(blank=True, max_length=64)),
                ("cover_type", models.CharField(blank=True, max_length=20)),
                federation(),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="film", to="networks.noticeboardpost"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["federation", "digest"], name="networks_board_films")]},
        ),
        migrations.CreateModel(
            name="NoticeboardComment",
            fields=[
                identity(),
                ("key", models.CharField(max_length=13)),
                ("ours", models.BooleanField(default=False)),
                ("name", models.CharField(blank=True, max_length=60)),
                ("text", models.TextField()),
                (
                    "languages",
                    ArrayField(
                        base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                    ),
                ),
                ("written_at", models.DateTimeField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("state_at", models.DateTimeField()),
                federation(),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="answers",
                        to="networks.noticeboardcomment",
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=models.PROTECT, related_name="comments", to="networks.noticeboardpost"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["federation", "post", "written_at", "id"], name="networks_comments_below"
                    ),
                    models.Index(fields=["federation", "post", "state"], name="networks_comments_waiting"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("federation", "key"), name="networks_noticeboard_comment_key"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "released", "hidden", "removed"])),
                        name="networks_noticeboard_comment_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ours", False), ("state__in", ["released", "removed"]), _connector="OR"
                        ),
                        name="networks_noticeboard_ours_is_shown",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeboardCard",
            fields=[
                identity(),
                ("address", models.TextField()),
                ("title", models.CharField(max_length=200)),
                ("description", models.CharField(blank=True, max_length=300)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("media_type", models.CharField(blank=True, max_length=20)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                federation(),
                (
                    "post",
                    models.OneToOneField(
                        on_delete=models.PROTECT, related_name="link_card", to="networks.noticeboardpost"
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["federation", "digest"], name="networks_board_cards")]},
        ),
    ]
