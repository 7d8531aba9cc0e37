"""How does a program reach an installation that runs?"""
