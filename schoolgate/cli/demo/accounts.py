"""An account of an example federation, from the first idea to the open account, as each policy wants it,
and what follows: daily checks, requests for access, the public register.

Its keys open nothing: the accounts are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from schoolgate.accounts.access import leads
from schoolgate.accounts.before_opening import save_setup
from schoolgate.accounts.care import look_in
from schoolgate.accounts.classes import say_circle
from schoolgate.accounts.contributors import enter_admission, let_in, look_into, turn_away
from schoolgate.accounts.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.importing import ACCOUNTS
from schoolgate.accounts.keys import Particulars, choose_change_day, has_part, keep_key
from schoolgate.accounts.models import (
    Account,
    AccountState,
    AskedFor,
    AskerKind,
    AssociatedPage,
    GrownUp,
    HowLooked,
    KeyKind,
    Mark,
    Part,
    Proposal,
    SmallKind,
)
from schoolgate.accounts.opening import (
    change_team,
    give_notice,
    open_account,
    purposes_listed,
    readers_listed,
    say_what_it_is_for,
)
from schoolgate.accounts.opening_questions import questions
from schoolgate.accounts.papers import make_paper
from schoolgate.accounts.proposals import shown_digest
from schoolgate.accounts.proposing import (
    Filled,
    change_proposal,
    save_proposal,
    start_proposal,
    submit_proposal,
    would_change,
)
from schoolgate.accounts.register import (
    enter_associated,
    give_code,
    permission_for_associated_pages,
    vouch_for_mark,
)
from schoolgate.accounts.sites import (
    RISKS,
    guidance_wanted,
    hosting,
    languages_of,
    put_word_on_record,
    settle_site,
    to_settle,
    write_site_text,
)
from schoolgate.accounts.small import approvers, asks_about_circle, decide_small, put_in_small, words_digest
from schoolgate.accounts.unofficial import confirm_fake, report_fake, told_network
from schoolgate.cli.demo.cast import Stage, email_of
from schoolgate.cli.demo.posts import POSTS, PROPOSED
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.networks.capabilities import OURS
from schoolgate.people.assignments import give_permission
from schoolgate.people.list_importer import apply, explain_columns, keep_list, upload
from schoolgate.people.models import Person
from schoolgate.people.queries import holders
from schoolgate.policy.queries import book_in_scope, in_force
from schoolgate.rulebook.proposal_form import FormPoint

SAW: dict[str, Any] = {
    "login_is_private": False,
    "login_address": "school",
    "second_factor": True,
    "breaks_terms": False,
    "bears_another_name": False,
    "lets_pupils_in": False,
    "made_for_pupils": False,
    "uses_name": True,
    "uses_logo": False,
    "separate_account": True,
    "shares_with_personal": False,
    "says_who_runs_it": True,
    "posts_are_signed": True,
    "says_not_always_watched": True,
    "says_where_concerns_go": True,
    "real_name": True,
    "function_stated": True,
    "acceptable_use_link": "school_website",
    "shows_logo_or_brand": True,
    "terms_of_use": True,
    "house_rules": True,
    "privacy": "strongest_available",
}
SETTLED: dict[str, Any] = {
    "users_may_write": True,
    "users_may_add_pictures": False,
    "answers_given_by": ["The school office"],
    "moderation": "before",
    "started_by": "The web team",
    "answers_for_moderation": "The web team",
    "steps_in_how": "It hides what its own rules forbid, usually after someone reports it.",
    "reporting_route": "The three dots next to a comment, then Report.",
    "own_plan": (
        "We check comments every school day, hide any that break our rules, and save any that worry us."
    ),
    "friends_note": "left_out",
    "vulnerable": False,
    "confidential_help_from": [],
    "known_of_them": "Years 9 to 13. All of them have a phone, and most read the board on it.",
    "taught_safely": "A lesson each term, on what to share and who to tell.",
    "other_risks": "None that we know of. We look again each term.",
    "in_doubt": False,
    **{f"risk {key}": "Form tutors talk about it, and we read what is written." for key, _label in RISKS},
}
RULES = {
    "en": ("Be kind. Keep to the subject. No pupils' names. We read each comment before it is shown."),
    "cy": "Byddwch yn garedig. Cadwch at y pwnc. Dim enwau disgyblion. Rydym yn darllen pob sylw cyn ei "
    "ddangos.",
}
TERMS = {
    "en": (
        "This site is for families and neighbours of the school. You are "
        "responsible for what you write, and we may take it down."
    ),
    "cy": "Mae'r safle hwn i deuluoedd a chymdogion yr ysgol. Chi sy'n gyfrifol am yr hyn a ysgrifennwch, a "
    "gallwn ei dynnu i lawr.",
}


def seen_of(stage: Stage, account: Account, school: str) -> dict[str, Any]:
    """Return answers about the account's page: one for each question of its policy."""
    known = {
        **SAW,
        "school_named": school,
        "uses_logo": bool(stage.cast.notice_to),
        "made_for_pupils": bool(account.pupils_in_audience),
    }
    return {question.key: known[question.key] for question in questions(book_in_scope(), account.network)}


