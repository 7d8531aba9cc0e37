"""How do people call what events name by a short constant: playbooks, letters, steps, channels?"""

PURPOSES = {  # what the shipped playbooks send, as a client would call it
    "appointments": "a message about an appointment",
    "attendance": "the question whether we understood them",
    "closing": "the closing message",
    "documents": "a reminder of a document",
    "invoices": "a reminder of an invoice",
    "review-asks": "the request for a public review",
    "surveys": "the invitation to a survey",
    "testimonials": "the question whether words of theirs may be published",
    "welcome": "the welcome message",
}
AREAS = {  # those of the shipped form for inquiries
    "family": "Family and divorce",
    "employment": "Work and employment",
    "tenancy": "Renting and housing",
    "inheritance": "Wills and inheritance",
    "traffic": "Road traffic and accidents",
    "criminal": "Criminal law",
    "business": "Business and contracts",
    "other": "Something else",
}
INVITATIONS = {
    "survey-due": "a survey", "review-ask-due": "a public review",
    "feedback-requested": "a survey", "review-requested": "a public review",
}  # fmt: skip
NOT_ASKED = {  # why feedback makes no survey
    "asked-recently": "asked too short a while ago",
    "asked-before": "asked about this before",
    "matter-reopened": "it was taken up again",
}
ATTRIBUTIONS = {"name": "by name", "initials": "by initials", "none": "by nothing"}
WITHDRAWN = {
    "client": "they took their consent back",
    "edited": "other words are proposed",
    "deceased": "the client has died",
    "firm": "the firm does not want them after all",
}
LETTERS = {  # those shipped, as people say them
    "engagement": "the engagement letter",
    "non-engagement": "the letter that the firm does not act",
    "closing": "the closing letter",
    "complaint-acknowledgement": "the acknowledgement of a complaint",
    "final-response": "the final response to a complaint",
    "signposting": "the letter about who else can look at a complaint",
    "remedy": "the letter about what is done to put it right",
    "handover": "the letter that somebody else is in charge now",
    "apology": "a letter of apology",
}
PLAN_CHANGES = {
    "hold": "Held back until it is released",
    "release": "No longer held back",
    "skip": "Is not to go",
    "send-now": "Is to go at once",
    "move": "Moved",
}
HELD = {
    "held": "it was held",
    "missed-by-client": "the client did not come",
    "missed-by-firm": "the firm did not come",
}
COMPLAINT_TYPES = {
    "service": "the service", "fees": "fees", "conduct": "how somebody behaved",
    "data-protection": "personal data",
}  # fmt: skip
CONCERNS = {"recovery": "Service recovery", "complaint": "Complaint", "dispute": "Disagreement"}
CONCERN_STEPS = {
    "acknowledged": "acknowledged",
    "investigated": "looked into",
    "told": "the client was told what was found",
    "remedy-agreed": "what is done about it was agreed",
    "confirmed": "one side said that it is settled",
    "verified": "the client says that it is right now",
    "signposted": "the client was told where else they may turn",
}
CHANNELS = {
    "email": "e-mail",
    "sms": "text message",
    "phone": "telephone",
    "post": "post",
    "not-said": "how is not said",
}
DIRECTIONS = {"in": "The client got in touch", "out": "The firm got in touch"}
