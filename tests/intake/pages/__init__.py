"""Do intake's pages do what they say?"""
