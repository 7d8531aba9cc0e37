"""Lets in what the firm's other systems say by HTTP, says it as events in their place, and sends
events to those systems that have subscribed to them.

Owns: deliveries as they came (sealed, kept to be read again), which events were taken in, what is
known of clients by their e-mail addresses, bookings that were moved, when each source last spoke,
what was imported from lists and calendars;
subscriptions, how their receivers fare, and what is on its way to them (sealed) and was.
Hears: every event (for whoever subscribed to it; client-onboarded and client-updated also for whose
e-mail address is whose); records-ordered, records-ended, client-merged, firm-edition-approved.
Says: records-confirmed; tasks; and, in the name of a source or a list, whatever the firm's
systems may publish.
Asks people: subscription-off; source-silent, why a system says nothing for longer than it may. What
cannot be read is a dead letter.
Never: a word of a delivery outside its seal; an answer that depends on who is a client; an event to
an address in the firm's own network that the firm has not named.
"""
