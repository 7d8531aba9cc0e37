"""The steps of feedback, one file per thing that happens: asking, answering, making it right."""
