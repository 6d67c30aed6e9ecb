"""Invented names in the scripts of the three demo sites, each with its Latin spelling."""

import numpy as np

__all__ = ["Named", "draw_names"]

Named = tuple[str, str]
Pairs = tuple[Named, ...]

# Common given and family names, put together at random; whoever carries such a pair in life is not meant.
BENGALI: tuple[Pairs, Pairs, Pairs] = (
    (("মেঘনা", "Meghna"), ("অপর্ণা", "Aparna"), ("শর্মিলা", "Sharmila"), ("রিনা", "Rina"), ("সুমিত্রা", "Sumitra")),
    (("অনির্বাণ", "Anirban"), ("সুব্রত", "Subrata"), ("দীপক", "Dipak"), ("তপন", "Tapan"), ("রাহুল", "Rahul")),
    (("সেন", "Sen"), ("রায়", "Ray"), ("ঘোষ", "Ghosh"), ("দত্ত", "Datta"), ("পাল", "Pal"), ("মণ্ডল", "Mondal")),
)
HINDI: tuple[Pairs, Pairs, Pairs] = (
    (("सुनीता", "Sunita"), ("कविता", "Kavita"), ("मीरा", "Mira"), ("आशा", "Asha"), ("रेखा", "Rekha")),
    (("राजेश", "Rajesh"), ("अमित", "Amit"), ("विनोद", "Vinod"), ("मोहन", "Mohan"), ("संजय", "Sanjay")),
    (
        ("शर्मा", "Sharma"),
        ("वर्मा", "Varma"),
        ("सिंह", "Singh"),
        ("गुप्ता", "Gupta"),
        ("यादव", "Yadav"),
        ("मिश्रा", "Mishra"),
    ),
)
FILIPINO: tuple[Pairs, Pairs, Pairs] = (
    (("Maria", ""), ("Rosario", ""), ("Luzviminda", ""), ("Corazon", ""), ("Teresita", "")),
    (("Jose", ""), ("Antonio", ""), ("Ramón", ""), ("Eduardo", ""), ("Danilo", "")),
    (("Santos", ""), ("Reyes", ""), ("Dela Cruz", ""), ("Bautista", ""), ("Ocampo", ""), ("Peñaflor", "")),
)
ENGLISH: tuple[Pairs, Pairs, Pairs] = (
    (("Margaret", ""), ("Susan", ""), ("Zoë", ""), ("Aisha", ""), ("Helen", "")),
    (("Peter", ""), ("Brian", ""), ("Imran", ""), ("Seán", ""), ("Colin", "")),
    (("Ackroyd", ""), ("Hartley", ""), ("O'Neill", ""), ("Hussain", ""), ("Whitaker", ""), ("Sykes", "")),
)
BY_LANGUAGE = {"bn": BENGALI, "hi": HINDI, "fil": FILIPINO, "en": ENGLISH}


def draw_names(language: str, female: np.ndarray, rng: np.random.Generator) -> list[Named]:
    """A name and its Latin spelling for each person, shape (n,); no spelling where the name is Latin."""
    women, men, families = BY_LANGUAGE[language]
    given = rng.integers(0, 5, len(female))
    family = rng.integers(0, len(families), len(female))
    made = []
    for is_woman, g, s in zip(female, given, family, strict=True):
        first, last = (women if is_woman else men)[g], families[s]
        made.append((f"{first[0]} {last[0]}", f"{first[1]} {last[1]}".strip()))
    return made
