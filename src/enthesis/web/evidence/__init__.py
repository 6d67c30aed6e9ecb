"""The evidence as pages, figures and data: map, answers, studies, reviews, claims, search, method.

Owns the words *edition* (one state of the catalogue, with everything computed from it), *tile* (a condition
and an intervention on the map), *half* (placebo-controlled left, active-controlled right) and *finished page*
(rendered once per edition and kept). ``present`` turns answers into what a template shows; views only parse,
call and render.
"""
