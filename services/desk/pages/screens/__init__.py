"""The pages at which staff work: sign-in, inbox, task, settings. The API stands beside them."""
