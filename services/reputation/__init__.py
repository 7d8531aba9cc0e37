"""Answers public reviews within the rules of the profession, and asks every client for one alike.

Owns: reviews, replies and their approvals, reports of reviews to their sites, review asks, how many
reviews with few stars are usual at each location.
Hears: review-received and review-removed (from review sites); review-ask-due (from a playbook);
records-ordered, client-merged.
Says: review-response-drafted, -checked, -approved, -published, -rejected, review-requested,
review-spike-detected, records-confirmed, tasks.
Asks people: ``review-response`` (approve a draft), ``review-posting`` (put the approved text on the
site by hand), ``review-report`` (see what the site did about a reported review).
Never: a client id on anything about a review; a score, complaint or review where asks are decided.
"""
