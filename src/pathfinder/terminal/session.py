"""The whole of `pathfinder assess` at a terminal: go on or begin, the interview, the result, what next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import structs
from rich.console import Console
from rich.text import Text

from pathfinder.answers.sheet import AnswerSheet
from pathfinder.assessment.assess import Assessor
from pathfinder.assessment.results.assessment import Assessment
from pathfinder.errors import InputError
from pathfinder.questionnaire.interview import Interview
from pathfinder.questionnaire.option_interview import holds_a_place
from pathfinder.report.keeping import Keeper
from pathfinder.report.markdown import to_markdown
from pathfinder.rulebase.models import RuleBase
from pathfinder.store.answers import write_sheet
from pathfinder.store.drafts import Draft, discard_draft, load_draft, save_draft
from pathfinder.store.files import write_text
from pathfinder.terminal.interview import Ended, pick_answer, run_interview
from pathfinder.terminal.options import Options
from pathfinder.terminal.pages import show_paged
from pathfinder.terminal.prompting import Option, Prompter
from pathfinder.terminal.quick import BRIEF, Guide
from pathfinder.terminal.result_screen import show_result

_WHERE = "the menu below saves the report, shows everything and changes answers."

WELCOME = (
    "pathfinder compares four paths into AI safety for you: a PhD, a research-contributor role, independent "
    "research and governance. It asks about {core} questions, which takes some 15 minutes, and shows for every "
    "point the argument and the passage behind it. Nothing you answer leaves this machine."
)
FREEDOM = (
    "You can leave any question open, say that several answers are possible, ask why it is asked, go back, and "
    "stop at any time: your answers are kept after each question."
)
KEPT = "Kept. 'pathfinder assess' offers to go on with them."
"""What a person is told when leaving."""


@dataclass
class Session:
    """One sitting. `talk` draws the conversation (standard error), `out` the result (standard output)."""

    base: RuleBase
    assessor: Assessor
    prompter: Prompter
    talk: Console
    out: Console
    name: str = ""
    report: Path | None = None
    full: bool = False
    force: bool = False
    quick: bool = False
    keeper: Keeper | None = None
    _offered: bool = field(default=False, init=False)

    def run(self, start: AnswerSheet | None = None, fresh: bool = False) -> None:
        """Go through it all. Returns when the person is done or has stopped; a draft is then on disk."""
        interview = self._begin(start, fresh)
        if interview is None:
            return
        guide = Guide(self.assessor) if self.quick else None
        while True:
            begun = interview.current is not None
            ended = run_interview(self.talk, self.prompter, interview, self._keep, guide)
            if guide is not None and ended.finished:
                self.talk.print()
                self._say(guide.end())
            guide = None
            if begun and ended.finished:
                ended = self._offer_options(ended.interview)
            interview = structs.replace(ended.interview, at=None)
            if not ended.finished and not self._wants_result(interview):
                return
            following = self._result(interview)
            if following is None:
                return
            interview = following

    def _say(self, text: str, style: str = "") -> None:
        self.talk.print(Text(text, style))

    def _keep(self, interview: Interview) -> None:
        save_draft(interview.sheet, interview.asked, self.base.questions)

    def _begin(self, start: AnswerSheet | None, fresh: bool) -> Interview | None:
        """Where to start: with given answers, with the kept draft, or anew. None to stop at once."""
        core = 5 * round(Interview(self.base).progress.total / 5)
        if start is not None:
            return Interview(self.base, start, tuple(key for key in self.base.questions if key in start))
        draft = None if fresh else self._draft()
        if draft is not None:
            return self._resume(draft)
        self._say(BRIEF if self.quick else WELCOME.format(core=core))
        self.talk.print()
        self._say(FREEDOM)
        self.prompter.pause("Enter begins.")
        return Interview(self.base, AnswerSheet(name=self.name))

    def _draft(self) -> Draft | None:
        try:
            draft = load_draft(self.base.questions, self.base.path, self.base.criterion)
        except InputError as error:
            self._say(
                f"The answers kept from last time cannot be read ({error.problems[0].message}); starting anew.",
                "yellow",
            )
            return None
        return draft if draft is not None and (len(draft.sheet) or draft.sheet.options) else None

    def _resume(self, draft: Draft) -> Interview | None:
        count = len(draft.sheet)
        when = f" on {draft.saved}" if draft.saved else ""
        described = len(draft.sheet.options)
        also = f" and described {described} option{'s' if described != 1 else ''}" if described else ""
        self._say(f"You answered {count} question{'s' if count != 1 else ''}{also}{when}. They were kept.")
        if draft.lost:
            self._say(f"{draft.lost} of them no longer fit the questionnaire and were left out.", "yellow")
        picked = self.prompter.choose(
            "How would you like to go on?",
            [
                Option("on", "Go on where I stopped"),
                Option("fresh", "Start anew; delete these"),
                Option("stop", "Not now"),
            ],
        )
        if picked == "stop":
            return None
        if picked == "fresh":
            discard_draft()
            return Interview(self.base, AnswerSheet(name=self.name))
        return Interview(self.base, draft.sheet, draft.asked)

    def _wants_result(self, interview: Interview) -> bool:
        """After stopping early: see what can be said already, or leave."""
        self.talk.print()
        if not len(interview.sheet):
            self._say("Nothing was answered.")
            return False
        self._keep(interview)
        picked = self.prompter.choose(
            "Your answers are kept. Would you like to see what they say so far?",
            [Option("leave", "No, stop here"), Option("show", "Yes, show it")],
        )
        if picked == "leave":
            self._say(KEPT)
        return picked == "show"

    @property
    def _options(self) -> Options:
        return Options(self.talk, self.prompter, self._keep)

    def _offer_options(self, interview: Interview) -> Ended:
        """Ask once, of those who hold a place, whether there are several to choose between."""
        if self._offered or interview.sheet.options or not holds_a_place(self.base, interview.sheet):
            return Ended(interview, True)
        self._offered = True
        self.talk.print()
        return self._options.offer(interview)

    def _result(self, interview: Interview) -> Interview | None:
        """Show the result and offer what can follow, until there is more to ask or the person is done."""
        whole = cache(lambda: self.assessor.assess(interview.sheet, full=True))
        assessment = whole() if self.full else self.assessor.assess(interview.sheet)
        told = self.keeper.try_to_keep(interview.sheet, assessment) if self.keeper else ""
        self.talk.print()
        self._show(assessment, self.full)
        if told:
            self._say(told)
        if self.report is not None:
            self._write(self.report, lambda path, force: self._report(whole(), path, force))
        while True:
            useful = self._useful(interview, assessment)
            self.talk.print()
            self._offer_words(assessment, useful)
            match self.prompter.choose("What next?", self._offers(interview, useful)):
                case "further":
                    return interview.with_queue(useful)
                case "core":
                    return structs.replace(interview, queue=None)
                case "options":
                    ended = self._options.edit(interview)
                    if not ended.finished and not self._wants_result(ended.interview):
                        return None
                    if not ended.finished or ended.interview.sheet.options != interview.sheet.options:
                        return self._result(ended.interview)
                case "weigh":
                    return self._weighed(interview)
                case "change":
                    changed = self._changed(interview)
                    if changed is not None:
                        return changed
                case "full":
                    self._show(whole(), full=True)
                case "report":
                    self._ask_and_write("pathfinder-report.md", lambda path, force: self._report(whole(), path, force))
                case "answers":
                    self._ask_and_write(
                        "my-answers.yaml",
                        lambda path, force: write_sheet(path, interview.sheet, self.base.questions, overwrite=force),
                    )
                case _:
                    self._close(interview)
                    return None

    def _show(self, assessment: Assessment, full: bool) -> None:
        show_paged(self.out, lambda: show_result(self.out, assessment, full=full, where=_WHERE), self.prompter.more)

    def _useful(self, interview: Interview, assessment: Assessment) -> tuple[str, ...]:
        """The questions not asked yet that could still matter for this person, the most useful first."""
        return tuple(
            one.question
            for one in assessment.open_questions
            if one.state == "not answered" and one.swing and interview.askable(one.question)
        )

    def _offer_words(self, assessment: Assessment, useful: tuple[str, ...]) -> None:
        if useful:
            first = "; ".join(self.base.questions[key].title for key in useful[:3])
            verb = "question could" if len(useful) == 1 else "questions could"
            self._say(f"{len(useful)} further {verb} still matter for you, first of all: {first}.")
        elif not assessment.verdict.settled:
            self._say("No further question is left to ask; what is open now is what you were not sure about.")

    def _offers(self, interview: Interview, useful: tuple[str, ...]) -> list[Option]:
        unfinished = structs.replace(interview, queue=None).current is not None
        offers = [Option("core", "Go on with the questions")] if unfinished else []
        if useful and not unfinished:
            offers.append(Option("further", f"Answer further questions ({len(useful)})"))
        if interview.sheet.options:
            offers.append(Option("options", f"Your concrete options ({len(interview.sheet.options)})"))
        elif holds_a_place(self.base, interview.sheet):
            offers.append(Option("options", "Compare concrete options"))
        return [
            *offers,
            Option("report", "Save the report (Markdown)"),
            Option("full", "Show everything here"),
            Option("change", "Change an answer"),
            Option("weigh", "Say what matters most to you"),
            Option("answers", "Save the answers to a file"),
            Option("done", "Done"),
        ]

    def _changed(self, interview: Interview) -> Interview | None:
        """Back to an answer the person picks; questions that it makes relevant are asked after it."""
        whole = structs.replace(interview, queue=None)
        return pick_answer(self.talk, self.prompter, whole, "None of them")

    def _weighed(self, interview: Interview) -> Interview:
        """The same answers, with one criterion counted twice or all alike, as the person picks."""
        criteria = [Option(one.id, f"{one.title}: {one.about}") for one in self.base.general.criteria]
        picked = self.prompter.choose(
            "Does one of these matter more to you than the others? It would count twice.",
            [Option("", "No, let all count as they do"), *criteria],
        )
        sheet = structs.replace(interview.sheet, weights={picked: 2.0} if picked else {})
        weighed = structs.replace(interview, sheet=sheet, queue=(), at=None)
        self._keep(weighed)
        return weighed

    def _report(self, assessment: Assessment, path: Path, force: bool) -> None:
        write_text(path, to_markdown(assessment, date.today()), overwrite=force)

    def _ask_and_write(self, default: str, write: Callable[[Path, bool], None]) -> None:
        path = Path(self.prompter.text("File name", default)).expanduser()
        self._write(path, write)

    def _write(self, path: Path, write: Callable[[Path, bool], None]) -> None:
        """Write a file; ask before replacing one. What goes wrong is said, and the conversation goes on."""
        force = self.force
        if path.is_file() and not force:
            options = [Option("no", "Leave it as it is"), Option("yes", "Replace it")]
            force = self.prompter.choose(f"{path} exists already.", options) == "yes"
            if not force:
                return
        try:
            write(path, force)
        except InputError as error:
            self._say("; ".join(str(problem) for problem in error.problems), "red")
        else:
            self._say(f"Written: {path.absolute()}", "green")

    def _close(self, interview: Interview) -> None:
        picked = self.prompter.choose(
            "Keep your answers on this machine, so that you can come back to them?",
            [Option("keep", "Keep them"), Option("delete", "Delete them")],
        )
        if picked == "delete":
            discard_draft()
            self._say(f"Deleted. {self.keeper.remains() if self.keeper else ''}".rstrip())
        else:
            self._keep(interview)
            self._say(KEPT)
