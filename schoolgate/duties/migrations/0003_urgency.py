"""How urgent each duty is stands beside it: danger comes before everything, whatever its time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_beats"),
        ("duties", "0002_whose_thing"),
        ("people", "0010_year_turn"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="duty",
            name="duty_of_a_person",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="duty_of_a_role",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="duty_moved_to_a_person",
        ),
        migrations.RemoveIndex(
            model_name="duty",
            name="duty_moved_to_a_role",
        ),
        migrations.AddField(
            model_name="duty",
            name="danger",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="duty",
            name="urgency",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(models.Q(("danger", True)), then=models.Value(0)),
                    models.When(
                        models.Q(
                            (
                                "kind__in",
                                [
                                    "accounts.fake",
                                    "incidents.finish",
                                    "incidents.take",
                                    "item.remove_by_hand",
                                    "post.take_down_by_hand",
                                    "running.standing_still",
                                ],
                            )
                        ),
                        then=models.Value(1),
                    ),
                    default=models.Value(2),
                ),
                output_field=models.PositiveSmallIntegerField(),
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "overdue"))),
                fields=["federation", "person", "urgency", "due_by", "id"],
                name="duty_of_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "overdue"))),
                fields=["federation", "role_key", "urgency", "due_by", "id"],
                name="duty_of_a_role",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("moved_on_at__isnull", False), ("state__in", ("open", "overdue"))),
                fields=["federation", "then_person", "urgency", "due_by", "id"],
                name="duty_moved_to_a_person",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("moved_on_at__isnull", False), ("state__in", ("open", "overdue"))),
                fields=["federation", "then_role_key", "urgency", "due_by", "id"],
                name="duty_moved_to_a_role",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(
                condition=models.Q(("state__in", ("open", "overdue")), ("urgency__lt", 2)),
                fields=["federation", "urgency", "id"],
                name="duty_urgent",
            ),
        ),
    ]