def settles(stage: Stage, account: Account) -> None:
    """Settle how it is looked after, write its rules, hold it against guidance: what its policy asks for."""
    policy = in_force(local_day(stage.clock))
    opener = stage.who("opener")
    asked = to_settle(policy.book, hosting(account), for_young=account.pupils_in_audience)
    answers = {one.key: SETTLED[one.key] for one in asked if one.key in SETTLED}
    if answers:
        settle_site(account=account, by=opener, at=stage.later(5), answers=answers)
    if policy.book.at("account.open", "house_rules"):
        for kind, texts in (("house_rules", RULES), ("terms_of_use", TERMS)):
            for language in languages_of(account):
                write_site_text(
                    account=account, by=opener, at=stage.later(3), kind=kind, language=language,
                    words=texts[language],
                )  # fmt: skip
    for guidance in guidance_wanted(policy):
        put_word_on_record(account=account, by=opener, at=stage.later(10), kind="guidance", guidance=guidance)


def topics_of_training() -> list[str]:
    """What training has to be about for those who moderate or approve, where the policy says so."""
    rules = book_in_scope().at("person.entrust", "training_fits")
    return [one.stated("topics")[0] for one in rules]


TEXTS = {
    "aim": ("To tell families what is happening at school, and to answer their questions."),
    "intended_audience": "Pupils' families and our neighbours.",
    "promotion": "An item in the newsletter and on the school website.",
    "content_description": "News, dates and displays of work. No pupils' names.",
    "host.name": "Wootton Upper School",
}


PUPILS_READ = {"wildground": 7, "wootton": 13}
"""Federation -> the age of the youngest pupil who reads its noticeboard; elsewhere no pupils do."""
FAMILIES = {
    "parent_information_plan": "A letter home before the first lesson with it, and an evening for questions.",
    "contributors.pupil_ages": [13, 18],
    "consent_plan": "On the consent form for pictures and work, which the office keeps.",
}
"""What a proposal says where pupils will write too."""


def has_account(stage: Stage, school: School, *, network: str, name: str) -> Account:
    """Propose it, have it decided as this policy says, set it up and open it."""
    proposal = _propose(stage, school, network=network, name=name)
    _decide(stage, proposal)
    account = Account.objects.get(proposal=proposal)
    _set_up(stage, account, school)
    return open_account(account=account, by=stage.who("opener"), at=stage.later(20))


def proposes(stage: Stage) -> Proposal:
    """Add a proposal that awaits a decision today."""
    stage.go_on(days_ago=1)
    name, aim = PROPOSED
    return _propose(stage, stage.schools[-1], network="facebook", name=name, aim=aim, pupils_write=True)


def _propose(
    stage: Stage, school: School, *, network: str, name: str, aim: str = "", pupils_write: bool = False
) -> Proposal:
    by = stage.who("proposer")
    proposal = start_proposal(by=by, at=stage.later(30), school=school)
    said = {point.key: _answer(stage, point) for point in book_in_scope().proposal_form}
    answers = {key: answer for key, answer in said.items() if answer is not None}
    if aim and "aim" in answers:
        answers["aim"] = aim
    if pupils_write and "contributors" in answers:
        both = ["own_staff", "own_pupils"]
        answers |= {"contributors": both, "contributors.what_each_may_do": both, **FAMILIES}
    youngest = PUPILS_READ.get(stage.key) if network == OURS else None
    save_proposal(
        proposal=proposal,
        by=by,
        at=stage.later(15),
        name=name,
        network=network,
        kind="school",
        pupils_in_audience=youngest is not None,
        youngest_pupil=youngest,
        answers=answers,
    )
    return submit_proposal(proposal=proposal, by=by, at=stage.later())


