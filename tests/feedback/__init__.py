"""Do surveys, answers and recoveries follow the rules?"""
