"""The commands of ``clientele``, one file each; ``deploy/cli.py`` lists them."""
