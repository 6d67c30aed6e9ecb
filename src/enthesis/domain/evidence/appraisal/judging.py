"""From answers to proposed judgements: of a domain by its rules, of the whole by the worst domain.

Sources: Sterne 2019, doi:10.1136/bmj.l4898 (RoB 2); Sterne 2016, doi:10.1136/bmj.i4919 (ROBINS-I).
"""

from collections.abc import Iterable

from enthesis.domain.evidence.appraisal.questioning import Answers, asked_questions, holds, open_faults
from enthesis.domain.evidence.appraisal.tool import RiskLevel, Rule, Tool, ToolDomain
from enthesis.errors import InvalidData

__all__ = ["propose_domain", "propose_overall"]


def propose_domain(tool: Tool, domain: ToolDomain, answers: Answers) -> RiskLevel | None:
    """Judgement that the answers lead to; None where the tool leaves it to the assessor.

    Raises:
        InvalidData: An asked question has no answer or one it does not allow; every fault is named.
    """
    if faults := list(open_faults(domain, answers)):
        raise InvalidData(faults)
    if not domain.has_algorithm:
        return None
    heard = {q.id: answers[q.id] for q in asked_questions(domain, answers)}
    return _worst(_decided(tool, part, heard) for part in domain.parts)


def _decided(tool: Tool, part: Iterable[Rule], heard: Answers) -> RiskLevel:
    return tool.level(next(rule.then for rule in part if holds(rule.when, heard)))


def propose_overall(judgements: Iterable[RiskLevel]) -> RiskLevel:
    """The worst domain; no information where that is the worst that can be said.

    ROBINS-I calls the whole serious or critical when one domain is, and without information when a domain is
    and none is serious. RoB 2 lets several domains with some concerns add up to high; that is left to the
    assessor, see ``Tool.several_concerns``.

    Raises:
        ValueError: No judgement at all.
    """
    given = list(judgements)
    if not given:
        raise ValueError("no domain was judged")
    worst = _worst(given)
    silent = [level for level in given if level.severity is None]
    return silent[0] if silent and (worst.severity or 0) < SERIOUS else worst


# Severity from which one domain decides although others give no information.
SERIOUS = 2


def _worst(levels: Iterable[RiskLevel]) -> RiskLevel:
    return max(levels, key=lambda level: level.severity if level.severity is not None else -1)
