"""Accounts that an example federation had before Schoolgate, and what its policy lists as their purposes."""

from schoolgate.accounts.importing import ACCOUNTS
from schoolgate.accounts.models import Account
from schoolgate.accounts.opening import purposes_listed, readers_listed, say_what_it_is_for
from schoolgate.cli.demo.signing_in import email_of
from schoolgate.cli.demo.stage import Stage
from schoolgate.core.tenancy import current_scope
from schoolgate.people.lists.importer import apply, explain_columns, upload
from schoolgate.people.lists.storing import keep_list
from schoolgate.policy.queries import book_in_scope

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
