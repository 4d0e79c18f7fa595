"""What is shown as text: safe, aligned, and read back from what people type."""
