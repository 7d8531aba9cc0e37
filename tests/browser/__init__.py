"""Do the pages work in a real browser, for people who use it in different ways?"""
