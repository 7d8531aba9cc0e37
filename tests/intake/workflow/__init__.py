"""Do the steps of intake do what they say?"""
