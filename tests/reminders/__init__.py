"""Is the right thing said to clients at the right moment?"""
