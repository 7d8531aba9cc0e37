"""Lets in what the firm's other systems say by HTTP, and says it as events in their place.

Owns: deliveries as they came (sealed, kept to be read again), which events were taken in, what is
known of clients by their e-mail addresses, bookings that were moved, when each source last spoke.
Hears: client-onboarded, client-updated (whose e-mail address is whose); records-ordered,
client-merged.
Says: records-confirmed; and, in the name of a source, whatever the firm's systems may publish.
Asks people: nobody; what cannot be read is a dead letter.
Never: a word of a delivery outside its seal; an answer that depends on who is a client.
"""
