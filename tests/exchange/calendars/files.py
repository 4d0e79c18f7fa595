"""Calendar files that tests write by hand: other programs' words, not our own."""

from __future__ import annotations


def event(
    uid: str,
    title: str,
    start: str,
    end: str = "",
    *,
    rule: str = "",
    more: str = "",
    zone: str = "",
) -> str:
    """Return a VEVENT; `start` and `end` are days (`20270119`) or times (`20270119T190000Z`)."""

    def when(name: str, value: str) -> str:
        if "T" not in value:
            return f"{name};VALUE=DATE:{value}"
        return f"{name};TZID={zone}:{value}" if zone else f"{name}:{value}"

    lines = ["BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260801T000000Z", when("DTSTART", start)]
    if end:
        lines.append(when("DTEND", end))
    if rule:
        lines.append(f"RRULE:{rule}")
    lines += [f"SUMMARY:{title}", *([more] if more else []), "END:VEVENT"]
    return "\r\n".join(lines)


def calendar(*events: str) -> bytes:
    """Return a whole calendar of these events."""
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests//EN"]
    return ("\r\n".join([*head, *events, "END:VCALENDAR"]) + "\r\n").encode()
