"""What a look, and a whole course of looks, says in words."""

from enum import StrEnum

from enthesis.statistics.pooling import Caveat
from enthesis.statistics.pooling.data import Array

__all__ = ["TIMINGS", "Status", "monitoring_doubts", "overall_status", "status_of", "words_for"]

TIMINGS = ("prospective", "retrospective")

#: Below it tau2, and with it z, is hardly known. Source: Cochrane Handbook 10.10.4.
FEW_STUDIES = 5


class Status(StrEnum):
    """Where a look stands against its boundaries."""

    BENEFIT = "crossed-benefit"
    HARM = "crossed-harm"
    FUTILE = "futile"
    OPEN = "still-open"
    INFORMAL = "not-tested"


SENTENCES = {
    Status.BENEFIT: "Crossed the boundary for benefit at {share:.0%} of the required information.",
    Status.HARM: "Crossed the boundary for harm at {share:.0%} of the required information.",
    Status.FUTILE: "Futile at {share:.0%} of the required information: the effect looked for is unlikely.",
    Status.OPEN: "Still open at {share:.0%} of the required information: neither shown nor ruled out.",
    Status.INFORMAL: "Not tested: too few studies, hardly any new information, or all of it reached before.",
}


def status_of(z_in_favour: float, efficacy: float | None, futility: float | None) -> Status:
    """What one look by itself says; z is positive where it favours."""
    if efficacy is None:
        return Status.INFORMAL
    if abs(z_in_favour) >= efficacy:
        return Status.BENEFIT if z_in_favour > 0.0 else Status.HARM
    return Status.FUTILE if futility is not None and abs(z_in_favour) < futility else Status.OPEN


def overall_status(formal: list[Status], positions: list[int]) -> tuple[Status, int | None]:
    """The first crossing settles it; else the latest formal look, and which look that was."""
    for status, i in zip(formal, positions, strict=True):
        if status in (Status.BENEFIT, Status.HARM):
            return status, i
    return formal[-1], positions[-1] if formal[-1] is Status.FUTILE else None


def words_for(status: Status, share: float, decided_at: int | None = None) -> str:
    """A sentence for the reader; ``share`` is that of the look in question."""
    words = SENTENCES[status].format(share=share)
    return words if decided_at is None else f"{words[:-1]} (look {decided_at + 1})."


def monitoring_doubts(
    timing: str,
    status: Status,
    looks: list[Status],
    formal: list[int],
    share: Array,
    interval: str,
    method: str,
    k: int,
) -> tuple[Caveat, ...]:
    """The caveats of one monitored meta-analysis."""
    found = []
    if timing == "retrospective":
        text = "The looks were laid over trials already known: boundaries then warn, they do not prove."
        found.append(Caveat("retrospective", text))
    last = looks[formal[-1]]
    if status in (Status.BENEFIT, Status.HARM) and last is not status:
        text = "A boundary was crossed, but the latest formal look is no longer beyond it."
        found.append(Caveat("crossing-not-kept", text))
    if formal[-1] + 1 < len(share) and share[formal[-1]] >= 1.0:
        text = "Looks after the required information was reached are not tested; all error was spent by then."
        found.append(Caveat("after-required-information", text))
    elif share[-1] < 1.0:
        text = f"Only {share[-1]:.0%} of the required information is there."
        found.append(Caveat("short-of-required-information", text))
    if k < FEW_STUDIES:
        found.append(Caveat("few-studies", f"Only {k} studies: z rests on a hardly known heterogeneity."))
    if interval == "wald" and method != "EE":
        text = "Wald's z takes the heterogeneity as known; with few differing trials it crosses too often."
        found.append(Caveat("wald-crosses-too-often", text))
    return tuple(found)
