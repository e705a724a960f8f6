"""Options in hand: how an answers file holds them (`options: [{name, path, answers}]`), and what they lay over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from msgspec.structs import replace

from pathfinder.answers.sheet import Answer, AnswerSheet, OptionInHand
from pathfinder.cleaning import one_line
from pathfinder.errors import Problem, nearest

OPTION_KEYS = ("name", "path", "answers")
MOST_OPTIONS = 20
LONGEST_OPTION_NAME = 60

ReadAnswers = Callable[[object, str], tuple[dict[str, Answer], list[Problem]]]
"""Reads `question: value` lines, and names its problems under a key."""


def read_options(
    raw: object, paths: Collection[str], read_answers: ReadAnswers
) -> tuple[tuple[OptionInHand, ...], list[Problem]]:
    """The options in a list of the answers format, and every problem with them.

    Problems name their place as key, counted from 0 (`options.1.answers.coding`). An option without a usable name or
    path is left out; of any other, the answers that could be used are kept.
    """
    if raw is None:
        return (), []
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        remedy = "Begin each with '- name:'; 'pathfinder template' prints an example"
        return (), [Problem("'options' holds a list", remedy, key="options")]
    problems: list[Problem] = []
    if len(raw) > MOST_OPTIONS:
        remedy = f"At most {MOST_OPTIONS} are compared; leave out the least likely"
        problems.append(Problem(f"these are {len(raw)} options", remedy, key="options"))
    found: list[OptionInHand] = []
    places: dict[str, str] = {}
    for place, one in enumerate(raw[:MOST_OPTIONS]):
        at = f"options.{place}"
        if not isinstance(one, Mapping):
            remedy = "'pathfinder template' prints an example"
            problems.append(Problem("an option has a name, a path and answers", remedy, key=at))
            continue
        problems += _unknown_keys(one, at)
        name, wrong = _name(one, at, places)
        path, astray = _path(one, at, paths)
        answers, unread = read_answers(one.get("answers"), f"{at}.answers")
        problems += [*wrong, *astray, *unread]
        if name and path:
            found.append(OptionInHand(name, path, answers))
    return tuple(found), problems


def overlaid(sheet: AnswerSheet, option: OptionInHand) -> AnswerSheet:
    """The sheet with an option's answers in place of the person's, and no options of its own."""
    return replace(sheet, answers={**sheet.answers, **option.answers}, options=())


def option_name(text: str) -> str:
    """A name as it is kept: clean, on one line, not too long for a table."""
    return one_line(text, LONGEST_OPTION_NAME)


def same_name(one: str, other: str) -> bool:
    """Whether two names cannot be told apart: capitals make no difference."""
    return one.casefold() == other.casefold()


def _unknown_keys(one: Mapping[object, object], at: str) -> list[Problem]:
    shown = [one_line(str(key)) for key in one if key not in OPTION_KEYS]
    return [
        Problem(
            f"an option has no key '{key}'",
            nearest(key, OPTION_KEYS) or "Its answers stand indented under 'answers:'",
            key=f"{at}.{key}",
        )
        for key in shown
    ]


def _name(one: Mapping[object, object], at: str, places: dict[str, str]) -> tuple[str, list[Problem]]:
    """The name of an option, which may not occur in `places` (where each name stands) and is added to it."""
    raw = one.get("name")
    key = f"{at}.name" if "name" in one else at
    if raw is not None and not isinstance(raw, (str, int, float)):
        return "", [Problem("a name is plain text", "Write it in quotes", key=key)]
    name = option_name(str(raw)) if raw is not None else ""
    if not name:
        return "", [Problem("an option needs a name", "Write for example 'name: PhD in Leeds'", key=key)]
    first = places.setdefault(name.casefold(), at)
    if first != at:
        return "", [Problem(f"{first} has this name already", "Give each option a name of its own", key=key)]
    return name, []


def _path(one: Mapping[object, object], at: str, paths: Collection[str]) -> tuple[str, list[Problem]]:
    raw = one.get("path")
    remedy = f"It is one of: {', '.join(paths)}"
    if raw is None or isinstance(raw, (Mapping, list)):
        key = f"{at}.path" if "path" in one else at
        return "", [Problem("an option needs the path it is on", remedy, key=key)]
    path = str(raw).strip()
    if path not in paths:
        shown = one_line(path, 40)
        return "", [Problem(f"there is no path '{shown}'", nearest(path, paths) or remedy, key=f"{at}.path")]
    return path, []
