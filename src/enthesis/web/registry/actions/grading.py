"""A grade as it is stored with an episode or an image."""

from enthesis.catalogue.grading_loader import load_grading_systems
from enthesis.domain.episodes.grading import check_grade
from enthesis.errors import Fault, InvalidData, NotFound

__all__ = ["grade_to_keep"]


def grade_to_keep(system: str, grade: str, condition: str, wording: str) -> tuple[str, str]:
    """Code and wording of a grade; both empty where nothing was graded.

    Raises:
        InvalidData: An unknown system, a grade that does not fit the condition, a wording without a grade, a
            grade without its system.
    """
    if not system:
        if grade:
            raise InvalidData(Fault(f"'{grade[:40]}' without its system means nothing.", "grade"))
        if wording:
            repair = "Choose the grade, or empty the wording."
            raise InvalidData(Fault("a wording without a grade.", "grade", repair))
        return "", ""
    try:
        kept = check_grade(load_grading_systems(), system, grade, condition, wording)
    except NotFound as error:
        raise InvalidData(Fault(str(error), "grade")) from None
    return kept.code, kept.wording
