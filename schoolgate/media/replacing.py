"""A picture that its author edited: the one before the edit is deleted, because it shows what was blurred."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import ProtectedError

from schoolgate.core import files
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.events import record
from schoolgate.core.holds import is_held
from schoolgate.core.tenancy.scoping import current_scope
from schoolgate.media.models import Picture
from schoolgate.media.rules import check_may_add
from schoolgate.people.models import Person


@action
def drop_replaced(*, by: Person, at: datetime, picture: Picture) -> bool:
    """Delete a picture of `by` that no post and no check uses, with its file; returns whether it is gone.

    One that is in use, on hold or another person's stays: then a post shows which it was. Raises NotAllowed
    for people who don't write posts here.
    """
    check_may_add(by, picture.school, on=local_day(at))
    if picture.added_by_id != by.pk or is_held(picture):
        return False
    pk, digest = picture.pk, picture.digest
    try:
        with transaction.atomic():
            picture.delete()
    except ProtectedError:
        return False
    picture.pk = pk
    record("picture.replaced", subject=picture, at=at, actor=by)
    if not Picture.objects.filter(digest=digest).exists():
        remove = partial(files.remove, digest, federation_id=current_scope().federation_id)
        transaction.on_commit(remove, robust=True)
    return True
