"""A person who is meant by a concern hears nothing of it from us: every page, feed, file and count is for
them as if there were none, in whatever part they come."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client

from schoolgate.core.clock import local_day
from schoolgate.core.models import Safeguarder
from schoolgate.core.retention import kind_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import cancel
from schoolgate.duties.queries import standing_about
from schoolgate.incidents import casework, handling
from schoolgate.incidents.gathering import add_quotation
from schoolgate.incidents.models import ENDED, Danger, Report
from schoolgate.incidents.queries import people_to_hand_on_to
from schoolgate.incidents.reporting import ReportContent, report_wrong
from schoolgate.listening.models import Find, Watch
from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost
from schoolgate.people.sessions import make_token
from schoolgate.policy.models import ReadingDraft
from schoolgate.policy.readings import next_piece, start_draft
from schoolgate.press.models import Enquiry
from schoolgate.records import destroying
from schoolgate.records.destroying import destroy_with_certificate
from schoolgate.rights import requests
from schoolgate.rulebook import book
from tests.cast import someone
from tests.stories import rolled_back
from tests.web.addresses import ALL
from tests.web.conftest import sign_in, uncounted
from tests.web.everything import everything
from tests.web.signing import show_second_step
from tests.web.things import BEFORE, NOW
from tests.worlds import world

__all__ = ["sign_in", "uncounted"]
pytestmark = pytest.mark.timeout(600)
POLICY = "wildground"
ROLES = [role.key for role in book(POLICY).roles]
ALL_ROLES = "every role and a deputy"
PARTS: dict[str, tuple[list[str], str]] = {
    ALL_ROLES: (ROLES, "deputy"),
    "a colleague": (["staff"], ""),
    "a deputy": (["staff"], "deputy"),
    **{key: ([key], "") for key in ROLES if key != "staff"},
}
"""Who the concern may be about: roles, and the entry on safeguarding."""
CLAUSES = ("wildground-roles-6", "wildground-behaviour-17", "wildground-behaviour-27")
"""On which rows of the concern rest."""
WHERE_COUNTS_ARE = (
    "/today", "/menu", "/evidence", "/evidence?as=report", "/evidence?as=records", "/evidence?as=requests",
    "/evidence?as=records&kind=concerns", "/evidence?as=records&file=csv", "/wrong/reports",
    "/wrong/reports?show=all", "/wrong/reports?show=reported", "/breaches", "/searches", "/duty", "/people",
    "/set-up/progress", *(f"/evidence/clauses/{each}" for each in CLAUSES),
)  # fmt: skip
"""Lists and counts, asked in every part; with every role all addresses are asked."""
CHANGES = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|name="mark" value="[^"]*"'
    r'|type="time" name="\w+" value="[\d:]+"'
    r"|\d+ hours \d+ minutes left|/(?:Mod|Creation)Date\(D:\d+Z\)|/ID\s?\[[^\]]*\]"
    r"|<xmp:\w+Date>[^<]*<|xmpMM:\w+>[^<]*<|^/ID .*$|^\d{10} \d{5} n $|^startxref\n\d+$",
    re.MULTILINE,
)
"""What is another one each time that a page or file is asked for."""


@world(everything)
def with_everything(made: SimpleNamespace, _at) -> SimpleNamespace:
    """One of everything, and Dee, who leads on safeguarding."""
    here = made.everything
    with scope(here.federation.pk):
        Safeguarder.objects.update(ended_at=BEFORE)
        dee = someone("Dee Lead", "staff")
        Safeguarder.objects.create(place="lead", person_id=dee.pk, since=BEFORE)
        people = {}
        for part, (roles, place) in PARTS.items():
            people[part] = someone(f"Vic {part}".title(), *roles)
            if place:
                Safeguarder.objects.create(place=place, person_id=people[part].pk, since=BEFORE)
    return SimpleNamespace(here=here, dee=dee, people=people)


@pytest.fixture
def there(in_world, home, uncounted) -> SimpleNamespace:
    return in_world(with_everything, NOW)


def concern_about(there: SimpleNamespace, *, by_role: str = "", **given) -> Report:
    """A concern that Dee deals with, as full as can be."""
    with scope(there.here.federation.pk):
        report = report_wrong(
            at=BEFORE,
            said_here=ReportContent(
                what="He waits for her at the gate.", mark=f"m{Report.objects.count()}",
                kinds=("child_told", "taken_over", "misuse"), **given,
            ),
        )  # fmt: skip
        assert report.decision
    with scope(there.here.federation.pk, there.dee.pk):
        at = BEFORE + timedelta(minutes=1)
        handling.take(report=report, by=there.dee, at=at)
        handling.open_report(report=report, by=there.dee, at=at)
        handling.note(report=report, by=there.dee, at=at, words="I rang them.")
        words = {"said": "Wait for me.", "source": "A chat"}
        add_quotation(report=report, by=there.dee, at=at, obtained_at=BEFORE, words=words)
    return report


def several_about(there: SimpleNamespace, *people) -> list[Report]:
    """Concerns about all of these people: one that is open and in danger; of those that are closed one on
    hold, one whose period is over and one that was erased; and one that waits."""
    about, kind = {"about_people": list(people)}, kind_of("concerns")
    assert kind is not None
    found = [
        concern_about(there, danger=Danger.YES, **about),
        *(concern_about(there, **about) for _ in "abc"),
    ]
    held, due, gone = found[1:]
    with scope(there.here.federation.pk, there.dee.pk):
        for one in (held, due, gone):
            at = BEFORE + timedelta(minutes=2)
            second = people_to_hand_on_to(one, by=there.dee, on=local_day(at))[0]
            handling.end_report(
                report=one, by=there.dee, at=at, words="It belongs to another school.", second=second
            )
            casework.confirm_closing(report=one, by=second, at=at)
            assert one.state in ENDED
        destroying.hold_thing(by=there.dee, at=NOW, kind=kind, pk=held.pk, because="inquiry")
    with scope(there.here.federation.pk):
        Report.objects.filter(pk=due.pk).update(state_at=NOW - timedelta(days=30_000))
        for duty in standing_about([due, gone]):
            cancel(kind=duty.kind, subject=duty.subject, because="done", at=NOW)
        destroy_with_certificate(
            kind, {gone.pk: BEFORE}, "records.erased", at=NOW, actor=None, thing=gone.pk, because="asked",
            by="people.person:1",
        )  # fmt: skip
        waiting = report_wrong(
            at=BEFORE, said_here=ReportContent(what="She shouts.", mark="waits", danger=Danger.YES, **about)
        )
    return [*found, waiting]


def steady(body: str) -> str:
    """A page without what differs each time that it's asked for."""
    return CHANGES.sub("", body)


