"""How does one service start, run, tell its health and stop?"""
