"""The yearly plan, in Word and as PDF."""
