"""Lists of people for the tests: lines, a list that is brought and explained."""

from datetime import timedelta

from schoolgate.core.clock import local_day
from schoolgate.core.tenancy import current_scope
from schoolgate.people.importing import PEOPLE
from schoolgate.people.list_importer import apply, explain_columns, explain_words, upload
from schoolgate.people.sheets import same_word

COLUMNS = {
    "name": "Name",
    "email": "Email",
    "relation": "Type",
    "role": "Role",
    "school": "School",
    "from_day": "From",
    "to_day": "Until",
    "manager": "Manager",
    "leaving_day": "Leaves",
    "active": "Active",
}
HEAD = ",".join(COLUMNS.values())
DAY = timedelta(days=1)


def line(name="Dan Evans", email="dan@example.org", relation="staff", **more):
    said = {"name": name, "email": email, "relation": relation, **more}
    return ",".join(str(said.get(field, "")) for field in COLUMNS)


class Brought:
    """A list, uploaded and its columns explained."""

    kind, head, name = PEOPLE, HEAD, "Staff list"

    def __init__(self, by, at, *lines, columns=None, defaults=None, head=None, name=None):
        content = "\n".join([head or self.head, *lines]).encode()
        self.by, self.at = by, at
        self.kept = self.kind.read(content, federation_id=current_scope().federation_id)
        self.importing = upload(kind=self.kind, by=by, at=at, kept=self.kept)
        if self.importing.mapping is None:
            self.explain(columns=columns, defaults=defaults, name=name or self.name)

    def explain(self, **given):
        return explain(self, **given)

    @property
    def plan(self):
        return self.kind.preview(self.importing, self.kept.sheet, by=self.by, on=local_day(self.at))

    @property
    def outcomes(self):
        return [str(each.outcome) for each in self.plan.lines]

    def said(self, number=0):
        return [one.code for one in self.plan.lines[number].said]

    def confirm(self, **more):
        given = {"by": self.by, "at": self.at, "seen": self.plan.seen} | more
        return apply(kind=self.kind, importing=self.importing, sheet=self.kept.sheet, **given)


def explain(brought, *, columns=None, defaults=None, name="Staff list"):
    return explain_columns(
        kind=PEOPLE,
        by=brought.by,
        at=brought.at,
        importing=brought.importing,
        sheet=brought.kept.sheet,
        name=name,
        columns=columns or {k: v for k, v in COLUMNS.items() if k != "manager"},
        defaults=defaults or {},
        shape=brought.kept.shape,
    )


def words(brought, **meant):
    given = {field: {same_word(word): ours for word, ours in each.items()} for field, each in meant.items()}
    return explain_words(kind=PEOPLE, by=brought.by, at=brought.at, importing=brought.importing, words=given)
