"""How a person fills every form of the clinic, and which boxes take any text."""

from datetime import date
from typing import Any

from enthesis.domain.episodes import Purpose
from made_clinic import PASSWORD

__all__ = [
    "ALL_FREE",
    "FREE_TEXT",
    "IGNORED",
    "NEEDS_NOTHING",
    "NOT_TRIED",
    "OPENS_AGAIN",
    "OWN_KEYS",
    "RIGHT",
    "RIGHT_TOO",
]

TODAY = date.today().isoformat()  # noqa: DTZ011 - the day of the site is near enough
REASON = {"reason": "Typed into the wrong box."}
ASKED = {"text": "Is this right?"}
SIGNED = {"password": PASSWORD}
PURPOSES = tuple(purpose.value for purpose in Purpose)
DRAWN = "[[[10, 10], [40, 60], [80, 20]], [[100, 30], [160, 90], [200, 40]]]"
NEW_PASSWORD = "another sentence that nobody uses"
EPISODE = {"condition": "knee-osteoarthritis", "side": "right", "grade": "kellgren-lawrence:3"}
EPISODE |= {"grade_wording": "not-stated", "graded_on": "2026-03-01", "opened_on": "2026-03-02"}

# What is changed on a page as it opens, by the name of the address the form goes to.
RIGHT: dict[str, dict[str, Any]] = {
    "account_reauthenticate": SIGNED,
    "account_change_password": {
        "oldpassword": PASSWORD,
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    },
    "patient-new": {"name": "Asha Made-up", "local_id": "T-9", "birth_date": "1960-01-02", "sex": "female"}
    | {"telephone": "+910000000001"},
    "patient-correct": REASON,
    "consents": {"registry": "yes", "withdraw": "care"},
    "episode-new": EPISODE,
    "episode-correct": EPISODE | REASON | {"opened_on": "2026-01-05", "graded_on": "2026-01-04"},
    "care-new": {"kind": "rehabilitation", "what": "Walking"},
    "endpoint-new": {"reason": "surgery", "on": TODAY},
    "harm-new": {
        "term": "septic-arthritis", "started_on": "2026-03-04", "known_on": "2026-03-05", "grade": "3",
        "serious": ["hospitalisation"], "cause_product": "possible", "cause_procedure": "probable",
        "expected": "no",
    },
    "harm": REASON | {"act": "take-up"},
    "injection-new": {
        "whole_blood.platelets": "210", "whole_blood.volume": "60", "whole_blood.leukocytes": "6",
        "whole_blood.neutrophils": "3.5", "whole_blood.lymphocytes": "2", "whole_blood.monocytes": "0.4",
        "whole_blood.erythrocytes": "4.8", "product.platelets": "900", "product.volume_prepared": "6",
        "product.leukocytes": "1", "product.neutrophils": "0.3", "product.lymphocytes": "0.6",
        "product.monocytes": "0.1", "product.erythrocytes": "0.1",
    },
    "query": ASKED | {"close": "yes"},
    "erase": REASON | {"number": "Nandini Made-up", "password": PASSWORD},
    "sign-injection": SIGNED,
    **{f"sign-{kind}": SIGNED for kind in ("imaging", "adverse_event", "care", "end_point", "episode")},
    "consultation-override": {
        "instead": "not-injected", "reason": "patient-wish", "explanation": "Skin healed since.",
    },
    "consultation-plan": {"signed": "on"},
    "consultation-consent": {"means": "screen", "strokes": DRAWN} | dict.fromkeys(PURPOSES, "no"),
    "follow-up-log": {"channel": "telephone", "outcome": "no-answer"},
    "follow-up-close": {"reason": "surgery"},
    "form-entry": {"answered_on": TODAY, "mode": "paper", "nrs-pain.nrs": "4"},
    "account_new_site": {"name": "Second Made-up Clinic", "country": "IN", "time_zone": "Asia/Kolkata"},
    "account_invite": {"name": "Asha Made-up", "email": "asha.made.up@example.org"},
    "protocols": {"late-week-104": "850"},
}  # fmt: skip
RIGHT |= {
    f"correct-{kind}": REASON
    for kind in ("injection", "preparation", "imaging", "adverse_event", "care", "end_point")
}
RIGHT |= {
    f"ask-{kind}": ASKED
    for kind in (
        "injection", "preparation", "imaging", "adverse_event", "care", "end_point", "episode", "response",
        "follow_up", "consent",
    )
}  # fmt: skip
TAKEN_BACK = ("injection", "imaging", "adverse_event", "care", "end_point", "response")
RIGHT |= {f"take-back-{kind}": REASON for kind in TAKEN_BACK}
RIGHT["correct-response"] = REASON | {"item-nrs": "4"}

