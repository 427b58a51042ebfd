"""When each part of the program last did its work."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """The last good run of one thing that has to run again and again; a name of the closed list
    `core.heartbeats`. It belongs to no federation and says nothing of what a school does."""

    what = models.CharField(max_length=40, unique=True)
    last_good = models.DateTimeField()

    def __str__(self) -> str:
        return self.what
