"""What kepuasan check finds and lists, and what kepuasan explain says of a code."""
