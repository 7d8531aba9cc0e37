"""How long does a test wait for an answer? Longer than libraries do by themselves.

NATS gives a publication five seconds, HTTP clients five, a browser's expectation five: on a loaded
machine that is not a defect of what is tested. ``tests/test_shape.py`` finds who waits less.
"""

PATIENCE = 60.0  # seconds
PATIENCE_MS = 60_000