# Boxes that say anything in any script, in the length that their column holds.
FREE_TEXT = {
    "reason", "text", "note", "notes", "name", "latin_name", "local_id", "what", "how", "witness", "findings",
    "cost", "description", "other_term", "image_reference", "explanation", "emergency_advice", "level",
    "target", "kit", "lot", "local_anaesthetic", "prior_surgery", "comorbidities", "drugs",
    "prior_treatments", "red_flags", *(f"{part}-{n}" for part in ("do", "avoid", "load") for n in range(8)),
    # Words about the product in the syringe.
    "delivery.carrier", "preparation.device", "preparation.lot", "preparation.layer_taken",
    "preparation.storage", "product.growth_factors", "product.sterility", "product.analyser",
    "whole_blood.analyser", "whole_blood.anticoagulant", "activation.agent_concentration",
}  # fmt: skip
# By the name of the address: controls that are not read, or say by being there what a tick says.
IGNORED: dict[str, set[str]] = {
    "account_new_site": {"synthetic", "active"},
    "account_site": {"synthetic", "active"},
    "consultation-plan": {"signed"},
    # Boxes of a condition other than the one chosen are left out, as the page without scripts says.
    "episode-new": {
        "fact_disc_canal_compromise", "fact_disc_extrusion", "fact_disc_height_percent", "fact_disc_modic",
        "fact_disc_protrusion_mm", "fact_disc_spondylolysis", "fact_tear_depth", "fact_tear_retracted",
    },
}  # fmt: skip
# What an odd value may well be right for, by the name of the address and the control.
RIGHT_TOO: dict[tuple[str, str], set[str]] = {
    ("patient-new", "telephone"): {"future", "past", "unit slip"},
    ("patient-correct", "telephone"): {"future", "past", "unit slip"},
    ("account_new_site", "telephone"): {"future", "past", "unit slip"},
    ("account_site", "telephone"): {"future", "past", "unit slip"},
    ("protocols", "closes-baseline"): {"negative"},
    ("protocols", "opens-baseline"): {"negative"},
    ("injection-new", "preparation.temperature"): {"negative"},
    ("injection-new", "whole_blood.storage_temperature"): {"negative"},
}
# A form's own key, by which a second sending is known: any that is none yet will do.
OWN_KEYS = {"key", "submission"}
# Buttons: the request alone says everything, so no body of it can be wrong.
NEEDS_NOTHING = {
    "account_act", "account_link", "audit_verify", "completeness", "form-link-revoke", "form-links",
    "form-tablet", "message-cancel", "message-sent", "messages-plan",
    # The person has nothing there that could be confirmed or set, and is led on.
    "account_set_password", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
}  # fmt: skip
# A body that holds no form opens the page again, or means "all of my sites"; these store nothing.
OPENS_AGAIN = {"consult-episode", "injection-derive", "working-site"}
# Forms of which every field may say anything, so that nonsense in all of them is a right form.
ALL_FREE = {"consultation-aid", "consultation-plan", "correct-preparation", "query"}
ALL_FREE |= {f"take-back-{kind}" for kind in TAKEN_BACK}
# Forms that nobody can fill without a telephone or a passkey; the tests of the accounts walk them with both.
NOT_TRIED = {"mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"}
