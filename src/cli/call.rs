//! One call of a command: what was given to it, and where.

use std::path::PathBuf;

use clap::ArgMatches;

use super::Setting;

/// One call of a command.
pub struct Call<'a> {
    /// What was given to it.
    pub given: &'a ArgMatches,
    /// Language, data folder and clock.
    pub setting: &'a Setting,
    /// What all of the command line understands.
    pub parser: &'a clap::Command,
}

impl Call<'_> {
    /// Tells whether a flag was given.
    pub fn flag(&self, name: &str) -> bool {
        self.given.get_flag(name)
    }

    /// Gives a word.
    pub fn word(&self, name: &str) -> Option<&str> {
        self.given.get_one::<String>(name).map(String::as_str)
    }

    /// Gives words.
    pub fn words(&self, name: &str) -> Vec<&str> {
        self.given.get_many::<String>(name).map(|words| words.map(String::as_str).collect()).unwrap_or_default()
    }

    /// Gives a path.
    pub fn path(&self, name: &str) -> Option<PathBuf> {
        self.given.get_one::<PathBuf>(name).cloned()
    }

    /// Gives paths.
    pub fn paths(&self, name: &str) -> Vec<PathBuf> {
        self.given.get_many::<PathBuf>(name).map(|paths| paths.cloned().collect()).unwrap_or_default()
    }
}
