"""Does intake do what it says?"""
