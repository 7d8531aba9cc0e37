"""The commands of ``clientele``, one file each; ``deploy/cli/main.py`` lists them."""
