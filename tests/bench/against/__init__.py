"""Is this checkout slower than another revision? ``make bench AGAINST=<rev>`` answers.

Both revisions get the same servers, the same settings and the same load, in turns, in one run, and
are reached only by what stays the same from revision to revision: the stream, the service's
programs and their environment, ``clientele migrate``, the desk's pages. Start at ``__main__.py``.
"""
