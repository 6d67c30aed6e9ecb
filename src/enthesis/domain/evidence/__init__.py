"""From studies as read to graded answers: questions, contrasts, synthesis, certainty, verdict.

Every number can be followed back to a row of a study. Placebo-controlled and active-controlled evidence
are never joined; doubt is part of each answer.
"""

from enthesis.domain.evidence.answers import Agreement, Answer, Basis, LeftOut, Sensitivity
from enthesis.domain.evidence.certainty import Certainty, DomainJudgement, Level, Override
from enthesis.domain.evidence.diagnostics import Diagnostics, diagnose
from enthesis.domain.evidence.headlines import headline
from enthesis.domain.evidence.questions import Question
from enthesis.domain.evidence.rules import EvidenceRules
from enthesis.domain.evidence.topics import Evidence, Topic, build
from enthesis.domain.evidence.verdicts import Size, Verdict

__all__ = [
    "Agreement",
    "Answer",
    "Basis",
    "Certainty",
    "Diagnostics",
    "DomainJudgement",
    "Evidence",
    "EvidenceRules",
    "LeftOut",
    "Level",
    "Override",
    "Question",
    "Sensitivity",
    "Size",
    "Topic",
    "Verdict",
    "build",
    "diagnose",
    "headline",
]
