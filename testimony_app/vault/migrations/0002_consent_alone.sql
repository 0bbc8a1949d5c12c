-- A bundle may carry a whole testimony, or acts of consent alone, given after it was sealed.
ALTER TABLE bundle ADD COLUMN carries TEXT NOT NULL DEFAULT 'testimony';
