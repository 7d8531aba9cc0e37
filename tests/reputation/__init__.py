"""Are reviews answered within the rules, and asked for from everybody alike?"""
