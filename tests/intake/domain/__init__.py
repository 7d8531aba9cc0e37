"""Do the rules of intake hold?"""
