"""The folder that a batch writes: what stands where in it, and what is never overwritten unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pathfinder.errors import refused
from pathfinder.store.files import PRIVATE, write_text

SUMMARY_TABLE, SUMMARY, ERRORS = "summary.csv", "summary.md", "errors.csv"
SCORES, SCORES_SUMMARY = "scores.csv", "scores.md"
PEOPLE = "people"
JOURNAL = "unfinished-run.jsonl"


class OutputFolder:
    """A folder for results. Nothing is touched until `prepare`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.summary_table, self.summary, self.errors = (folder / name for name in (SUMMARY_TABLE, SUMMARY, ERRORS))
        self.scores, self.scores_summary = folder / SCORES, folder / SCORES_SUMMARY
        self.people = folder / PEOPLE
        self.journal = folder / JOURNAL

    def prepare(self, source: Path | None, *, force: bool, reports: bool) -> None:
        """Make the folder, with one for reports where there will be any. `source` is the input, None where piped.

        Raises `InputError` when the input stands where results go, when results of an earlier run stand there (unless
        `force`, or that run was not finished), or when the folder cannot be made.
        """
        if source is not None:
            self._spare(source)
        if not force and not os.path.isfile(self.journal):
            old = [
                name
                for name in (SUMMARY_TABLE, SUMMARY, SCORES, SCORES_SUMMARY, ERRORS)
                if (self.folder / name).exists()
            ]
            old += [PEOPLE] if any(self._in_people()) else []
            if old:
                remedy = "Name another folder, or use --force to replace what differs"
                raise refused(f"results stand here already ({', '.join(old)})", remedy, str(self.folder))
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if reports:
                self.people.mkdir(exist_ok=True, mode=0o700)
        except OSError as error:
            reason = error.strerror or "the name cannot be used"
            raise refused(f"this folder cannot be made ({reason})", "Choose another place", str(self.folder)) from None

    def report(self, name: str) -> Path:
        """Where a report of this name stands."""
        return self.people / name

    def has_reports(self, names: list[str]) -> bool:
        """Whether all of these reports stand there; a power cut can leave empty ones."""
        return all(os.path.isfile(self.report(name)) and self.report(name).stat().st_size for name in names)

    def strangers(self, names: set[str]) -> list[str]:
        """What stands among the reports and is none of these."""
        return sorted(name for name in self._in_people() if name not in names and not name.startswith("."))

    def _in_people(self) -> Iterator[str]:
        try:
            return iter([entry.name for entry in self.people.iterdir()])
        except OSError:
            return iter(())

    def sweep(self) -> None:
        """Remove reports that a run which was killed had only begun to write."""
        for name in self._in_people():
            if name.startswith(".") and name.endswith(".tmp"):
                self.report(name).unlink(missing_ok=True)

    def _spare(self, source: Path) -> None:
        """Refuse to write over the input."""
        tables = (self.summary_table, self.summary, self.scores, self.scores_summary, self.errors)
        written = (*tables, self.people, self.journal)
        found, people = source.resolve(), self.people.resolve()
        if found.parent == people or found in [place.resolve() for place in written]:
            raise refused("results would be written over the input", "Name another folder for --out", str(source))


def write_report(path: Path, text: str) -> None:
    """Write a report whole or not at all; one that says the same already is left as it is.

    Thousands are written one after the other, and can be written again: none waits until the disk has it.
    """
    try:
        same = path.read_bytes() == text.encode() and path.stat().st_mode & 0o777 == PRIVATE
    except (OSError, ValueError):
        same = False
    if not same:
        write_text(path, text, overwrite=True, lasting=False)
