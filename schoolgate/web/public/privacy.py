"""The public privacy notice of a federation, sentence by sentence: what is true of this program in every
federation.

`docs/data-protection/privacy-notice.md` is generated from it, too. A change to what is stored, or for
how long, must change it here. `docs/data-protection/README.md` tells which code is behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.env import env
from schoolgate.core.models import School
from schoolgate.web.frame.doors import Visit, public_page


@dataclass(frozen=True)
class Section:
    """A heading with its text. `key`: its place in the page's address."""

    key: str
    title: Promise
    says: tuple[Promise, ...]


TITLE = _("Privacy: how we use your data")
LEAD = _("How %(federation)s stores and uses data about you when it uses Schoolgate for its social media.")
SECTIONS = (
    Section(
        "who",
        _("Who is responsible for your data"),
        (
            _(
                "%(federation)s and its schools are responsible for your data. In law, the "
                "organisation that decides how data is used is called the controller."
            ),
            _(
                "To ask about your data, contact the school office. It can also tell you "
                "who the data protection officer is."
            ),
            _(
                "Schoolgate is software, not a company that has your data. The schools "
                "run it, or ask someone else to. The person who runs the server could "
                "technically see what’s on it."
            ),
            _(
                "The school’s own privacy notice gives its legal basis, such as its "
                "public task or your consent to a picture. Ask the school office for it."
            ),
        ),
    ),
    Section(
        "comment",
        _("If you write a comment on our noticeboard"),
        (
            _(
                "You don’t have to give a name. We save what you write, your name if you "
                "give one, and when it arrived."
            ),
            _("Someone at the school reads each comment before it’s shown. Decisions are never automated."),
            _(
                "To stop one person sending hundreds of comments, Schoolgate counts them by "
                "network address. It stores a code made from the address, not the address itself."
            ),
            _(
                "If we judge that something is wrong with it, we save the reason, who decided, "
                "whether a parent or a pupil wrote it as far as we know, and what we then did."
            ),
            _(
                "If we take a comment off the page, it’s no longer shown. We save it as "
                "proof of what was done. The school decides for how long, and you can ask "
                "for it to be erased sooner."
            ),
        ),
    ),
    Section(
        "networks",
        _("If you contact us on a network such as Facebook"),
        (
            _(
                "We save what you wrote to our account and the name the network shows, "
                "so that we can reply. If you change or delete it there, we may still "
                "have it. The school decides for how long."
            ),
            _(
                "If we judge that something is wrong with it, we save the reason, who decided, "
                "whether a parent or a pupil wrote it as far as we know, and what we then did."
            ),
            _(
                "Some schools search public posts and news for their own name, never for "
                "people’s names. We save what is found and who wrote it, decide whether to "
                "reply, and delete the text and the author 90 days later."
            ),
            _(
                "The network is responsible for how it uses your data, and may do so "
                "outside the United Kingdom. Its own privacy notice has more details."
            ),
        ),
    ),
    Section(
        "wrong",
        _("If you report a concern"),
        (
            _(
                "You don’t have to say who you are. What you write, and any picture you "
                "add, is stored encrypted."
            ),
            _(
                "Only the people who are told may read it. Each time they open it is "
                "recorded. Emails about it say only that it exists, and nothing you "
                "wrote."
            ),
            _(
                "It’s about people’s safety, so it isn’t deleted automatically. How long "
                "it’s stored depends on the school’s own rules for safeguarding records."
            ),
        ),
    ),
    Section(
        "request",
        _("If you ask for your data, or for information"),
        (
            _(
                "We save your name, where the answer goes, what you ask for, whose data it "
                "is about, and how and when we answered. Names and words are encrypted."
            ),
            _(
                "Only the people who decide on requests can read them, and the person who "
                "entered yours. The school decides for how long they are stored."
            ),
        ),
    ),
    Section(
        "pictures",
        _("Pictures and names of pupils"),
        (
            _(
                "Before a picture of a person is published, a named person must confirm "
                "they’ve checked the school’s consent list. The list itself stays at the "
                "school."
            ),
            _(
                "We don’t use face recognition. We remove data that a camera hides in a "
                "picture, such as where it was taken."
            ),
            _(
                "If you agreed to a picture, you can withdraw consent at any time. Tell "
                "the school office, so that the post is taken down. We can’t recall "
                "copies others have already made."
            ),
            _("After a post is taken down, we save its picture and text as proof of what was published."),
        ),
    ),
    Section(
        "work",
        _("If you work with Schoolgate: staff, governors, volunteers"),
        (
            _(
                "We store your name, email address, roles, training and days away. We "
                "also store what you wrote, decided and signed, and what you were asked "
                "to read."
            ),
            _(
                "While you’re signed in, until you end the session, your list of "
                "sessions shows your network address and browser. Passwords and two-step "
                "verification details are stored so that no one can read them."
            ),
            _(
                "Emails to you leave a record, without their text, for 180 days. If you "
                "gave a phone number, it’s erased on the day you leave."
            ),
            _(
                "Decisions are saved in a history that can’t be changed, with numbers instead of "
                "names. Your name and other details stay after you leave until the federation "
                "erases them. This isn’t automatic."
            ),
        ),
    ),
    Section(
        "admitted",
        _("If you ask for access to one of our pages or sites"),
        (
            _(
                "We save your name, how we know you and what was decided. Afterwards, "
                "the person who decided can delete the name and reasons. The decision "
                "itself stays. Nothing is deleted automatically."
            ),
        ),
    ),
    Section(
        "cookies",
        _("Cookies"),
        (
            _(
                "Our public pages store only what they need in your browser: to send a "
                "form safely, to show that it was sent, and your language. We don’t "
                "track anyone or show adverts."
            ),
        ),
    ),
    Section(
        "others",
        _("Who else gets your data and how long copies last"),
        (
            _(
                "Published posts can be seen by everyone, on our pages and the networks "
                "we use. Authorities get what the law says they must have."
            ),
            _(
                "An encrypted backup of everything may be made each day, in case of fire "
                "or theft. Schoolgate saves the latest %(copies)s. Erased data stays in "
                "older backups until they’re deleted. Copies the school stores elsewhere "
                "follow the school’s own rules."
            ),
        ),
    ),
    Section(
        "rights",
        _("Your rights"),
        (
            _(
                "You can ask to see, correct or erase data about you, or limit its use. "
                "You can also object. It’s free. The school replies within a month, or "
                "tells you why it needs longer."
            ),
            _("Children have these rights too. A parent can use them for a child who is too young to."),
            _("Ask the school office, in any way you like. You don’t have to say why."),
            _(
                "If you’re not happy, tell the school. You can also complain to the "
                "Information Commissioner’s Office: ico.org.uk, phone 0303 123 1113."
            ),
        ),
    ),
)

