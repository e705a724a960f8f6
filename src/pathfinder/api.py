"""What a script imports from `pathfinder`: the rule bases, answers and assessments that the command line uses.

`docs/python.md` shows how. Only `load_rules` and `Answers.read` open files; `assess` touches neither file nor terminal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.answers.validation import validate_sheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.redaction import Redactor
from pathfinder.assessment.results.assessment import Assessment, PathResult, Verdict
from pathfinder.assessment.results.items import Reason
from pathfinder.errors import InputError, Problem
from pathfinder.report.json_form import from_json, to_json
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store import rules as stored
from pathfinder.store.answers import parse_sheet, read_document
from pathfinder.store.compiled import ready_built_in, ready_rules
from pathfinder.store.files import read_text

__all__ = [
    "AnswerSheet",
    "Answers",
    "Assessment",
    "InputError",
    "PathResult",
    "Problem",
    "Reason",
    "RuleBase",
    "Verdict",
    "assess",
    "from_json",
    "load_rules",
    "to_json",
    "to_markdown",
]


def load_rules(folder: Path | str | None = None, *, overlay: Path | str | None = None) -> RuleBase:
    """The built-in rule base, or the one in a folder, with the overlay in a file on it where one is named.

    Raises `InputError` with everything that is wrong with any of their files.
    """
    if overlay is None:
        return ready_built_in() if folder is None else ready_rules(Path(folder))
    from pathfinder.store.overlay import with_overlay

    return with_overlay(stored.load_built_in() if folder is None else stored.load_rules(Path(folder)), Path(overlay))


class Answers:
    """What one person answered, checked against a rule base only when it is assessed."""

    def __init__(
        self,
        answers: Mapping[str, object],
        *,
        name: str = "",
        weights: Mapping[str, float] | None = None,
        options: Sequence[Mapping[str, object]] = (),
    ) -> None:
        """Answers by question id, written as in an answers file: a value, a list of those that are possible (or, where
        several can be chosen, of those that are), `{"min": 5, "max": 15}` with or without `"likely"`, `"unknown"`.

        `name` is only ever shown. `weights` says how many times as much each criterion counts, 0 to 5; `options` are
        concrete places to choose between, each with `name`, `path` and `answers`.
        """
        document: dict[str, object] = {"answers": dict(answers), "name": name}
        if weights:
            document["weights"] = dict(weights)
        if options:
            document["options"] = [dict(option) for option in options]
        self._document: dict[str, object] | None = document
        self._text, self._file = "", ""

    @classmethod
    def read(cls, path: Path | str) -> Answers:
        """The answers in a YAML or JSON file, or on standard input for `-`.

        Raises `InputError` where it is neither; what it says is looked at when it is assessed.
        """
        found = cls({})
        found._document, found._text, found._file = None, read_text(path), str(path)
        read_document(found._text, found._file)
        return found

    def sheet(self, rules: RuleBase) -> AnswerSheet:
        """The answers as questions of a rule base understand them. Raises `InputError` with everything that they do
        not: by question, and for a file by line too."""
        if self._document is None:
            return parse_sheet(self._text, self._file, rules.questions, rules.path, rules.criterion)
        sheet, problems = validate_sheet(self._document, rules.questions, rules.path, rules.criterion)
        if problems:
            raise InputError(problems)
        return sheet

    def __repr__(self) -> str:
        """Which answers, but not what: they are private."""
        return f"<answers from {self._file!r}>" if self._document is None else "<answers>"


def assess(rules: RuleBase, answers: Answers, *, full: bool = False, redact: bool = False) -> Assessment:
    """Compare the paths for one person: the same result as `pathfinder score` gives for the same answers, and with
    `redact` the same as `pathfinder score --redact`.

    A `full` result also holds what takes longer to work out and only a whole report shows. Raises `InputError` with
    everything that is wrong with the answers.
    """
    tools, sheet = _tools_for(rules), answers.sheet(rules)
    found = tools.assessor.assess(sheet, full=full)
    return tools.redactor.redacted(sheet, found) if redact else found


class _Tools:
    """What can be worked out once for a rule base."""

    def __init__(self, rules: RuleBase) -> None:
        self.rules = rules
        self.assessor = Assessor(rules)

    @cached_property
    def redactor(self) -> Redactor:
        return Redactor(self.rules)


_last: _Tools | None = None


def _tools_for(rules: RuleBase) -> _Tools:
    """The tools of a rule base; those of the one used last are kept."""
    global _last
    kept = _last
    if kept is None or kept.rules is not rules:
        kept = _last = _Tools(rules)
    return kept
