"""How does the firm speak to Google Business Profile: in whose name, and with which token?

Its replies go there and its reviews come from there, by one app and one refresh token.
"""