Says = Callable[[Promise], str]


def filled(text: Promise, names: Mapping[str, str | int], *, says: Says = str) -> str:
    """A sentence with the federation's own names in it; `says` turns it into a language, the reader's if not
    given."""
    return says(text) % names


def as_markdown(federation: str, copies: str | int, *, head: Iterable[str] = (), says: Says = str) -> str:
    """The notice as a page of Markdown; `head`: lines below its title."""
    names = {"federation": federation, "copies": copies}
    lines = [f"# {filled(TITLE, names, says=says)}", "", *head, filled(LEAD, names, says=says), ""]
    for section in SECTIONS:
        lines += [f"## {filled(section.title, names, says=says)}", ""]
        lines += [f"- {filled(sentence, names, says=says)}" for sentence in section.says]
        lines.append("")
    return "\n".join(lines)


def our_schools(names: Iterable[str]) -> str:
    """The schools of a federation, in one sentence; nothing where none is entered yet."""
    said = ", ".join(names)
    return gettext("Its schools: %(schools)s.") % {"schools": said} if said else ""


@public_page(methods=("GET", "HEAD"))
def notice(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show what happens to readers' data. It names the federation and its schools, and no person."""
    names: dict[str, str | int] = {"federation": visit.federation.name, "copies": env().backup_keep}
    schools = School.objects.order_by("name").values_list("name", flat=True)
    context = {
        "title": filled(TITLE, names),
        "lead": filled(LEAD, names),
        "schools": our_schools(schools),
        "sections": [
            (section.key, section.title, [filled(sentence, names) for sentence in section.says])
            for section in SECTIONS
        ],
    }
    return render(request, "privacy/notice.html", context)


urlpatterns = [
    path("<slug:federation>/privacy", notice, name="privacy"),
]
