//! Intake: lists that somebody else made, read into rows with their doubts.
