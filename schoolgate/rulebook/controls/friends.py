"""Friends of a site, and those who take part in one: checked, approved, not to be recognised, not unseen."""

from collections.abc import Iterable

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    by_role,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.contact_friend import FriendAdmit, SiteSettings

CHECKER = "site_moderator"


class FriendVetted(Control):
    """Has somebody vetted whoever is to become a friend of the site, and said yes? Settings: none."""

    key = "friend.vetted"
    listens_to = ("friend.admit",)
    points = ("friend_vetted",)

    def judge(self, facts: FriendAdmit, settings: NoSettings) -> Iterable[Said]:
        if facts.as_what == "participant":
            return
        if facts.as_what is None:
            yield unknown("friend_as_what", CHECKER)
        elif facts.vettings is None:
            yield unknown("friend_vetting", CHECKER)
        elif not facts.vettings or facts.vettings[-1].passed is None:
            yield requires("friend.not_vetted", Need("friend_vetting", CHECKER))
        elif facts.vettings[-1].passed:
            yield met("friend.vetted")
        else:
            yield forbids("friend.turned_down")


class FriendChecked(Control):
    """Was the check of a would-be friend made with care: how the school knows them, that they are who they
    say, adult or child? Settings: none."""

    key = "friend.checked"
    listens_to = ("friend.admit",)
    points = ("friend_checked",)

    def judge(self, facts: FriendAdmit, settings: NoSettings) -> Iterable[Said]:
        if facts.as_what == "participant":
            return
        if facts.as_what is None:
            yield unknown("friend_as_what", CHECKER)
            return
        if facts.vettings is None:
            yield unknown("friend_vetting", CHECKER)
            return
        check = facts.vettings[-1] if facts.vettings else None
        asked = {
            "friend_how_known": check is not None and bool(check.how_known),
            "friend_real_person": check is not None and check.real_person is not None,
            "friend_grown_up": facts.kind == "organisation"
            or (check is not None and check.grown_up is not None),
        }
        missing = tuple(Need(what, CHECKER) for what, known in asked.items() if not known)
        if check is not None and check.real_person is False:
            yield forbids("friend.not_real")
        elif missing:
            yield requires("friend.check_incomplete", *missing)
        else:
            yield met("friend.checked")


class OrganisationFriend(Control):
    """Has one of these approved that the site befriends an organisation? Settings: `approvers`."""

    key = "friend.organisation"
    listens_to = ("friend.admit",)
    points = ("organisation_friend",)

    class Settings(NoSettings):
        approvers: tuple[str, ...]

    def judge(self, facts: FriendAdmit, settings: Settings) -> Iterable[Said]:
        if facts.kind == "person" or facts.as_what == "participant":
            return
        if facts.kind is None:
            yield unknown("friend_kind", CHECKER)
        elif facts.as_what is None:
            yield unknown("friend_as_what", CHECKER)
        elif facts.approvals is None:
            yield unknown("friend_approval", settings.approvers[0])
        elif by_role(facts.approvals, settings.approvers):
            yield met("friend.organisation_approved")
        else:
            need = Need("friend_approval", settings.approvers[0])
            yield requires("friend.organisation_not_approved", need, roles=settings.approvers)


class ParticipantRecognisable(Control):
    """Can nobody recognise those who take part in a site made for pupils?

    Staff are not meant: another sentence has them show who they are. Pupils have a sentence of their own.
    Settings: `who`, of whom the words speak."""

    key = "friend.recognisable"
    listens_to = ("friend.admit",)
    points = ("recognisable",)

    class Settings(NoSettings):
        who: str

    def judge(self, facts: FriendAdmit, settings: Settings) -> Iterable[Said]:
        if facts.relation in ("staff", "pupil") or facts.site.made_for_pupils is False:
            return
        if facts.site.made_for_pupils is None:
            yield unknown("friend_site_for_pupils", "office")
        elif facts.relation is None and facts.kind != "organisation":
            yield unknown("friend_relation", CHECKER)
        else:
            answer = standing_answer(facts.name_identifies)
            if answer is None:
                yield requires("friend.name_not_looked_at", Need("friend_name_identifies", CHECKER))
            elif answer:
                yield forbids("friend.recognisable")
            else:
                yield met("friend.not_recognisable")


class Grooming(Control):
    """Is an adult kept from approaching a young person unseen, on a site with pupils?

    Settings: `risk`, what staff reckon with. Private messages between its members are what opens the way."""

    key = "friend.grooming"
    listens_to = ("friend.admit", "contact.site_settings")
    points = ("grooming",)

    class Settings(NoSettings):
        risk: str

    def judge(self, facts: FriendAdmit | SiteSettings, settings: Settings) -> Iterable[Said]:
        site = facts.site
        if site.with_pupils is False:
            return
        if isinstance(facts, FriendAdmit) and facts.relation == "pupil":
            return
        if site.private_messages is False:
            yield met("friend.no_private_messages")
        elif site.with_pupils is None:
            yield unknown("friend_site_with_pupils", "office")
        elif site.private_messages is None:
            yield unknown("friend_private_messages", CHECKER)
        else:
            yield forbids("friend.grooming")
