"""`pathfinder batch`: many people's answers in, a report each and a table of all out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pathfinder.cli.exits import Exit
from pathfinder.cli.options import ForceOption, OverlayOption, RedactOption, RulesOption, rule_base
from pathfinder.cli.signals import stop_like_ctrl_c
from pathfinder.cli.telling import Teller, progress, say

if TYPE_CHECKING:
    from pathfinder.cohort.run import Outcome
    from pathfinder.rulebase.models import RuleBase
    from pathfinder.store.cohort_output import OutputFolder


def batch(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="INPUT",
            help="A table (CSV or Parquet), JSON Lines, a folder of answers files, or - for standard input (CSV or JSON"
            " Lines).",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write the results to.")],
    format: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMS", help="Forms of the reports: markdown (the default), json, or markdown,json."
        ),
    ] = None,
    summary_only: Annotated[
        bool, typer.Option("--summary-only", help="Write no reports, only the summary, for any number of people.")
    ] = False,
    scores_only: Annotated[
        bool,
        typer.Option(
            "--scores-only",
            help="Write only scores: points, what is blocked and who leads, and a page on what they add up to. Much"
            " faster; one process.",
        ),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, max=60, help="How many processes to use; without it, one for each core."),
    ] = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="A day to put on the reports."),
    ] = None,
    redact: RedactOption = False,
    force: ForceOption = False,
    rules: RulesOption = None,
    overlay: OverlayOption = None,
) -> None:
    """Compare the paths for many people. Writes a report for each, summary.csv with a row for each, and summary.md on
    who needs what. Exit code 1 if anybody's answers could not be used: errors.csv says why."""
    from pathfinder.cohort.pool import WorkerLostError, usable_cores
    from pathfinder.cohort.run import Plan, run_cohort
    from pathfinder.store.cohort_output import OutputFolder
    from pathfinder.store.people import read_people

    if scores_only:
        _refuse_beside_scores(
            {
                "--summary-only": summary_only,
                "--format": format is not None,
                "--date": bool(day),
                "--redact": redact,
                "--jobs": (jobs or 1) > 1,
            }
        )
        _scores_only(source, rule_base(rules, overlay), OutputFolder(out), force)
        return
    forms = () if summary_only else _forms("markdown" if format is None else format)
    base = rule_base(rules, overlay)
    people = read_people(source, base)
    folder = OutputFolder(out)
    folder.prepare(None if str(source) == "-" else source, force=force, reports=bool(forms))
    made: date | None = day.date() if day else None
    plan = Plan(forms, made, jobs or usable_cores(), force, redact)
    stop_like_ctrl_c()
    try:
        with progress() as bar:
            teller = Teller(people, bar)
            outcome = run_cohort(base, teller.read(people), folder, plan, teller.watch)
    except KeyboardInterrupt:
        say("stopped. What is done is kept: the same command goes on from there")
        raise typer.Exit(Exit.INTERRUPTED) from None
    except WorkerLostError:
        say(
            f"a process ended by itself when {teller.done} people were done, perhaps for want of memory. The same"
            " command goes on from there; --jobs 1 needs least"
        )
        raise typer.Exit(Exit.BUG) from None
    _conclude(outcome, folder, teller.untold, redact)
    if outcome.failed:
        raise typer.Exit(Exit.FINDINGS)


_BESIDE_SCORES = {
    "--summary-only": "there is a page on the scores in any case",
    "--format": "there are no reports to give a form",
    "--date": "there are no reports to put a day on",
    "--redact": "scores.csv holds no names and no texts, but scores.md counts private answers as well, and errors.csv"
    " quotes what cannot be used",
    "--jobs": "it takes one process",
}
"""Why an option cannot stand beside --scores-only."""


def _refuse_beside_scores(given: Mapping[str, bool]) -> None:
    """Refuse what would be passed over in silence."""
    for option, is_given in given.items():
        if is_given:
            raise typer.BadParameter(f"{option} and --scores-only cannot go together: {_BESIDE_SCORES[option]}.")


def _scores_only(source: Path, base: RuleBase, folder: OutputFolder, force: bool) -> None:
    from pathfinder.cohort.scores_run import score_cohort
    from pathfinder.store.crowds import Crowds

    crowds = Crowds(source, base)
    folder.prepare(None if str(source) == "-" else source, force=force, reports=False)
    stop_like_ctrl_c()
    try:
        with progress() as bar:
            teller = Teller(crowds, bar)
            outcome = score_cohort(base, crowds, folder, teller.watch_crowd)
    except KeyboardInterrupt:
        say("stopped. Nothing was written")
        raise typer.Exit(Exit.INTERRUPTED) from None
    if teller.untold:
        say(f"and {teller.untold} problems more")
    say(f"{outcome.people} scored; the scores are in {folder.scores}, what they add up to in {folder.scores_summary}")
    if outcome.failed:
        say(f"{outcome.failed} could not be; {folder.errors} says what to mend")
        raise typer.Exit(Exit.FINDINGS)


def _forms(words: str) -> tuple[str, ...]:
    from pathfinder.cohort.worker import ENDINGS

    asked = {word.strip() for word in words.split(",")}
    if wrong := sorted(asked - set(ENDINGS)):
        raise typer.BadParameter(f"{wrong[0]!r} is not one of {', '.join(ENDINGS)}.", param_hint="'--format'")
    return tuple(form for form in ENDINGS if form in asked)


def _conclude(outcome: Outcome, folder: OutputFolder, untold: int, redact: bool) -> None:
    """Say what came of it and where it is."""
    if untold:
        say(f"and {untold} problems more")
    if outcome.taken:
        say(f"{outcome.taken} were done by the unfinished run before")
    if outcome.renamed:
        say(f"{outcome.renamed} ids are no safe file names as they are; summary.csv has the names of their reports")
    if outcome.strangers:
        who = "not of this run, may hold what is private" if redact else "of nobody in this input"
        say(f"{len(outcome.strangers)} files in {folder.people} are {who} and were left as they are")
    say(f"{outcome.people} compared; the results are in {folder.folder}, {folder.summary.name} first")
    if outcome.failed:
        say(f"{outcome.failed} could not be; {folder.errors} says what to mend")
