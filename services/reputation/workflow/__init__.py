"""The steps of reputation: hearing of a review, deciding its reply, posting it, asking for one."""
