"""Do the pure rules of reputation hold?"""
