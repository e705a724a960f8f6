"""The interview at the terminal: shows a question, takes the reply, and keeps the draft before the next one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from rich.console import Console
from rich.text import Text

from pathfinder.answers.sheet import in_words
from pathfinder.questionnaire.interview import Interview
from pathfinder.questionnaire.option_interview import OptionInterview
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.prompting import Move, Option, Prompter

Keep = Callable[[Interview], None]


@dataclass(frozen=True)
class Ended:
    """How an interview ended: `finished` when every question of it was asked, else the person stopped."""

    interview: Interview
    finished: bool


class Guide(Protocol):
    """Chooses the order of the questions while they are asked."""

    def following(self, interview: Interview) -> Interview:
        """The interview with the question to ask next, or with none where that is enough."""
        ...

    def note(self, interview: Interview) -> str:
        """Why this question is asked now."""
        ...


def run_interview(
    console: Console, prompter: Prompter, interview: Interview, keep: Keep, guide: Guide | None = None
) -> Ended:
    """Ask until no question is left or the person stops, in the order of the questionnaire or as a guide chooses.
    `keep` is called with every new state before anything more is shown."""
    introduced: set[str] = set()
    while True:
        if guide is not None and interview.at is None:
            interview = guide.following(interview)
        question = interview.current
        if question is None:
            break
        if guide is not None:
            _show_chosen(console, interview, question, guide.note(interview))
        else:
            progress = interview.progress
            _show_question(console, interview, question, new_section=progress.section not in introduced)
            introduced.add(progress.section)
        reply = prompter.ask(question, interview.sheet.get(question.id))
        match reply:
            case Move.WHY:
                show_why(console, interview, question)
                prompter.pause("Enter goes back to the question.")
            case Move.BACK:
                previous = interview.back()
                if previous is None:
                    _say(console, "This is the first question.")
                else:
                    interview = previous
            case Move.LIST:
                interview = _pick_earlier(console, prompter, interview)
            case Move.QUIT:
                return Ended(interview, False)
            case _:
                interview, dropped = interview.answer(reply)
                keep(interview)
                if dropped:
                    titles = ", ".join(f"'{one.title}'" for one in dropped)
                    _say(console, f"With this answer, what you said on {titles} no longer applies and was dropped.")
    return Ended(interview, True)


def _show_question(console: Console, interview: Interview, question: Question, new_section: bool) -> None:
    progress = interview.progress
    console.print()
    console.print(Text(f"{progress.section} · question {progress.number} of about {progress.total}", "dim"))
    if new_section and progress.intro:
        console.print(Text(progress.intro, "italic"))
    _show_prompt(console, question)


def _show_chosen(console: Console, interview: Interview, question: Question, note: str) -> None:
    """A question that a guide chose: there is no saying how many will follow."""
    number = interview.asked.index(question.id) if question.id in interview.asked else len(interview.asked)
    console.print()
    console.print(Text(f"{interview.progress.section} · question {number + 1}", "dim"))
    if note and interview.at is None:
        console.print(Text(note, "italic"))
    _show_prompt(console, question)


def _show_prompt(console: Console, question: Question) -> None:
    console.print(Text(question.prompt, "bold"))
    if question.help:
        console.print(Text(question.help, "dim"))


def show_why(console: Console, interview: Interview, question: Question) -> None:
    """What hangs on a question, and the passages it rests on."""
    base = interview.base
    console.print()
    console.print(Text("Why this is asked", "bold"))
    console.print(Text(question.why))
    for key in question.claims:
        claim = base.claim[key]
        lines = ", ".join(str(line) for line in claim.lines)
        place = f"{base.source[claim.source].short}, line{'s' if len(claim.lines) > 1 else ''} {lines}: "
        console.print(Text.assemble((place, "dim"), claim.claim))


def _pick_earlier(console: Console, prompter: Prompter, interview: Interview) -> Interview:
    if not interview.asked:
        _say(console, "Nothing has been answered yet.")
        return interview
    return pick_answer(console, prompter, interview, "Stay where I am") or interview


def pick_answer(console: Console, prompter: Prompter, interview: Interview, stay: str) -> Interview | None:
    """Let the person choose an answer to change: the interview gone back to it, or None for the option `stay`."""
    picked = choose_answer(console, prompter, interview, stay)
    return interview.go_to(picked) if picked else None


def choose_answer(console: Console, prompter: Prompter, interview: Interview | OptionInterview, stay: str) -> str:
    """Let the person choose a question that was asked, shown with its answer; empty for the option `stay`."""
    options = [
        Option(key, _shortened(f"{interview.base.questions[key].title}: {_answer(interview, key)}", console.width - 6))
        for key in interview.asked
    ]
    message = "Your answers so far. Which one do you want to change?"
    return prompter.choose(message, [Option("", stay), *options])


def _answer(interview: Interview | OptionInterview, key: str) -> str:
    return in_words(interview.base.questions[key], interview.sheet.get(key))


def _shortened(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 1, 8)] + "…"


def _say(console: Console, text: str) -> None:
    console.print(Text(text, "yellow"))
