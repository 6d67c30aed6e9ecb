"""The browser's door: server-rendered pages and the JSON interface.

Rooms: ``config`` (settings, shell of every page, errors), ``evidence`` (map, answers, studies, search,
figures, interface) and ``calculators`` (products, scores, thresholds). Pages are complete without JavaScript
and load nothing from elsewhere.
"""