def _decide(stage: Stage, proposal: Proposal) -> None:
    if proposal.decided_at is not None:  # this policy approves no proposal
        return
    for signer in stage.cast.signers:
        sign_proposal(
            proposal=proposal, by=stage.people[signer], at=stage.later(90), seen=shown_digest(proposal)
        )
    decider = stage.who("decider")
    if stage.cast.signers:
        record_talk(
            proposal=proposal,
            by=decider,
            at=stage.later(60),
            covers=["audience", "contributors", "purpose", "content"],
        )
    decide_proposal(
        proposal=proposal,
        by=decider,
        at=stage.later(120),
        approve=True,
        seen=shown_digest(proposal),
        reason_is_strong=True if stage.cast.signers else None,
    )


def _set_up(stage: Stage, account: Account, school: School) -> None:
    opener = stage.who("opener")
    address = "" if account.network == OURS else f"https://www.facebook.com/{school.slug}"
    save_setup(
        account=account,
        by=opener,
        at=stage.later(30),
        answers=seen_of(stage, account, school.name),
        address=address,
        contact="The school office",
    )
    settles(stage, account)
    if stage.cast.notice_to:
        give_notice(
            account=account,
            by=opener,
            at=stage.later(),
            to=stage.people[stage.cast.notice_to],
            address=address or f"https://{stage.key}.example/noticeboard",
            identity=account.name,
        )
    for covers in ("name", "logo") if stage.cast.notice_to else ():
        give_permission(
            by=stage.who("decider"),
            at=stage.later(),
            role_key="headteacher",
            written=True,
            covers=covers,
            subject=subject_of(account),
            from_day=local_day(stage.clock),
        )


def _answer(stage: Stage, point: FormPoint) -> Any:
    """What the example proposal says at a point of the policy's form: by its key, else by its type."""
    people, day = stage.people, local_day(stage.clock)
    by_key: dict[str, Any] = {
        **TEXTS,
        "visibility": "open",
        "reason_kind": "pedagogical",
        "hours_per_week": 2,
        "department": "Art and design",
        "author": stage.who("proposer").pk,
        "host": "school",
        "audience": ["own_staff", "pupils_family"],
        "contributors": ["own_staff"],
        "contributors.what_each_may_do": ["own_staff"],
        "vulnerable_adults_contribute": False,
        "go_live_date": (day + timedelta(days=7)).isoformat(),
        "evaluation_date": (day + timedelta(days=180)).isoformat(),
        "closure_date": (day + timedelta(days=365)).isoformat(),
    }
    if stage.cast.manages:
        by_key["line_manager"] = people[stage.cast.manages[0][0]].pk
        by_key["accountable_manager"] = stage.who("decider").pk
    if point.key in by_key:
        return by_key[point.key]
    if point.type == "people":
        administrators = [person.pk for key, person in people.items() if key in ("di", "ed")]
        return administrators or [stage.who("answerer").pk, stage.who("proposer").pk]
    return "As agreed with the head and recorded in the school's plan." if point.required else None


AIM = "To show families what Year 4 learns each week, and to ask what they would like to see."


def thinks_again(stage: Stage, proposal: Proposal) -> None:
    """Where the policy asks for signatures: the first is given, then the author changes the aim."""
    if not stage.cast.signers:
        return
    first, author = stage.people[stage.cast.signers[0]], stage.who("proposer")
    sign_proposal(proposal=proposal, by=first, at=stage.later(1), seen=shown_digest(proposal))
    given: Filled = {"answers": {**proposal.answers, "aim": AIM}}
    at = stage.later(1)
    told = would_change(proposal=proposal, by=author, at=at, given=given)
    change_proposal(proposal=proposal, by=author, at=at, falling=[one.pk for one in told.falling], **given)


COLUMNS = {
    "network": "Network", "address": "Address", "school": "School", "since": "Since", "run_by": "Run by",
}  # fmt: skip
NETWORKS = ("X", "Facebook")
"""Of the first school and of the second."""
PURPOSE = "News from school, and what our pupils and teachers are proud of."
AUDIENCE = "Families, and the people of our town."


