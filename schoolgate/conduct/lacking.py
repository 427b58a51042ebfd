"""What a saved answer lacks from another person: leave to use a private email or phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from schoolgate.conduct.answers import advised_now, answers_of
from schoolgate.conduct.models import KeptAnswer
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.people.queries import Where, assignments
from schoolgate.policy.channels import SITUATION
from schoolgate.policy.permitting import Lacking, Permit, Place, lacking
from schoolgate.policy.queries import book_in_scope

PERMITS: Mapping[str, Permit] = {
    way: Permit(covers=covers, at=("private_channel",), fact="channel_leaves", lasts=True)
    for way, covers in {"email": "own_email", "phone": "own_phone"}.items()
}
"""The permission that each way of writing can wait for."""


def lacking_of_answer(answer: KeptAnswer, *, at: datetime) -> Sequence[Lacking]:
    """Return the permissions that a saved answer lacks now and a role can give."""
    way = next(iter(answers_of(answer).get("way", ())), "")
    if answer.decision.situation != SITUATION or way not in PERMITS:
        return ()
    wanted = lacking([advised_now(answer, at=at).decision], book_in_scope(), [PERMITS[way]])
    return [one for one in wanted if one.covers == PERMITS[way].covers]


def place_of_answer(answer: KeptAnswer) -> Place:
    """Return where a permission for a person is asked for: their school, where they have one alone."""
    held = assignments(answer.person, on=local_day(answer.at), where=Where(anywhere=True))
    schools = list(School.objects.filter(pk__in=held.values("school"))[:2])
    return Place(school=schools[0] if len(schools) == 1 else None, owner=answer.person)
