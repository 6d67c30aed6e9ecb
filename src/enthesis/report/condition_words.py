"""A condition inside a sentence: lower case, but for names of people and letters that stand for words."""

__all__ = ["condition_inside"]

# Named after a person or a hero; they keep their capital everywhere.
PROPER = ("Achilles",)


def condition_inside(label: str) -> str:
    """'knee osteoarthritis', yet 'Achilles tendinopathy'."""
    if label.startswith(PROPER) or label[:2].isupper():
        return label
    return label[0].lower() + label[1:]
