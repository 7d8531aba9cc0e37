"""Do the pure rules of feedback hold?"""
