"""The verbs are listed before they are loaded, and the list says what they say of themselves."""

from __future__ import annotations

import pytest
from typer.core import TyperGroup
from typer.main import get_command

from pathfinder.cli.main import app
from pathfinder.cli.rules import group
from pathfinder.cli.verbs import VerbGroup
from running import Run


def groups() -> list[VerbGroup]:
    root = get_command(app)
    assert isinstance(root, VerbGroup)
    return [root, group]


def listed() -> list[tuple[VerbGroup, str]]:
    return [(one, word) for one in groups() for word in one.verbs]


@pytest.mark.parametrize(("group", "word"), listed(), ids=[word for _, word in listed()])
class TestEveryVerb:
    @pytest.mark.parametrize("width", [45, 62, 100, 200])
    def test_is_listed_with_the_beginning_of_its_own_help(self, group: VerbGroup, word: str, width: int) -> None:
        assert group.commands[word].get_short_help_str(width) == group.loaded(word).get_short_help_str(width)

    def test_is_called_what_the_list_calls_it_where_it_has_a_name(self, group: VerbGroup, word: str) -> None:
        assert group.loaded(word).name in (word, "")

    def test_is_loaded_when_it_is_called(self, group: VerbGroup, word: str) -> None:
        loaded = group.loaded(word)
        assert isinstance(loaded, TyperGroup) or loaded.params
        assert group.commands[word].params == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rules", "chekc"), "Did you mean 'check'?"),
        (("histroy",), "Did you mean 'history'?"),
        (("rules",), "Usage: "),
        (("history", "show"), "Missing argument 'NAME'"),
        (("rules", "docs"), "Missing option '--out'"),
    ],
)
def test_a_wrong_verb_or_one_without_what_it_needs_exits_2_and_helps(
    arguments: tuple[str, ...], said: str, run: Run
) -> None:
    outcome = run(*arguments)
    assert outcome.code == 2
    assert said in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("pathfinder sc", {"score", "schema"}),
        ("pathfinder rules c", {"check", "coverage"}),
        ("pathfinder score --fo", {"--format", "--force"}),
        ("pathfinder rules docs --mode", {"--modelines"}),
    ],
)
def test_shells_complete_verbs_and_their_options(
    words: str, wanted: set[str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_PATHFINDER_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split()) - 1))
    assert set(run().out.split()) == wanted
