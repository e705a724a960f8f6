"""Findings of `pathfinder rules check`: what kinds there are, and what one of them says about one part."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of finding. `code` is a public interface: rule bases name it in `accept`."""

    code: str
    title: str
    meaning: str
    remedy: str


_KINDS = (
    Kind(
        "PF101",
        "a condition nobody can meet",
        "No combination of answers makes the condition true, with `asked_if` taken into account: whatever hangs on it "
        "never happens.",
        "Correct the values, or remove the part",
    ),
    Kind(
        "PF102",
        "a case that is never reached",
        "The first case that matches decides, and earlier cases (or earlier entries of `given`) already match "
        "everybody this one speaks of.",
        "Put it before them, narrow them, or remove it",
    ),
    Kind(
        "PF103",
        "a condition everybody meets",
        "Every answer passes the test (`lte: 5` on a scale), or every combination of answers meets the condition: it "
        "tells nobody apart.",
        "Move the threshold, or leave the test out; if it asks whether the question applies at all, accept it with the "
        "reason",
    ),
    Kind(
        "PF104",
        "a part that is always taken away",
        "`unless` or `skip` is true wherever the case or the step would speak.",
        "Narrow `unless` or `skip`, or remove the part",
    ),
    Kind(
        "PF105",
        "a case undone by an unanswered question",
        "The case is decided without the question, yet while that is unanswered the case counts 0, because another one "
        "that looks at it, of other sign or of 0 points, could still decide.",
        "Give the question an argument of its own, or put it into `unless`",
    ),
    Kind(
        "PF106",
        "a placeholder that can be empty",
        "The text can be shown to somebody who has not answered the question in its `{placeholder}`, and would say "
        '"not answered" in the middle of a sentence.',
        "Say it without the answer, or let the condition ask for it",
    ),
    Kind(
        "PF107",
        "a placeholder that is never filled in",
        "This text is shown as it stands, braces and all. Placeholders are replaced in `because`, `misleads_when` and "
        "`text`, and in what a dispute `says` and `decides`.",
        "Say it without the answer",
    ),
    Kind(
        "PF108",
        "a condition that looks at too much",
        "The answers it tells apart combine in so many ways that nobody, the program included, can check them all.",
        "Split it into several parts that look at fewer questions each",
    ),
    Kind(
        "PF201",
        "points that rise and fall again",
        "Along an ordered question (numbers, scales, ordered choices) the points go up and down, while every other "
        "answer stays the same.",
        "Correct the order of the cases or their points; if it is meant, accept it with the reason",
    ),
    Kind(
        "PF202",
        "points that are not on the scale",
        "`rulebase.yaml` says in words what so many points mean, and this number is not among them.",
        "Use a step of the scale, or put the step into it",
    ),
    Kind(
        "PF203",
        "an argument that never counts",
        "All of its cases have 0 points.",
        "Give a case points, or make a caution of it",
    ),
    Kind(
        "PF204",
        "a path judged by one criterion",
        "All that can be said for the path, or all that can be said against it, stands under one criterion.",
        "Find what the sources say under the others, or accept it with the reason",
    ),
    Kind(
        "PF205",
        "a path without arguments on one side",
        "Nothing can ever speak for the path, or nothing against it.",
        "Add what the sources say on that side",
    ),
    Kind(
        "PF206",
        "a path with far more or far less to gain or lose",
        "Sums are compared across paths. Taking the best (or the worst) case of every argument together, this path can "
        "get less than half or more than twice what the median path can.",
        "Look for arguments that were left out or made twice, or accept it with the reason",
    ),
    Kind(
        "PF207",
        "a criterion no argument is under",
        "Its column of the comparison stays empty for everybody.",
        "Remove the criterion, or sort arguments under it",
    ),
    Kind(
        "PF301",
        "an argument no claim carries",
        "None of the claims it cites says anything for or against a path it counts on, or all of them are marked as "
        "advice that cannot score anybody (`rule_fit: none`).",
        "Cite the claims that make the point, or make a caution of it",
    ),
    Kind(
        "PF302",
        "a claim that is silent on the path",
        "The argument cites a claim whose `paths` says nothing for or against any path the argument counts on.",
        "Cite it elsewhere, or correct its `paths`; if it is about the point without taking sides, accept it with the "
        "reason",
    ),
    Kind(
        "PF303",
        "an argument with too many claims",
        "It cites more than eight. That is several points in one, or one point buried in citations.",
        "Keep the claims that make the point, or split the argument",
    ),
    Kind(
        "PF304",
        "a claim cited against itself",
        "The claim speaks for the path and every case speaks against it, or the other way round.",
        "Correct the sign of the points or of the claim, or cite the claim where it belongs",
    ),
    Kind(
        "PF305",
        "one point made twice",
        "The same claim scores in more than one argument on the same path.",
        "Cite it where it makes the point; if it makes two different points, accept it with the reason",
    ),
    Kind(
        "PF306",
        "a shared argument with a one-sided claim",
        "A shared argument counts alike on several paths, but this claim speaks differently about them.",
        "Make it an argument of the paths it speaks about, or accept it with the reason",
    ),
    Kind(
        "PF307",
        "a claim that is neither used nor set aside",
        "Nothing that a reader of a report can meet cites it, and it does not say why. A question that cites it as "
        "its own ground does not count.",
        "Cite it, or give the reason in `set_aside`",
    ),
    Kind(
        "PF308",
        "a claim that is set aside and used",
        "It has a reason for standing aside, and something cites it all the same.",
        "Remove `set_aside`, or the citation",
    ),
    Kind(
        "PF401",
        "a question that nothing uses",
        "No condition looks at it and nothing settles it; whatever people answer, nothing changes.",
        "Use it, or stop asking it",
    ),
    Kind(
        "PF901",
        "an acceptance that accepts nothing",
        "`accept` names a finding that does not occur on this part; it may have been repaired.",
        "Remove it",
    ),
)

KINDS = {kind.code: kind for kind in _KINDS}
"""Every kind of finding by code. PF1: conditions and texts; PF2: points; PF3: evidence; PF4: questions; PF9:
acceptances."""


@dataclass(frozen=True)
class Finding:
    """One thing that is probably wrong with one part of a rule base.

    `part` is its id as `RuleBase.places` has it (`path:phd` for a path), `inside` the place in it (`cases.1`), file
    and line where that stands. `accepted` is the author's reason why it is right here; empty where it counts.
    """

    code: str
    part: str
    message: str
    inside: str = ""
    file: str | None = None
    line: int | None = None
    accepted: str = ""

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return KINDS[self.code].remedy

    @property
    def name(self) -> str:
        """The part in words: `phd-too-late, case 2`."""
        key, _, index = self.inside.rpartition(".")
        return f"{self.part}, case {int(index) + 1}" if key == "cases" else self.part

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.code} {self.name}: {self.message}. {self.remedy}"
