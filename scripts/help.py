"""Writes the section "In short" of docs/how-to from schoolgate/web/frame/help.yaml: pages and docs say one
text.

python scripts/help.py            writes the sections
python scripts/help.py --check    writes nothing; fails where one says anything else
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schoolgate.web.frame.help import LABEL, Topic, topics  # noqa: E402

PAGES = ROOT / "docs" / "how-to"
BEGIN = "<!-- Made by scripts/help.py from schoolgate/web/frame/help.yaml: change that, then run it. -->\n"
END = "<!-- Until here. -->\n"


def section(these: Sequence[Topic]) -> str:
    """Return the section of a page with these topics."""
    return "\n".join((BEGIN + "## In short\n", *map(_of_topic, these), END))


def _of_topic(topic: Topic) -> str:
    said = [f"- {_marked(each)}" for each in topic.en.says]
    return "\n".join((f"**{topic.en.title}**\n", *said, f"- Next: {_marked(topic.en.next)}\n"))


def _marked(sentence: str) -> str:
    return LABEL.sub(lambda found: f"*{found[1] or found[2]}*", sentence)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield each page with its text as it should be."""
    for name in dict.fromkeys(each.doc for each in topics()):
        text = (PAGES / name).read_text(encoding="utf-8")
        made = section([each for each in topics() if each.doc == name])
        before, begun, rest = text.partition(BEGIN)
        if begun:
            yield PAGES / name, before + made + rest.partition(END)[2]
        else:
            before, _begun, rest = text.partition("\n## ")
            yield PAGES / name, f"{before.rstrip()}\n\n{made}\n## {rest}"


def main(arguments: Sequence[str]) -> int:
    """Write the sections, or compare them; 1 where one says anything else."""
    wrong = [(page, made) for page, made in pages() if page.read_text(encoding="utf-8") != made]
    for page, made in wrong:
        if "--check" in arguments:
            print(f"{page.name} says something else: run python scripts/help.py", file=sys.stderr)
        else:
            page.write_text(made, encoding="utf-8")
    return 1 if wrong and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
