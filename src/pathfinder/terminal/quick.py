"""`pathfinder assess --quick`: asks in the order of information and stops when the verdict is settled."""

from __future__ import annotations

from pathfinder.assessment.asking import Asking, next_question
from pathfinder.assessment.assess import Assessor
from pathfinder.questionnaire.interview import Interview
from pathfinder.report.words import likelihood, plain_number

BRIEF = (
    "pathfinder compares four paths into AI safety for you: a PhD, a research-contributor role, independent "
    "research and governance. It asks first what tells most, says why, and stops as soon as no answer still open can "
    "change which path comes first. Nothing you answer leaves this machine."
)
_FEW = 3
"""With fewer answers than this, nothing is said of how the paths stand."""


class Guide:
    """Chooses each question by what has been answered so far."""

    def __init__(self, assessor: Assessor) -> None:
        self.assessor = assessor
        self.asking: Asking | None = None

    def following(self, interview: Interview) -> Interview:
        """The interview with the question to ask next, or with none where the verdict is settled or all is asked."""
        self.asking = next_question(self.assessor, interview.sheet, interview.askable)
        question = self.asking.question
        return interview.with_queue((question,) if question else ())

    def note(self, interview: Interview) -> str:
        """How the paths stand, and why the next question is asked now."""
        asking, titles = self.asking, {path.id: path.title for path in self.assessor.base.paths}
        if asking is None or asking.question is None:
            return ""
        if asking.rival is None:
            return f"{titles[asking.first]} is ahead on points; this answer could still close it or point elsewhere."
        far = f"{titles[asking.rival]} could still end {plain_number(asking.behind)} points ahead of it"
        if not asking.behind:
            far = f"{titles[asking.rival]} could still draw level with it"
        if len(interview.sheet) < _FEW:
            return "This answer is expected to settle most of what is open."
        stands = f"So far {titles[asking.first]} is ahead, {likelihood(asking.chance)} to stay so"
        return f"{stands}. {far}; this answer is expected to narrow that most."

    def end(self) -> str:
        """Why it stops here."""
        asking = self.asking
        if asking is None or asking.question is not None:
            return ""
        if asking.outside:
            return "That is enough: your answers point outside the four paths, and no further answer changes that."
        if asking.settled:
            title = self.assessor.base.path[asking.first].title
            return f"That is enough: no answer still open can change that {title} comes first."
        return "Nothing is left to ask; what is open now is what you were not sure about."
