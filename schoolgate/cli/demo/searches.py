"""Checks of the school's systems and a search for candidates, from request to destruction, where the policy
allows them."""

from contextlib import suppress
from datetime import timedelta
from typing import Any

from schoolgate.cli.demo.stage import Stage
from schoolgate.core.clock import local_day
from schoolgate.core.errors import Refused
from schoolgate.policy.choices import CANDIDATE_RESULTS, MONITORED_COPIES, choose_days
from schoolgate.searches import checks, queries, recruiting
from schoolgate.searches.checks import CheckAsked, speaks_of
from schoolgate.searches.models import SystemCheck
from schoolgate.searches.recruiting import VacancyEntered

DAYS = {MONITORED_COPIES: 28, CANDIDATE_RESULTS: 180}


def checks_and_searches(stage: Stage) -> None:
    """Add checks and a vacancy, as far as the policy speaks of them."""
    on = local_day(stage.clock)
    if speaks_of("personal.watch", "private_life", on=on):
        with suppress(Refused):  # the policy leaves private life alone; its answer is kept
            _asks(stage, own_account=True, names_school=False, affects_school=False)
    if speaks_of("systems.monitor", "monitoring", on=on):
        _makes(stage, _asks(stage))
    if speaks_of("recruitment.search", "candidate_search", on=on):
        for what, days in DAYS.items():
            choose_days(
                by=stage.people[stage.cast.first.key], at=stage.later(), what=what, days=days, from_day=on
            )
        for act in ("intercept", "log keystrokes"):
            with suppress(Refused):  # never done here, whatever the policy reserves to itself
                _asks(stage, act=act)
        _asks(stage, act="watch the network", assessed_on=on, assessed_by=stage.who("approver"))
        _copies(stage)
        _recruits(stage)


def _asks(stage: Stage, **changed: Any) -> SystemCheck:
    on = local_day(stage.clock)
    week = on - timedelta(days=7)
    given: dict[str, Any] = {
        "doer": stage.who("opener"), "about": stage.who("writer"), "act": "review", "target": "postings",
        "purpose": "rule compliance", "done": "off duty at work", "on_systems": True, "own_account": False,
        "range_from": week, "range_to": on, "case_from": week, "case_to": on,
        "make_by": on + timedelta(days=5), "policy_named": "IT acceptable use policy",
        "policy_of": "Federation policies", "what": "Evening posts from the staff room computer",
        "why": "The computer was left signed in",
    }  # fmt: skip
    return checks.ask_check(by=stage.who("decider"), at=stage.later(), asked=CheckAsked(**(given | changed)))


def _makes(stage: Stage, check: SystemCheck) -> None:
    told = "Two posts, both by the person who was signed in."
    checks.record_result(by=check.doer, at=stage.later(), check=check, result=told)


def _copies(stage: Stage) -> None:
    """A need of the work, agreed by a second person, with two copies: one passed on, one destroyed early."""
    need, second = "legitimate business purpose", stage.who("approver")
    check = _asks(stage, purpose=need, second=second, target="log-ins", why="Plan cover for the help desk")
    checks.agree(by=second, at=stage.later(), check=check)
    _makes(stage, check)
    copies = [
        checks.store_copy(by=check.doer, at=stage.later(), check=check, content=content)
        for content in ("Sign-ins by hour", "Sign-ins by day")
    ]
    by = stage.who("decider")
    checks.use_copy(by=by, at=stage.later(), copy=copies[0], how="print")
    checks.use_copy(
        by=by, at=stage.later(), copy=copies[0], how="disclose", recipient="IT provider",
        reason="To plan the help desk’s hours", legal_basis="UK GDPR Article 6(1)(e)",
    )  # fmt: skip
    checks.destroy_copy(by=by, at=stage.later(), copy=copies[1])


def _recruits(stage: Stage) -> None:
    """Two shortlisted candidates, told and searched for alike by a person who isn't on the panel."""
    head, on = stage.people[stage.cast.first.key], local_day(stage.clock)
    searcher = stage.who("opener")
    vacancy = recruiting.enter_vacancy(
        by=head, at=stage.later(), entered=VacancyEntered(
            title="Teacher of geography", searcher=searcher, panel=[head, stage.who("approver")],
            terms="Full name and current school, public pages only", shortlisted_on=on, on_shortlist=2,
            names=["Robin Sample", "Jamie Sample"], school=stage.schools[0],
        ),
    )  # fmt: skip
    recruiting.record_telling(by=head, at=stage.later(), vacancy=vacancy, told_on=on, told_how="email")
    recruiting.start_search(by=head, at=stage.later(), vacancy=vacancy)
    for number, found in ((1, "Runs a public geography blog for pupils"), (2, "")):
        recruiting.record_search(
            by=searcher, at=stage.later(), candidate=queries.candidate_of(vacancy, number), same_terms=True,
            found=found, relevant="Shows experience that the job asks for" if found else "",
        )  # fmt: skip
    vacancy.refresh_from_db()
    recruiting.read_results(by=head, at=stage.later(), vacancy=vacancy)
    first = queries.candidate_of(vacancy, 1)
    recruiting.record_answer(by=head, at=stage.later(), candidate=first, answer="Yes, that is my blog.")
    recruiting.decide_appointment(by=head, at=stage.later(), vacancy=vacancy, decided_on=on, appointed=[1])