class Visits:
    """What a person gets at addresses."""

    def __init__(self, there: SimpleNamespace, browser: Client, program: Client) -> None:
        self.there, self.browser, self.program = there, browser, program

    def get(self, path: str) -> str:
        """An answer as text: its status, where it leads, and its steady body."""
        client = self.program if path.startswith("/api/") else self.browser
        answer = client.get(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return f"{answer.status_code} {answer.get('Location', '')} {steady(body.decode(errors='replace'))}"

    def paths(self) -> Iterator[str]:
        """Every address that can be got."""
        for address in ALL:
            methods = getattr(address.view, "methods", ("GET",))
            if address.name and "GET" in methods and not address.route.startswith(NOT_ASKED):
                yield self.there.here.path(address)


NOT_ASKED = (
    "metrics", "healthz", "language", "style", "theme", "sign-out", "account/second-step/passkey",
    "wrong/reports/<int:pk>",
)  # fmt: skip
"""What is another one each time; the last are pages of another concern, which count how often it was read."""


@pytest.fixture
def visits(there, sign_in):
    def of(part: str) -> Visits:
        person = there.people[part]
        with scope(there.here.federation.pk):
            given = {"name": "x", "days": 9, "may_write": True, "with_factor": True}
            key = make_token(by=person, at=NOW - timedelta(hours=1), **given).text if PARTS[part][0] else ""
        browser = show_second_step(sign_in(person), person)
        return Visits(there, browser, Client(headers={"Authorization": f"Bearer {key}"}))

    return of


def told_apart(before: dict[str, str], after: dict[str, str]) -> str:
    """The addresses at which a person can tell, each with the first line that differs."""
    found = []
    for path, was in before.items():
        now = after.get(path, "")
        if now != was:
            pairs = zip(was.splitlines(), now.splitlines(), strict=False)
            first = next(((a[-300:], b[-300:]) for a, b in pairs if a != b), ("longer or shorter", ""))
            found.append("\n    ".join((path, *first)))
    return "\n".join(found)


def listed(visiting: dict[str, Visits]) -> dict[str, str]:
    """What people in these parts get of the lists and counts. Where a page's own door is shut to a part, so
    are its other views: only that it's shut is asked."""
    found = {}
    for part, visit in visiting.items():
        shut = set()
        for path in WHERE_COUNTS_ARE:
            page = path.partition("?")[0]
            if page in shut:
                continue
            found[f"{part}: {path}"] = got = visit.get(path)
            if got.startswith("403") and path == page:
                shut.add(page)
    return found


def half_of(parts: int) -> list[str]:
    """Every second part but the one with every role: of each half all are meant at once, and the other half
    are told instead of them."""
    return [one for one in PARTS if one != ALL_ROLES][parts::2]


def test_no_address_list_or_count_is_another_for_who_is_meant(there, visits):
    visit, half = visits(ALL_ROLES), half_of(0)
    visiting = {part: visits(part) for part in half}
    paths = list(dict.fromkeys([*visit.paths(), *WHERE_COUNTS_ARE]))

    def all_of_it() -> dict[str, str]:
        return {path: visit.get(path) for path in paths} | listed(visiting)

    before = all_of_it()
    with rolled_back():
        several_about(there, *(there.people[part] for part in (ALL_ROLES, *half)))
        cache.clear()
        after = all_of_it()
    assert not (told := told_apart(before, after)), told


NUMBERED = re.compile(
    r'(?<=[?&;]found=)\d+|(?<="found-)\d+|(?<=choose-)\d+|(?<=name="rows" value=")\d+|(?<=after=)\d+'
    r'|name="seen-\d+" value="[0-9a-f]{64}"'
)
"""The numbers of what was found for a request, and digests over numbers of rows."""


def asked_about(there: SimpleNamespace, person) -> tuple[int, int, ReadingDraft]:
    """A request for their data, whose search begins, and an interpretation that is to be tried."""
    with scope(there.here.federation.pk, person.pk):
        said = requests.Entered(
            kind="access", received_on=local_day(NOW), name=person.name, contact="x@example.org",
            wants="All", lead=person, about=person.name, identity="known",
        )  # fmt: skip
        request = requests.enter(by=person, at=NOW, entered=said)
        row = requests.start_gathering(by=person, at=NOW, request=request, lines=person.name, person=person)
        draft = ReadingDraft.objects.first() or start_draft(by=person, at=NOW)
    return request.pk, row.pk, draft


def said_of(there: SimpleNamespace, person) -> None:
    """What others wrote of them where no concern is: on our own page, to the press, in public."""
    words = f"{person.name} hit my son and touched him in the office."
    with scope(there.here.federation.pk):
        post = NoticeboardPost.objects.first()
        NoticeboardComment.objects.create(
            post=post, key="3bbbbbbbbbbbb", text=words, written_at=NOW, state_at=NOW
        )
        came = {"kept_by": there.dee, "kept_at": NOW, "state_at": NOW}
        Enquiry.objects.create(how="telephone", wants=words, received_at=NOW, **came)
        Find.objects.create(
            watch=Watch.objects.first(), how="hand", key="said", text=words, found_at=NOW, found_by=there.dee,
            state_at=NOW,
        )  # fmt: skip


def test_no_list_request_or_trial_of_the_policy_tells_the_others_who_are_meant(there, visits):
    person, visit, half, told = there.people[ALL_ROLES], visits(ALL_ROLES), half_of(1), []
    visiting = {part: visits(part) for part in half}
    request, gathering, draft = asked_about(there, person)
    here = f"/evidence?as=requests&request={request}"
    paths = [here, *(f"{here}&part={each}" for each in ("found", "found&show=all", "answer", "search"))]
    paths += [f"/evidence/requests/{request}/safeguarding"]
    for meant in (False, True):
        with rolled_back():
            if meant:
                several_about(there, *(there.people[part] for part in (ALL_ROLES, *half)))
                cache.clear()
            lists = listed(visiting)
            if meant:
                said_of(there, person)
            with scope(there.here.federation.pk, person.pk):
                while requests.gather_some(at=NOW, gathering=gathering):
                    pass
                draft.tried = None
                tried = repr(next_piece(draft))
            pages = {path: NUMBERED.sub("", visit.get(path)) for path in paths}
            told.append({**lists, **pages, "the trial": tried})
    assert not (found := told_apart(*told)), found
