"""The four themes: dark, light, high contrast, and the terminal's own palette."""

from __future__ import annotations

from textual.theme import BUILTIN_THEMES, Theme


def themes() -> tuple[Theme, ...]:
    """Return the themes, named as the settings name them."""
    return (
        Theme(
            name="coach-dark",
            primary="#5fa8d3",
            secondary="#9ac2a8",
            warning="#d9a441",
            error="#e07a6b",
            success="#7fb77e",
            accent="#d9a441",
            foreground="#e4e6e8",
            background="#15191d",
            surface="#1f252b",
            panel="#2a323a",
            dark=True,
        ),
        Theme(
            name="coach-light",
            primary="#1f6f9f",
            secondary="#3b7a57",
            warning="#8a5a00",
            error="#a32a1c",
            success="#2c6e2f",
            accent="#8a5a00",
            foreground="#1b1f23",
            background="#fbfaf7",
            surface="#f0eee8",
            panel="#e2dfd6",
            dark=False,
        ),
        Theme(
            name="coach-contrast",
            primary="#ffff00",
            secondary="#00ffff",
            warning="#ffff00",
            error="#ff8080",
            success="#00ff00",
            accent="#ffff00",
            foreground="#ffffff",
            background="#000000",
            surface="#000000",
            panel="#303030",
            dark=True,
            text_alpha=1.0,
        ),
        Theme(
            name="coach-terminal",
            ansi=True,
            primary="ansi_blue",
            secondary="ansi_cyan",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            accent="ansi_green",
            foreground="ansi_default",
            background="ansi_default",
            surface="ansi_default",
            panel="ansi_default",
            boost="ansi_default",
            variables=dict(BUILTIN_THEMES["ansi-dark"].variables),
        ),
    )