def were_there(stage: Stage) -> None:
    """Put one account of each school on the register, and say what it is for from the policy's own list;
    nothing where the policy lists no purposes."""
    book = book_in_scope()
    if not book.at("account.purpose", "school_purpose"):
        return
    by, opener = stage.people[stage.cast.first.key], stage.who("opener")
    email = next(email_of(stage.key, who) for who in stage.cast.people if who.key == stage.cast.opener)
    lines = [
        f"{network},https://www.{network.lower()}.com/{school.slug}-news,{school.name},1/9/2016,{email}"
        for network, school in zip(NETWORKS, stage.schools, strict=True)
    ]
    content = "\n".join([",".join(COLUMNS.values()), *lines]).encode()
    kept = keep_list(content, federation_id=current_scope().federation_id)
    importing = upload(kind=ACCOUNTS, by=by, at=stage.later(), kept=kept)
    explain_columns(
        kind=ACCOUNTS, by=by, at=stage.later(), importing=importing, sheet=kept.sheet, shape=kept.shape,
        name="Accounts", columns=COLUMNS, defaults={},
    )  # fmt: skip
    importing, at = ACCOUNTS.find(by, importing.pk), stage.later()
    seen = ACCOUNTS.preview(importing, kept.sheet, by=by, on=at.date()).seen
    apply(kind=ACCOUNTS, by=by, at=at, importing=importing, sheet=kept.sheet, seen=seen)
    for account in Account.objects.filter(imported__isnull=False).order_by("pk"):
        say_what_it_is_for(
            account=account, by=opener, at=stage.later(4), purpose=PURPOSE, audience=AUDIENCE, pupils=False,
            listed=purposes_listed(account, book), readers=readers_listed(account, book),
        )  # fmt: skip


DAYS_AHEAD = 90
CODES = "\n".join(f"{number:04d} {7919 * number % 10_000:04d}" for number in range(1001, 1011))


def keeps_keys(stage: Stage, account: Account) -> None:
    """Let the person who opened the account join its team, lock its keys away, and make a paper for the
    safe."""
    opener = stage.who("opener")
    if not has_part(opener, account, on=local_day(stage.clock)):
        change_team(account=account, by=opener, at=stage.later(), person=opener, part=Part.ADMINISTRATOR)
    login = Particulars(f"{stage.key}-school", f"office@{stage.key}.example", "")
    kept = [
        keep_key(
            account=account, by=opener, at=stage.later(2), kind=kind, secret=secret, note=note,
            the_schools_own=True,
        )
        for kind, secret, note in (
            (KeyKind.PARTICULARS, login.to_text(), ""),
            (KeyKind.PASSWORD, "example-only-not-a-password", "The account's own login"),
            (KeyKind.CODES, CODES, "Ten codes, each for one use"),
        )
    ]  # fmt: skip
    day = local_day(stage.now).fromordinal(local_day(stage.now).toordinal() + DAYS_AHEAD)
    choose_change_day(key=kept[1], by=opener, at=stage.later(), on=day)
    make_paper(account=account, by=opener, at=stage.later(5), keys=kept, place="The office safe")


SKIPPED = 4
"""Every this many days the check is missed: a story in which nothing is ever missed teaches nothing."""


def looks_in(stage: Stage, accounts: Sequence[Account]) -> None:
    """The weekdays between the opening of the accounts and the first post."""
    for days_ago in range(24, max(told.days_ago for told in POSTS), -1):
        stage.go_on(days_ago=days_ago)
        if local_day(stage.clock).isoweekday() < 6 and days_ago % SKIPPED:
            _look(stage, accounts)


def looks_in_once_more(stage: Stage, accounts: Sequence[Account]) -> None:
    """After the last post: what was written below it is read."""
    _look(stage, accounts)


def _look(stage: Stage, accounts: Sequence[Account]) -> None:
    for account in accounts:
        by = next(iter(leads(account)), stage.who("opener"))
        look_in(account=account, by=by, at=stage.later(3))


