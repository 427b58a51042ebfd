"""A request about data, as it stands where the kills of its search and of its answer begin."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace

from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.tenancy import scope
from schoolgate.inbox.pasting import paste_in
from schoolgate.people.models import Person
from schoolgate.policy.adopting import adopt
from schoolgate.rights import answering, requests
from schoolgate.rights.models import Request
from tests.cast import someone
from tests.publishing.conftest import account_on
from tests.rights.asking import entered
from tests.worlds import enter_federation
from tests.worlds import world as begins_with

COMMENTS = 5


@begins_with()
def search_begun(at: datetime) -> SimpleNamespace:
    """Five comments name somebody, who asked for a copy of her data: the search begins."""
    federation = enter_federation().pk
    with scope(federation):
        school = School.objects.create(name="Juniors", slug="juniors")
        sam = someone("Sam Slater", "slt")
        adopt(by=sam, at=at)
        ben = someone("Ben Carter", "lead-staff-member")
        account = account_on("facebook", school, at)
        for number in range(COMMENTS):
            when = at - timedelta(hours=number + 1)
            paste_in(
                by=ben, at=at, account=account, text=f"Miriam Secretwood {number}", author="A Parent",
                appeared_at=when, private=False,
            )  # fmt: skip
        request = requests.enter(
            by=sam, at=at,
            entered=entered(kind="access", received_on=local_day(at), lead=sam, school=school),
        )  # fmt: skip
        row = requests.start_gathering(by=sam, at=at, request=request, lines="Miriam Secretwood")
    return SimpleNamespace(federation=federation, sam=sam.pk, request=request.pk, gathering=row.pk)


@begins_with(search_begun)
def answer_asked(there: SimpleNamespace, at: datetime) -> SimpleNamespace:
    """All were found and are to be given: the answer is to be made."""
    with scope(there.federation):
        while requests.gather_some(at=at, gathering=there.gathering):
            pass
        sam, request = Person.objects.get(pk=there.sam), Request.objects.get(pk=there.request)
        rows = list(request.found.values_list("pk", flat=True))
        requests.decide(by=sam, at=at, request=request, rows=rows, decision="given")
        answer = answering.make_answer(by=sam, at=at, request=request, language="en", letter="Dear Miriam")
    return SimpleNamespace(federation=there.federation, answer=answer.pk)
