"""The doors for programs: ``POST /events`` and ``POST /in/{source}``."""
