"""What do all pages have in common? One look, one set of safe headers, forms that come from us.

``templates`` renders a service's own templates inside ``templates/base.html``; ``static`` serves
the one style sheet and the scripts; ``headers``, ``origin``, ``csrf`` and ``limits`` keep strangers
out. No page loads anything from elsewhere, and every page works without a script.
"""
