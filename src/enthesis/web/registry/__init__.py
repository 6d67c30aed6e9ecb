"""The registry: from the first visit to two-year follow-up.

Person, episode (condition, side, level), preparation, injection, follow-up windows, responses, imaging,
adverse events, consents. ``models`` hold fields and constraints, ``actions`` are the only place that writes,
``queries`` read, ``records`` turn rows into values of the domain, ``views`` parse, call and render.
"""
