"""What does desk announce? Only tasks of its own and calls its staff logged, so far.

Those are ``tasks`` and ``firm.ClientContactLogged``; what only desk says will stand here.
"""
