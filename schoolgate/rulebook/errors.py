"""What can be wrong with a question or with a pack. Each says it in one line."""

from difflib import get_close_matches


class RulebookError(ValueError):
    """The question cannot be put, or the pack cannot be used."""


class UnknownSituation(RulebookError):
    """No situation has this key."""

    def __init__(self, key: str, known: list[str]) -> None:
        like = get_close_matches(key, known, n=4, cutoff=0.4)
        asked = f"is it {', '.join(like)}?" if like else "`schoolgate situations` lists them"
        super().__init__(f"unknown situation {key!r}; {asked}")


class UnknownPolicy(RulebookError):
    """No pack has this key."""

    def __init__(self, key: str, known: list[str]) -> None:
        super().__init__(f"unknown policy {key!r}; known: {', '.join(known)}")


class BadFacts(RulebookError):
    """A fact has an unknown name, a wrong type or a value that no fact can have. `.path`, `.why`."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"facts: {path}: {why}" if path else f"facts: {why}")
        self.path = path
        self.why = why


class BadPack(RulebookError):
    """A pack that cannot be used. `.where` names the file (and line or clause)."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where = where
        self.why = why
