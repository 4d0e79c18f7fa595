"""Questions that are asked over a screen and answered with a value."""
