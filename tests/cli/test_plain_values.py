"""Plain values are read as typer reads them; about the others it says what it always says."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from typer.main import get_command

from pathfinder.cli.plain_values import take_plain_values


class Colour(StrEnum):
    RED = "red"
    DARK_RED = "dark-red"


def _taking(
    word: str | None = None,
    path: Path | None = None,
    colour: Colour = Colour.RED,
    number: int = 7,
    words: Annotated[list[str] | None, typer.Option("--words")] = None,
    paths: Annotated[list[Path] | None, typer.Option("--paths")] = None,
    numbers: Annotated[list[int] | None, typer.Option("--numbers")] = None,
    switch: Annotated[bool, typer.Option("--switch")] = False,
    share: Annotated[float | None, typer.Option("--share")] = None,
    few: Annotated[int, typer.Option("--few", min=1, max=3)] = 2,
    there: Annotated[Path | None, typer.Option("--there", exists=True)] = None,
) -> None:
    """Takes one of each."""


def outcome(arguments: list[str], *, plainly: bool) -> object:
    """What becomes of a command line: the values with their types, or what is said of it."""
    own = typer.Typer(add_completion=False, rich_markup_mode=None)
    own.command()(_taking)
    command: Any = get_command(own)
    if plainly:
        take_plain_values(command.params)
    try:
        found = command.make_context("taking", list(arguments)).params
    except Exception as error:
        return type(error), str(error), getattr(error, "format_message", str)()
    return {
        name: (type(value), value, [type(one) for one in value] if isinstance(value, list) else None)
        for name, value in found.items()
    }


WORDS = ["", "a", " a ", "-", "é", "a\0b", "\udcff", "None", "[x]"]
NUMBERS = [
    "0",
    "7",
    "-7",
    "+7",
    "007",
    " 7 ",
    "7.0",
    "7.5",
    "1_000",
    "1e3",
    "-0",
    "",
    "x",
    "٣",
    "9" * 17,
    "9" * 30,
    "9" * 5000,
    "True",
]
COLOURS = ["red", "dark-red", "RED", "Red", "dark_red", "", "blue", " red"]


class TestOneValue:
    @pytest.mark.parametrize(
        ("option", "value"),
        [
            *(("--word", word) for word in WORDS),
            *(("--words", word) for word in WORDS),
            *(("--path", word) for word in [*WORDS, ".", "no/such/file", "x" * 5000, __file__, "~", "a//b/../c/"]),
            *(("--paths", word) for word in [*WORDS, ".", __file__]),
            *(("--number", word) for word in NUMBERS),
            *(("--numbers", word) for word in NUMBERS),
            *(("--colour", word) for word in COLOURS),
            *(("--share", word) for word in ["0.5", "1", "x"]),
            *(("--few", word) for word in ["1", "3", "4", "0", "x"]),
            *(("--there", word) for word in [".", "no/such/file"]),
        ],
    )
    def test_gives_what_typer_makes_of_it(self, option: str, value: str) -> None:
        assert outcome([option, value], plainly=True) == outcome([option, value], plainly=False)

    def test_of_a_file_that_may_not_be_read_is_refused_as_typer_refuses_it(self, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.touch(mode=0o000)
        arguments = ["--path", str(secret)]
        assert outcome(arguments, plainly=True) == outcome(arguments, plainly=False)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--switch"],
        ["--words", "a", "--words", "b"],
        ["--words", "a", "--numbers", "1", "--numbers", "x"],
        ["--paths", "a", "--paths", ".", "--number", "3"],
    ],
)
def test_several_values_or_none_give_what_typer_makes_of_them(arguments: list[str]) -> None:
    assert outcome(arguments, plainly=True) == outcome(arguments, plainly=False)


def test_a_typer_that_reads_values_otherwise_is_left_alone() -> None:
    class Parameter:
        pass

    parameter = Parameter()
    take_plain_values([parameter])
    assert vars(parameter) == {}
