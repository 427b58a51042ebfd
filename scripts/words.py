"""Writes docs/words.md from schoolgate/web/glossary/words.yaml.

python scripts/words.py            writes the page
python scripts/words.py --check    writes nothing; fails where the page says anything else
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from schoolgate.web.glossary import Word, listed, words  # noqa: E402

PAGE = ROOT / "docs" / "words.md"
KINDS = {"field": "Words of schools", "ours": "Words of the program"}
BEGINNING = """# Words

<!-- Made by scripts/words.py from schoolgate/web/glossary/words.yaml: change that, then run it. -->

Which words the pages use, in English and in Welsh, and which they do not. The Welsh is not yet read by a
Welsh speaker. The page *Words* behind *More* shows them with their meaning.
`tests/web/test_word_list.py` holds every sentence of the catalogue's parts and every template to this
list: no word that is not said, and where the English has a word of the list, the Welsh has one of its
Welsh forms, the mutated ones among them.

The first run over 8,802 sentences found 75 with a word that is not said: 18 were mended, 52 are
excepted, and 5 had "mailbox", which was taken off the list instead. It found 142 whose Welsh had another
word than the list: 110 were mended (104 of them said "neges" for a post), 25 were right and the list
lacked their forms (such as "cyn-ddisgybl", or "swydd" where a post is a job), and 7 are excepted. What
the comparison does not see: a word that stands twice in a sentence and is right once, a word in another
sense that happens to have an accepted form, and words without forms.

A sentence that needs such a word after all (the policies' own words, the name of a file) is entered in
that file under `excepted`, with its reason.
"""


def page() -> str:
    """The whole page."""
    parts = [BEGINNING]
    for kind, title in KINDS.items():
        parts.append(f"## {title}\n\n{_table(word for word in words() if word.kind == kind)}")
    parts.append("## Spelling\n\nBritish. Not: " + _row_of(listed()["spelling"]["en"]) + ".\n")
    parts.append("## On no page\n\nThe rulebook's own words, which mean nothing at a school.\n")
    parts += [
        f"- {name}: {_row_of(listed()['never'][key])}\n" for key, name in (("en", "English"), ("cy", "Welsh"))
    ]
    parts.append(f"\n## Exceptions\n\n{_exceptions()}")
    return "\n".join(parts).replace("\n\n\n", "\n\n").rstrip() + "\n"


def _table(rows: Iterable[Word]) -> str:
    lines = ["| English | Welsh | what it means | not |", "|---|---|---|---|"]
    for word in sorted(rows, key=lambda each: each.en.casefold()):
        never = _row_of([*word.never_en, *(f"{each} (Welsh)" for each in word.never_cy)])
        lines.append(f"| {word.en} | {word.cy} | {word.means_en} | {never} |")
    return "\n".join(lines) + "\n"


def _row_of(these: Sequence[str]) -> str:
    return ", ".join(these)


def _exceptions() -> str:
    kinds = listed()["excepted"]
    told = [f"- “{each['says']}”: {each['because']}" for each in kinds["phrases"]]
    told.append(f"- {len(kinds['sentences'])} whole sentences, each with its reason in the file")
    told.append(
        f"- {len(kinds['unlike'])} sentences whose Welsh needs another word, each with its reason in the file"
    )
    return "\n".join(told) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the page, or compare it; 1 where it says anything else."""
    made = page()
    if "--check" not in arguments:
        PAGE.write_text(made, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == made:
        return 0
    print("docs/words.md says something else: run python scripts/words.py", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
