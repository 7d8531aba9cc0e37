"""How fast is Clientele against what this machine could do at all? ``make bench`` answers.

Every figure is a ratio or a distribution taken in one run, on real servers, with the durability
setting it was taken under beside it. Start reading at ``__main__.py``; one file per part.
"""
