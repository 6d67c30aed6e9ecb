"""Who works here, at which clinic, and what each may see: accounts, sites, roles, and the wall between sites.

Every row of the registry belongs to a site (``SiteOwned``) and is reached through the scope of the person who
asks; without a scope nothing is found. Log-in, second factor and passkeys are django-allauth's. Words of this
room: *site*, *membership*, *role*, *permission*, *scope*.
"""
