"""The consultation on screen: facts of one patient in; answer, plan, decision aid, consent and overrides out.

Owns the words *consultation* (an answer as it was given, kept with its facts), *override* (what a physician
does instead, with the reason) and *kept aid* (a decision aid as it was shown). Every answer comes from
``domain.selection`` through ``asking.ask``; pages, API and CDS Hooks only show it. Without a stored patient
nothing is kept.
"""
