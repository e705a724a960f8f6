"""Options in hand at the terminal: each gets a name, its path, and the questions about a place on that path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import structs
from rich.console import Console
from rich.text import Text

from pathfinder.answers.options import MOST_OPTIONS, option_name, same_name
from pathfinder.answers.sheet import OptionInHand
from pathfinder.questionnaire.interview import Interview
from pathfinder.questionnaire.option_interview import OptionInterview
from pathfinder.rulebase.questions import Question
from pathfinder.terminal.interview import Ended, Keep, choose_answer, show_why
from pathfinder.terminal.prompting import Move, Option, Prompter

SEVERAL = "You have an offer or a place. Are there several concrete ones between which you could choose?"


@dataclass(frozen=True)
class Options:
    """Talks about the options of one person. `keep` is called with every new state before anything more is shown."""

    console: Console
    prompter: Prompter
    keep: Keep

    def offer(self, interview: Interview) -> Ended:
        """Ask once whether there are several, and if so, about each."""
        options = [Option("no", "No, on to the result"), Option("yes", "Yes: a few questions about each")]
        if self.prompter.choose(SEVERAL, options) == "no":
            return Ended(interview, True)
        return self._add(interview)

    def edit(self, interview: Interview) -> Ended:
        """Add, change and remove options until the person is done. Not finished where they would rather stop."""
        if not interview.sheet.options:
            return self._add(interview)
        while True:
            options = interview.sheet.options
            listed = [Option(str(place), self._label(interview, one)) for place, one in enumerate(options)]
            more = [Option("add", "Add another")] if len(options) < MOST_OPTIONS else []
            message = "Your options. Which one do you want to go on with or change?"
            match self.prompter.choose(message, [Option("done", "None: show the result"), *more, *listed]):
                case "done":
                    return Ended(interview, True)
                case "add":
                    return self._add(interview)
                case place:
                    ended = self._change(interview, int(place))
            interview = ended.interview
            if not ended.finished:
                return ended

    def _label(self, interview: Interview, option: OptionInHand) -> str:
        return f"{option.name} ({interview.base.path[option.path].title})"

    def _add(self, interview: Interview) -> Ended:
        """Describe one option after another, until there is no other."""
        while True:
            option = self._named(interview)
            if option is None:
                return Ended(interview, True)
            interview = self._kept(interview, [*interview.sheet.options, option])
            ended = self._ask(interview, len(interview.sheet.options) - 1)
            interview = ended.interview
            if not ended.finished:
                return ended
            if len(interview.sheet.options) >= MOST_OPTIONS:
                self._say(f"These are {MOST_OPTIONS}; more are not compared.")
                return ended
            more = [Option("yes", "Yes, describe it too"), Option("no", "No, these are all")]
            if self.prompter.choose("Is there another one?", more) == "no":
                return ended

    def _named(self, interview: Interview) -> OptionInHand | None:
        """A new option without answers; None when the person thinks better of it."""
        taken = [one.name for one in interview.sheet.options]
        name = self._name(taken)
        paths = [Option(path.id, path.title) for path in interview.base.paths]
        path = self.prompter.choose(f"Which path is '{name}' on?", [*paths, Option("", "None of these; leave it out")])
        return OptionInHand(name, path) if path else None

    def _name(self, taken: Sequence[str]) -> str:
        """A name that no other option has."""
        fallback = next(
            name
            for name in (f"Option {number}" for number in range(1, MOST_OPTIONS + 2))
            if not any(same_name(name, one) for one in taken)
        )
        while True:
            typed = self.prompter.text(f"What do you call it, such as 'PhD in Leeds'? (Enter: {fallback})", "")
            name = option_name(typed) or fallback
            if not any(same_name(name, one) for one in taken):
                return name
            self._say("Another option has this name already; give this one a name of its own.")

    def _change(self, interview: Interview, place: int) -> Ended:
        """What the person wants to do with one option."""
        option = interview.sheet.options[place]
        asking = OptionInterview.about(interview.base, interview.sheet, option)
        offers = [Option("on", "Go on with its questions")] if asking.current is not None else []
        offers += [Option("change", "Change an answer")] if asking.asked else []
        offers += [Option("remove", "Remove it"), Option("back", "Leave it as it is")]
        match self.prompter.choose(self._label(interview, option), offers):
            case "on":
                return self._ask(interview, place)
            case "change":
                picked = choose_answer(self.console, self.prompter, asking, "None of them")
                return self._ask(interview, place, picked) if picked else Ended(interview, True)
            case "remove":
                left = [one for one in interview.sheet.options if one is not option]
                self._say("Removed.")
                return Ended(self._kept(interview, left), True)
        return Ended(interview, True)

    def _ask(self, interview: Interview, place: int, at: str | None = None) -> Ended:
        """Ask about one option until no question is left or the person stops; begin `at` a question."""
        asking = OptionInterview.about(interview.base, interview.sheet, interview.sheet.options[place])
        if at is not None:
            asking = asking.go_to(at)
        elif not asking.asked:
            self._say("Now for this place alone. Where you answered before, that answer is where you begin.")
        while (question := asking.current) is not None:
            self._show(asking, question)
            reply = self.prompter.ask(question, asking.sheet.get(question.id))
            match reply:
                case Move.WHY:
                    show_why(self.console, interview, question)
                    self.prompter.pause("Enter goes back to the question.")
                case Move.BACK:
                    previous = asking.back()
                    if previous is None:
                        self._say("This is the first question about it.")
                    asking = previous or asking
                case Move.LIST:
                    asking = self._earlier(asking)
                case Move.QUIT:
                    return Ended(interview, False)
                case _:
                    asking, dropped = asking.answer(reply)
                    options = list(interview.sheet.options)
                    options[place] = asking.option
                    interview = self._kept(interview, options)
                    if dropped:
                        titles = ", ".join(f"'{one.title}'" for one in dropped)
                        self._say(f"With this answer, what you said of it on {titles} no longer applies.")
        return Ended(interview, True)

    def _earlier(self, asking: OptionInterview) -> OptionInterview:
        if not asking.asked:
            self._say("Nothing has been answered about it yet.")
            return asking
        picked = choose_answer(self.console, self.prompter, asking, "Stay where I am")
        return asking.go_to(picked) if picked else asking

    def _show(self, asking: OptionInterview, question: Question) -> None:
        number, total = asking.progress
        self.console.print()
        self.console.print(Text(f"{asking.option.name} · question {number} of about {total}", "dim"))
        self.console.print(Text(question.prompt, "bold"))
        if question.help:
            self.console.print(Text(question.help, "dim"))

    def _kept(self, interview: Interview, options: Sequence[OptionInHand]) -> Interview:
        """The interview with these options, kept."""
        following = structs.replace(interview, sheet=structs.replace(interview.sheet, options=tuple(options)))
        self.keep(following)
        return following

    def _say(self, text: str) -> None:
        self.console.print(Text(text, "yellow"))
