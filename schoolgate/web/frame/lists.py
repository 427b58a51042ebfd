"""What the pages of every list that is brought share: lines page by page, words for where it stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from schoolgate.core.tenancy import scope
from schoolgate.people.lists.lines import PlannedLine
from schoolgate.people.lists.storing import read_list
from schoolgate.people.lists.taking import ended
from schoolgate.people.models import Person
from schoolgate.people.models.lists import BroughtList
from schoolgate.people.sheets import Sheet
from schoolgate.people.states import ImportState, Outcome
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.numbers import number_in

LINES = 50
"""Lines on one page of what would change."""
TAGS = {"refused": "no", "new": "good", "changed": "info", "same": "", "passed_over": "wait"}
FIRST = (Outcome.REFUSED, Outcome.NEW, Outcome.CHANGED, Outcome.PASSED_OVER, Outcome.SAME)
ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
ENDED: dict[str, Any] = {
    ImportState.DONE: _("This list was imported."),
    ImportState.DROPPED: _("This import was cancelled. Nothing was imported."),
    ImportState.LAPSED: _("No one confirmed this list within a day, so it was cancelled."),
}


L = TypeVar("L", bound=BroughtList)


@dataclass(frozen=True)
class Brought(Generic[L]):
    """A list of the visitor's, and its lines while it is open."""

    importing: L
    sheet: Sheet | None

    @property
    def lines(self) -> Sheet:
        """Its lines. Raises NotNow once it has ended."""
        if self.sheet is None:
            raise ended()
        return self.sheet


def brings_back(find: Callable[[Person, int], L]) -> Callable[..., Brought[L]]:
    """A door's `prepare`: the visitor's own list of the address, and its lines from the store.

    Args:
        find: the visitor's list of that number; raises NotFound. The door has asked who may before.
    """

    def prepare(request: HttpRequest) -> Brought[L]:
        visit: Visit = request.visit  # type: ignore[attr-defined]
        pk = request.resolver_match.kwargs["pk"] if request.resolver_match else 0
        with scope(visit.federation.pk, visit.person.pk):
            found = find(visit.person, pk)
        if found.state != ImportState.OPEN:
            return Brought(found, None)
        return Brought(found, read_list(found.file, federation_id=visit.federation.pk))

    return prepare


def columns_shown(
    form: SchoolForm, importing: BroughtList, sheet: Sheet, headings: Sequence[str], *, place: str
) -> dict[str, Any]:
    """What `lists/columns.html` takes; `place` is the name of the page on which lists are brought."""
    return {
        "form": form,
        "importing": importing,
        "encoding": ENCODINGS.get(importing.encoding, importing.encoding),
        "examples": sheet.lines[1:4],
        "headings": headings,
        "place": place,
        "drop": f"{place}-drop",
    }


def state_tag(each: BroughtList) -> str:
    """The colour of where a list stands."""
    return {ImportState.OPEN: "wait", ImportState.DONE: "good"}.get(ImportState(each.state), "")


def lines_shown(
    request: HttpRequest, lines: Sequence[PlannedLine], counts: Mapping[str, int]
) -> dict[str, Any]:
    """The lines of one outcome, page by page by their numbers, and the outcomes to choose from."""
    asked = request.GET.get("show", "")
    first = next((each for each in FIRST if counts[each]), Outcome.SAME)
    shown = Outcome(asked) if asked in Outcome.values else first
    after = number_in(request.GET["after"]) if "after" in request.GET else 0
    rest = [line for line in lines if line.outcome == shown and line.number > after]
    more = rest[LINES - 1].number if len(rest) > LINES else None
    return {
        "lines": rest[:LINES],
        "shown": shown,
        "tag": TAGS[shown],
        "tabs": [(each, each.label, counts[each]) for each in FIRST if counts[each]],
        "following": urlencode({"show": shown.value, "after": str(more)}) if more else "",
    }
