"""What a draft's form shows filled in: what is known, while nobody doubts it and nobody has answered."""

from schoolgate.accounts.proposing import known_answers, save_proposal, submit_proposal
from schoolgate.policy.queries import in_force
from tests.accounts.conftest import drafted
from tests.accounts.test_wootton import appendix_b
from tests.cast import give, someone


def known_of(proposal, at) -> dict[str, object]:
    book = in_force(at.date()).book
    return dict(known_answers(proposal, book.proposal_form, book, on=at.date()))


def test_a_draft_shows_its_author_who_manages_them_who_runs_sites_and_that_a_noticeboard_is_the_schools(
    wootton, at
):
    team = [person.pk for person in wootton.team]
    draft = drafted(wootton.author, at, school=wootton.school)
    everything = {
        "author": wootton.author.pk,
        "line_manager": wootton.line_manager.pk,
        "administrators": team,
        "moderators": team,
        "host": "school",
    }
    assert known_of(draft, at) == everything

    drafted(wootton.author, at, school=wootton.school, answers={"department": "Art"})
    assert known_of(draft, at) == {**everything, "department": "Art"}, "as in their own last proposal"


def test_what_is_in_doubt_is_asked(wootton, at):
    draft = drafted(wootton.author, at, school=wootton.school, network="facebook")
    give(someone("Kim Moss"), "line-manager", managed=wootton.author)
    someone("Flo Hay", "administrator")
    assert known_of(draft, at) == {"author": wootton.author.pk}, (
        "two manage her, and one of three is left out"
    )

    mia, noa = someone("Mia Lowe", "moderator"), someone("Noa Ray", "moderator")
    assert known_of(draft, at)["moderators"] == [mia.pk, noa.pk]


def test_what_was_answered_or_sent_stays_as_it_is(wootton, at):
    draft = drafted(wootton.author, at, school=wootton.school, answers=appendix_b(wootton, at))
    assert known_of(draft, at) == {}
    bare = drafted(wootton.author, at, school=wootton.school, answers={"host": "third_party"})
    assert "host" not in known_of(bare, at)
    submit_proposal(proposal=draft, by=wootton.author, at=at)
    draft.answers = {}
    assert known_of(draft, at) == {}


def test_a_school_that_hosts_has_its_own_name_and_another_host_the_name_that_is_given(wootton, at):
    given = {"school": wootton.school, "answers": {"host": "school"}}
    draft = drafted(wootton.author, at, **given)
    assert draft.answers["host.name"] == wootton.school.name
    third = {"host": "third_party", "host.name": "Example Hosting"}
    save_proposal(proposal=draft, by=wootton.author, at=at, answers=third)
    assert draft.answers["host.name"] == "Example Hosting"
