"""Do the events say what the contract promises, on the wire and in memory?"""
