"""Options in hand, named on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pathfinder.errors import InputError, Problem, nearest, refused

if TYPE_CHECKING:
    from pathfinder.answers.sheet import AnswerSheet, OptionInHand


def chosen(sheet: AnswerSheet, names: Sequence[str], file: str) -> list[OptionInHand]:
    """The options with these names, in their order; capitals make no difference. Raises `InputError` with every name
    that the sheet does not have, and with the nearest that it has."""
    from pathfinder.answers.options import option_name, same_name

    if not sheet.options:
        raise refused("this file holds no options in hand", "List them under 'options:'", file, key="options")
    known = [option.name for option in sheet.options]
    found: list[OptionInHand] = []
    problems: list[Problem] = []
    for name in names:
        meant = [option for option in sheet.options if same_name(option.name, option_name(name))]
        if meant:
            found.append(meant[0])
        else:
            remedy = nearest(name, known) or f"There are: {', '.join(known)}"
            problems.append(Problem(f"there is no option '{option_name(name)}' here", remedy, file, key="options"))
    if problems:
        raise InputError(problems)
    return found
