"""Keeping an answer, and going another way with a reason."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from enthesis.errors import Fault, InvalidData
from enthesis.web.accounts.models import User
from enthesis.web.accounts.roles import Permission
from enthesis.web.accounts.scope import current_scope
from enthesis.web.consult.asking import Answered
from enthesis.web.consult.models import Consultation, Override
from enthesis.web.consult.present.scenarios import advises_against
from enthesis.web.consult.queries.kept import cost_told_before
from enthesis.web.evidence.state import current
from enthesis.web.registry.actions.storing import store_once
from enthesis.web.registry.models import Episode

__all__ = ["INSTEAD", "REASONS", "keep_consultation", "override_answer", "tell_cost"]

INJECTED = "injected"
INSTEAD = {
    INJECTED: "inject all the same",
    "other-injection": "another injection",
    "not-injected": "no injection",
    "surgery": "a surgical opinion first",
    "other": "something else",
}
REASONS = {
    "patient-wish": "the patient, well informed, wishes it",
    "clinical-judgement": "clinical judgement outweighs the rule here",
    "fact-wrong": "a fact was wrong or is out of date",
    "source-disputed": "the source of the rule is disputed",
    "inside-trial": "it is done inside an approved trial",
    "not-available": "what is advised cannot be had",
    "other": "another reason",
}


def keep_consultation(
    *, key: UUID, episode: Episode, document: dict[str, Any], answered: Answered, by: User
) -> Consultation:
    """Keep an answer with its facts, once however often the form is sent.

    Raises:
        NotAllowed: The caller may not consult at this site.
    """
    current_scope().check_can(Permission.CONSULT, episode.site_id)
    held = current().edition

    def store() -> Consultation:
        made: Consultation = Consultation.objects.create(
            key=key, site_id=episode.site_id, patient=episode.patient, episode=episode,
            condition=answered.plain["condition"], intervention=answered.plain["intervention"],
            scenario=answered.plain["scenario"], facts=document, answer=answered.plain,
            catalogue_hash=held.content_hash, evidence_rules=held.rules, made_by=by,
            made_on=answered.consultation.today, made_at=timezone.now(),
            cost=cost_told_before(episode.site_id, answered.plain["intervention"]),
        )  # fmt: skip
        return made

    return store_once(Consultation, key, store)


def tell_cost(*, consultation: Consultation, cost: str) -> None:
    """Put what the clinic says it costs into the aid of a consultation; empty takes it out.

    Raises:
        NotAllowed: The caller may not consult at this site.
    """
    current_scope().check_can(Permission.CONSULT, consultation.site_id)
    consultation.cost = cost.strip()
    consultation.save(update_fields=["cost"])


def override_answer(
    *, key: UUID, consultation: Consultation, instead: str, reason: str, explanation: str, by: User
) -> Override:
    """Keep what is done instead, and why.

    Raises:
        NotAllowed: The caller may not consult at this site.
        InvalidData: Unknown words, no explanation, or an injection that was not advised against.
    """
    current_scope().check_can(Permission.CONSULT, consultation.site_id)
    faults = []
    if instead not in INSTEAD:
        faults.append(Fault("Choose what is done instead.", "instead"))
    elif instead == INJECTED and not advises_against(consultation.scenario):
        faults.append(
            Fault("Injecting is no override here: the answer does not advise against it.", "instead")
        )
    if reason not in REASONS:
        faults.append(Fault("Choose the reason.", "reason"))
    if not explanation.strip():
        faults.append(Fault("Say it in a sentence, for whoever reads the record later.", "explanation"))
    if faults:
        raise InvalidData(faults)

    def store() -> Override:
        made: Override = Override.objects.create(
            key=key, site_id=consultation.site_id, patient=consultation.patient, consultation=consultation,
            recommended=consultation.scenario, instead=instead, reason=reason,
            explanation=explanation.strip(), by=by, at=timezone.now(),
        )  # fmt: skip
        return made

    return store_once(Override, key, store)