def people_ask(stage: Stage, account: Account) -> None:
    """One is turned away, one waits, and a call for contributors waits for its yes."""
    book = book_in_scope()
    if not asks_about_circle(book):
        return
    stage.go_on(days_ago=2)
    by = stage.who("opener")
    say_circle(
        account=account, by=by, at=stage.later(1), with_pupils=True, made_for_pupils=False,
        private_messages=False,
    )  # fmt: skip
    unknown = enter_admission(
        by=by, at=stage.later(1), account=account, asked_for=AskedFor.FRIEND, who="D. Frey", relation="other"
    )
    look_into(
        admission=unknown, by=by, at=stage.later(4), how=HowLooked.VOUCHED, passed=False,
        real_person=None, grown_up=GrownUp.ADULT, name_identifies=False,
    )  # fmt: skip
    turn_away(admission=unknown, by=by, at=stage.later(1), reason="No one at school knows who this is.")
    enter_admission(
        by=by, at=stage.later(3), account=account, asked_for=AskedFor.FRIEND, who="Helen Hartley",
        relation="parent", known_how="Runs the book stall at the summer fair.",
    )  # fmt: skip
    if approvers(book, SmallKind.CALL):
        put_in_small(
            by=stage.who("proposer"), at=stage.later(3), kind=SmallKind.CALL, account=account,
            name="Guest writers", words="We are looking for people to write about books with us.",
            through_social_media=True,
        )  # fmt: skip
    if approvers(book, SmallKind.ORGANISATION):
        _organisation_joins(stage, account)


def _organisation_joins(stage: Stage, account: Account) -> None:
    """A charity becomes a friend of the account, with the approval that its policy wants."""
    by, name = stage.who("opener"), "Bedford Reading Friends"
    asked = put_in_small(
        by=stage.who("proposer"), at=stage.later(3), kind=SmallKind.ORGANISATION, account=account, name=name,
        words="They send readers to our library on Thursdays and want to follow what we post.",
    )  # fmt: skip
    approved = decide_small(
        small=asked, by=stage.who("decider"), at=stage.later(30), approve=True, seen=words_digest(asked)
    )
    joins = enter_admission(
        by=by, at=stage.later(3), account=account, asked_for=AskedFor.FRIEND, kind=AskerKind.ORGANISATION,
        who=name, known_how="Their readers come to the school.", approval=approved,
    )  # fmt: skip
    look_into(
        admission=joins, by=by, at=stage.later(4), how=HowLooked.VOUCHED, passed=True, real_person=True,
        grown_up=GrownUp.ADULT, name_identifies=False, how_known="Their readers come to the school.",
    )  # fmt: skip
    let_in(admission=joins, by=by, at=stage.later(1))


FAKE = "https://www.facebook.com/{slug}-tickets"
FRIENDS = "https://www.facebook.com/{slug}-friends"


def tell_register(stage: Stage) -> None:
    """Add a fake account that was reported and announced, a PTA page known to the school, a code in a
    profile."""
    keeper = stage.people[stage.cast.first.key]
    _proves(stage)
    _fake(stage, keeper)
    _friends(stage, keeper)


def _proves(stage: Stage) -> None:
    account = Account.objects.filter(state=AccountState.OPEN).exclude(network=OURS).first()
    if account is None:
        return
    opener = stage.who("opener")
    give_code(account=account, by=opener, at=stage.later(20))
    vouch_for_mark(account=account, by=opener, at=stage.later(5), mark=Mark.TEXT, there=True)


def _fake(stage: Stage, keeper: Person) -> None:
    fake = report_fake(
        at=stage.later(30),
        address=FAKE.format(slug=stage.schools[0].slug),
        words="It offers tickets for the summer fair and asks for card numbers.",
        school=stage.schools[0],
        where=lambda _account: "",
    )
    confirm_fake(fake=fake, by=keeper, at=stage.later(25), show_address=True)
    told_network(fake=fake, by=keeper, at=stage.later(10))


def _friends(stage: Stage, keeper: Person) -> None:
    school = stage.schools[0]
    page = enter_associated(
        by=keeper,
        at=stage.later(15),
        name=f"Friends of {school.name}",
        address=FRIENDS.format(slug=school.slug),
        school=school,
        purpose="Fairs and quiz nights that raise money for the school.",
        contact="The chair of the Friends, through the school office",
        uses_name=True,
        uses_logo=False,
    )
    _allow(stage, page)


def _allow(stage: Stage, page: AssociatedPage) -> None:
    """Written leave for the name, where this policy wants it, from the role that gives it."""
    book = book_in_scope()
    role = permission_for_associated_pages(book).get("name")
    if role is None:
        return
    at = stage.later(40)
    key = book.role(role).key
    give_permission(
        by=holders(key, on=local_day(at))[0], at=at, role_key=key, written=True, covers="name",
        subject=subject_of(page), from_day=local_day(at),
    )  # fmt: skip
