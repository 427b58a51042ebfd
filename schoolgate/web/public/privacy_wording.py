"""The privacy notice, sentence by sentence: what is true of this program in every federation.

The page `/<federation>/privacy` draws it, and `docs/data-protection/privacy-notice.md` is made of it. Who
changes what is kept, or for how long, changes it here; `docs/data-protection/README.md` tells which code is
behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Section:
    """A heading with what is said below it. `key`: its place in the page's address."""

    key: str
    title: Promise
    says: tuple[Promise, ...]


TITLE = _("Privacy: what becomes of your data")
LEAD = _("How %(federation)s keeps and uses data about you when it uses Schoolgate for its social media.")
SECTIONS = (
    Section(
        "who",
        _("Who answers for your data"),
        (
            _(
                "%(federation)s and its schools answer for it. The law calls whoever decides on it "
                "the controller."
            ),
            _(
                "To ask anything about your data, turn to the school office. It also tells you who "
                "the data protection officer is."
            ),
            _(
                "Schoolgate is a program, not a company that has your data. The schools run it, or "
                "somebody whom they have asked to. Whoever runs the machine can technically see what "
                "is on it."
            ),
            _(
                "Which reason in law the school relies on, such as its public task or your consent to "
                "a picture, stands in the school's own privacy notice. The school office gives it to "
                "you."
            ),
        ),
    ),
    Section(
        "comment",
        _("If you write a comment on our noticeboard"),
        (
            _(
                "You need not give a name. We keep what you write, the name if you give one, and when "
                "it came."
            ),
            _("Somebody at the school reads each comment before it is shown. No machine decides about it."),
            _(
                "So that nobody sends hundreds, the program counts by your network address. It keeps "
                "a code made from that address, not the address itself."
            ),
            _(
                "A comment that is taken off the page is no longer shown, and we keep it as proof of "
                "what was done. Nothing deletes it by itself. You can ask the school to erase it."
            ),
        ),
    ),
    Section(
        "networks",
        _("If you write to us on a network such as Facebook"),
        (
            _(
                "We keep what you wrote to our account, and the name under which the network shows "
                "you, so that somebody can answer. If you change or delete it there, we may still "
                "have it."
            ),
            _(
                "The network answers for what it does with your data itself, and may do so outside "
                "the United Kingdom. Its own privacy notice tells you more."
            ),
        ),
    ),
    Section(
        "wrong",
        _("If you tell us that something is wrong"),
        (
            _("You need not say who you are. What you write, and a picture if you add one, is kept sealed."),
            _(
                "Only those who are told may read it. That somebody opened it is on record. Mails "
                "about it say that there is something, and nothing of what you wrote."
            ),
            _(
                "It is about the safety of people, so nothing deletes it by itself. How long the "
                "school keeps it follows the school's own rules for safeguarding records."
            ),
        ),
    ),
    Section(
        "pictures",
        _("Pictures and names of pupils"),
        (
            _(
                "Before a picture that shows somebody goes out, a named person has to vouch for having "
                "looked at the school's list of consents. The list itself stays at the school."
            ),
            _("We recognise no faces. What a camera hides in a picture, such as the place, is taken out."),
            _(
                "Where you agreed to a picture, you can take that back at any time: tell the school "
                "office, so that the post is taken down. What others have copied by then nobody can "
                "call back."
            ),
            _(
                "We keep the picture and the text of a post after it was taken down, as proof of what "
                "was published."
            ),
        ),
    ),
    Section(
        "work",
        _("If you work with the program: staff, governors, volunteers"),
        (
            _(
                "We keep your name, your e-mail address, your roles, what you wrote, decided and "
                "signed, what you were asked to read, your training, and the days on which you said "
                "you are away."
            ),
            _(
                "While you are signed in, and until you end it, your list of sign-ins shows the "
                "network address and the browser. Passwords and second steps are kept so that nobody "
                "can read them."
            ),
            _(
                "Mails to you leave a trace without their words, for 180 days. A telephone number "
                "that you gave is erased on the day you leave."
            ),
            _(
                "What was decided stands in a record that cannot be changed. It has numbers in place "
                "of names. Your name and the rest stay after you leave, until the federation erases "
                "them: nothing does so by itself."
            ),
        ),
    ),
    Section(
        "admitted",
        _("If you ask to be let in to a page or site of ours"),
        (
            _(
                "We keep your name, how you are known to us, and what was decided. Once it is over, "
                "whoever decided can wipe the name and the reasons; that it was decided stays. "
                "Nothing wipes them by itself."
            ),
        ),
    ),
    Section(
        "cookies",
        _("Cookies"),
        (
            _(
                "Pages that anybody may open put into your browser only what they need: to send a "
                "form safely, to show that it was sent, and the language you chose. We follow nobody "
                "and show no advertisements."
            ),
        ),
    ),
    Section(
        "others",
        _("Who else gets it, and how long copies last"),
        (
            _(
                "What is published is there for everybody, on our pages and on the networks that we "
                "use. Authorities get what the law says they must have."
            ),
            _(
                "Each day a sealed copy of everything may be made, against fire and theft. The "
                "program keeps the newest %(copies)s; what was erased is in the older ones until they "
                "go. Copies that the school has put elsewhere go by the school's own rules."
            ),
        ),
    ),
    Section(
        "rights",
        _("Your rights"),
        (
            _(
                "You can ask to see the data about you, to have it put right or erased, to have its "
                "use limited, and you can object. It costs nothing. The school answers within a "
                "month, or tells you why it takes longer."
            ),
            _("Children have these rights too. A parent may use them for a child who is too young to."),
            _("Ask the school office, in any form. You need not say why."),
            _(
                "If you are not content, tell the school. You can also complain to the Information "
                "Commissioner's Office: ico.org.uk, telephone 0303 123 1113."
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
