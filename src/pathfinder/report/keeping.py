"""What is kept of a result when a person asks for it, and how that is told."""

from __future__ import annotations

import secrets
import shlex
from collections.abc import Mapping
from datetime import UTC, datetime

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.errors import InputError
from pathfinder.report.json_form import to_json
from pathfinder.rulebase.questions import Question
from pathfinder.store.answers import to_yaml
from pathfinder.store.history import History, Result, name_to_keep


def content_of(rulebase: Mapping[str, str]) -> str:
    """What tells the content of a rule base, with an overlay on it, from any other."""
    parts = (rulebase.get("hash", ""), rulebase.get("overlay_hash", ""))
    return "+".join(part for part in parts if part)


def command(verb: str, name: str) -> str:
    """A command of the history with this name, as one types it in a shell."""
    return f"pathfinder history {verb} {'-- ' if name.startswith('-') else ''}{shlex.quote(name)}"


class Keeper:
    """Keeps the results of one sitting under a name, each in place of the one before.

    Raises `InputError` at once for a name or a history that cannot be used, so that nobody answers for nothing.
    """

    def __init__(self, name: str, questions: Mapping[str, Question]) -> None:
        self.name = name_to_keep(name)
        self._questions = questions
        self._history = History()
        self._history.check()
        self._sitting = secrets.token_hex(16)
        self._kept = False

    def keep(self, sheet: AnswerSheet, assessment: Assessment) -> str:
        """Keep this result; what to tell the person about it. Raises `InputError` where it cannot be kept."""
        result = Result(
            program=assessment.program.get("version", ""),
            base_version=assessment.rulebase.get("version", ""),
            base_hash=content_of(assessment.rulebase),
            answers=to_yaml(sheet, self._questions),
            assessment=to_json(assessment),
        )
        kept = self._history.keep(self.name, self._sitting, datetime.now(UTC), result)
        if self._kept:
            return f"Kept under '{self.name}' in place of the result before it."
        self._kept = True
        return (
            f"Kept under '{self.name}' as number {kept.number}, answers and all, in {self._history.path}, which only"
            f" you can read. {self._ways()}"
        )

    def try_to_keep(self, sheet: AnswerSheet, assessment: Assessment) -> str:
        """The same, but where it cannot be kept that is what to tell: nobody's sitting ends because of it."""
        try:
            return self.keep(sheet, assessment)
        except InputError as error:
            return f"This result could not be kept. {error.problems[0]}"

    def remains(self) -> str:
        """What is still there after a person deleted the answers of an interview; empty where that is nothing."""
        return f"What was kept under '{self.name}' is still there. {self._ways()}" if self._kept else ""

    def _ways(self) -> str:
        return f"To see it: {command('list', self.name)} · To delete it: {command('forget', self.name)}"
