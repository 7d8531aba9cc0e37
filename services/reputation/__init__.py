"""Answers public reviews within the rules of the profession, asks every client for one alike, and
publishes words of clients who agreed to exactly these.

Owns: reviews, replies, approvals and their way onto sites, reports of reviews to their sites,
review asks, how many reviews with few stars are usual at each location; words of clients, and that
they may be published.
Hears: review-received and review-removed (from review sites); review-ask-due (from a playbook);
testimonial-sought, publication-withdrawn, consent-withdrawn; restriction-placed and
restriction-lifted where they keep words from being published; records-ordered, records-ended,
client-merged; firm-edition-approved.
Says: review-response-drafted, -checked, -approved, -published, -rejected, review-requested,
review-spike-detected, testimonial-requested, -consented, -declined, -published, -withdrawn,
records-confirmed, tasks.
Asks people: ``review-response`` (approve a draft), ``review-posting`` (put the approved text on a
site by hand), ``review-report`` (see what the site did about a reported review),
``testimonial-proposal`` (propose words of a client), ``testimonial-publication`` (publish what they
agreed to), ``testimonial-removal`` (take it down where it was put by hand).
Never: a client id on anything about a review; a score, complaint or review where asks are decided.
"""
