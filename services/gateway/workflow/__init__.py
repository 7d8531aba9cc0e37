"""The steps: keep what came, read it, pass on what it says."""
