"""The demo: a firm's day on a real installation, told live, and checked effect by effect."""
