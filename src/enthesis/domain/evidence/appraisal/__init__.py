"""Risk of bias of one result of one study, judged with a published tool (RoB 2, ROBINS-I).

A tool is a value: domains, signalling questions, answer codes, levels and decision rules. Answers lead to a
proposed judgement of each domain and of the whole; a named person may decide otherwise with a reason, and
both are kept.
"""

from enthesis.domain.evidence.appraisal.assessment import AssessedRow, Assessment, DomainAnswers, Opinion
from enthesis.domain.evidence.appraisal.judging import propose_domain, propose_overall
from enthesis.domain.evidence.appraisal.questioning import asked_questions, open_faults
from enthesis.domain.evidence.appraisal.tool import (
    Band,
    NotOffered,
    RiskLevel,
    Rule,
    SignallingQuestion,
    Tool,
    ToolDomain,
)

__all__ = [
    "AssessedRow",
    "Assessment",
    "Band",
    "DomainAnswers",
    "NotOffered",
    "Opinion",
    "RiskLevel",
    "Rule",
    "SignallingQuestion",
    "Tool",
    "ToolDomain",
    "asked_questions",
    "open_faults",
    "propose_domain",
    "propose_overall",
]
