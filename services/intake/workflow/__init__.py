"""The steps of intake, one file per thing they are about. Begin with ``checking``."""
