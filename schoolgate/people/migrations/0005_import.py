"""Rows of an import of people."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0004_friends_and_contractors")]

    operations = []
