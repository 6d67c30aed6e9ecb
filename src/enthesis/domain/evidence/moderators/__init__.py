"""Does the effect move with dose, leukocytes, injections, severity, age, follow-up or place of the trials?

Owns the declared moderators, the trials they are looked for in (each once, whatever its follow-up), the
lines through them with permutation p-values and a sceptic's view, and when there are too few to say.
"""

from enthesis.domain.evidence.moderators.fitting import ENOUGH, FEWEST, Fitted, Point, Tried, try_moderator
from enthesis.domain.evidence.moderators.moderator import MODERATORS, NOT_RECORDED, Moderator
from enthesis.domain.evidence.moderators.pool import CENTRE_WEEK, ModeratedPool, pool_over_follow_up
from enthesis.domain.evidence.moderators.trying import Moderation, holm, moderation

__all__ = [
    "CENTRE_WEEK",
    "ENOUGH",
    "FEWEST",
    "MODERATORS",
    "NOT_RECORDED",
    "Fitted",
    "ModeratedPool",
    "Moderation",
    "Moderator",
    "Point",
    "Tried",
    "holm",
    "moderation",
    "pool_over_follow_up",
    "try_moderator",
]
