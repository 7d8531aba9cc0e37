"""What does the law of a country ask of a firm's messages and forms?

Each profile is a file beside this one: points of law as data, each with its source, its edition and
who has to settle it. Which one holds is one setting that all services share.
"""
