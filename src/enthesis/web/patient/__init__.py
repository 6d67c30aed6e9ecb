"""The patient on the phone: a personal link, a birth date, the questions due, and the own curve.

Owns the words *visit* (somebody who came by a personal link), *step* (one instrument on the screen), *draft*
(answers as typed) and *red flag*. It stores nothing itself: ``registry.actions`` does. ``visits`` says who
may come in, ``present`` what templates get, ``views`` parse, call and render.
"""
