"""How does a process tell ops what it does: logs, metrics, fingerprints of failures?"""
