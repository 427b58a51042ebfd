"""What follows from events of this room."""

from __future__ import annotations

from typing import Any

from schoolgate.core.events import subscribes
from schoolgate.media.models import Picture
from schoolgate.media.pictures import look_for_like


@subscribes("picture.added")
def compare_with_others(*, subject_id: int, **_ids: Any) -> None:
    """Compare a picture with all others here once it is saved: while it's being added, no one waits for it,
    and of two that are added at once each finds the other."""
    picture = Picture.objects.filter(pk=subject_id, like=None, destroyed_at=None).first()
    if picture is not None:
        Picture.objects.filter(pk=subject_id).update(like=sorted(look_for_like(picture)))
