"""iCalendar (RFC 5545) out and in: the coach's appointments, her busy times, a district's days."""
