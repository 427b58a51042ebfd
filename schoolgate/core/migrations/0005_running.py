"""What is kept of how the installation runs: backups, rehearsals of restoring them, a home that came from one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_setting_up"),
    ]

    operations = [
        migrations.CreateModel(
            name="Backup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("folder", models.CharField(max_length=500)),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("size", models.BigIntegerField(default=0)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("rows", models.BigIntegerField(default=0)),
                ("files", models.BigIntegerField(default=0)),
                ("record", models.JSONField(default=dict)),
                ("gone_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["-number"], name="core_backup_newest")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("trouble", ""), _negated=True),
                            models.Q(("size__gt", 0), models.Q(("digest", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="core_backup_whole_or_in_trouble",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BackupRehearsal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
                ("trouble", models.CharField(blank=True, max_length=20)),
                ("rows", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["-began_at"], name="core_rehearsal_newest")],
            },
        ),
        migrations.CreateModel(
            name="Restoration",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("backup_at", models.DateTimeField()),
                ("restored_at", models.DateTimeField()),
                ("sound", models.BooleanField(default=False)),
                ("lost", models.JSONField(default=dict)),
                ("told", models.JSONField(default=dict)),
                ("looked_at", models.DateTimeField(null=True)),
                ("released_at", models.DateTimeField(null=True)),
                ("released_by", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["-id"], name="core_restoration_newest")],
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("released_at", None)),
                        name="core_one_restoration_waits",
                    )
                ],
            },
        ),
    ]
