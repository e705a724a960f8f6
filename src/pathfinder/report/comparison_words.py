"""How a comparison is worded: what the two sheets are called, and when something is so on which of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

from pathfinder.assessment.results.comparison import AnswerChange, Comparison
from pathfinder.cleaning import one_line

_EXPLAINED = re.compile(r": [^;)]*")
"""In `Solid: complete programs from start to finish`, what follows the first words, which tell the values apart."""

LONGEST_LABEL = 20
"""What a sheet is called takes at most so many columns."""

_BARE = ("not answered", "does not apply")
"""Words about an answer that are not the person's own."""


def labels(files: tuple[str, str], names: tuple[str, str]) -> tuple[str, str]:
    """What the sheets in two files are called: by the names in them where these differ, else by file name."""
    places = [PurePath("standard input" if file == "-" else file) for file in files]
    longer = [str(PurePath(place.parent.name, place.name)) for place in places]
    for one, other in (names, [place.name for place in places], longer):
        found = one_line(one, LONGEST_LABEL), one_line(other, LONGEST_LABEL)
        if all(found) and found[0] != found[1]:
            return found
    return "the first", "the second"


@dataclass(frozen=True)
class Voice:
    """Words for the two sheets: `then` and `now` say on which of them something is so. `person`: both are one
    person's, and the second is what holds now."""

    then: str
    now: str
    person: bool

    def both(self, before: str, after: str) -> str:
        """`'8 years' before, '4 years' now`."""
        return f"{_quoted(before)} {self.then}, {_quoted(after)} {self.now}"

    def known(self, state: str) -> str:
        """`now known` and its like in words that suit; empty for any other state."""
        if state not in ("now known", "no longer known"):
            return ""
        return state if self.person else f"known only {self.now if state == 'now known' else self.then}"


def voice(found: Comparison) -> Voice:
    """The words that suit what is compared."""
    match found.about:
        case "person":
            return Voice("before", "now", True)
        case "people":
            return Voice(f"for {found.before.label}", f"for {found.after.label}", False)
        case "options":
            return Voice(f"with '{found.before.label}'", f"with '{found.after.label}'", False)


def _quoted(answer: str) -> str:
    return answer if answer in _BARE else f"'{answer}'"


def answer_in_short(said: Voice, answer: AnswerChange) -> str:
    """`'Programming' ('None' before, 'Basic' now)`; of a private answer the title alone."""
    if answer.sensitive:
        return f"'{answer.title}' (private)"
    return f"'{answer.title}' ({said.both(_first_words(answer.before), _first_words(answer.after))})"


def _first_words(answer: str) -> str:
    """An answer without what its labels explain after a colon, unless several values are possible."""
    return answer if " or " in answer else _EXPLAINED.sub("", answer)
