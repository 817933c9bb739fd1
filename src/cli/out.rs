//! What a command says: results to the standard output, messages to the standard error, in one language.
//!
//! Saying never fails. Whoever reads the results may go away (`| head`); the command then finishes its work in silence.
//! Any other failure is remembered and told at the end.

use std::io::{self, BufWriter, ErrorKind, Write};

use serde_json::Value as Json;

use crate::text::{Lang, Said, Trouble, cause, t};

/// Takes results and messages.
pub struct Out {
    lang: Lang,
    results: Box<dyn Write>,
    failed: Option<io::Error>,
}

impl Out {
    /// Speaks on the standard streams.
    pub fn new(lang: Lang) -> Self {
        Self { lang, results: Box::new(BufWriter::new(io::stdout())), failed: None }
    }

    /// Gives the language.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Says a result.
    pub fn say(&mut self, said: impl Into<Said>) {
        let line = said.into().say(self.lang);
        self.line(&line);
    }

    /// Says a result that is the same in both languages.
    pub fn line(&mut self, line: &str) {
        self.write(|results| writeln!(results, "{line}"));
    }

    /// Gives a result as one line of JSON.
    pub fn json(&mut self, json: &Json) {
        self.write(|results| writeln!(results, "{json}"));
    }

    /// Gives results as they are, such as a script.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.write(|results| results.write_all(bytes));
    }

    /// Hands on what was said so far.
    pub fn flush(&mut self) {
        self.write(|results| results.flush());
    }

    fn write(&mut self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        if self.failed.is_none() {
            self.failed = write(self.results.as_mut()).err();
        }
    }

    /// Tells whether nobody takes results any more.
    pub fn is_closed(&self) -> bool {
        self.failed.is_some()
    }

    /// Says a message.
    pub fn tell(&self, said: impl Into<Said>) {
        // Where nobody reads messages there is nobody to tell.
        let _ = writeln!(io::stderr(), "{}", said.into().say(self.lang));
    }

    /// Says what could not be done.
    pub fn trouble(&self, trouble: &Trouble) {
        let _ = writeln!(io::stderr(), "{}", trouble.say(self.lang));
    }

    /// Gives a trouble as the values that scripts read.
    pub fn refusal(&self, trouble: &Trouble) -> serde_json::Map<String, Json> {
        let mut refusal = serde_json::Map::new();
        refusal.insert("ok".into(), false.into());
        refusal.insert("kind".into(), trouble.kind.into());
        refusal.insert("message".into(), trouble.said.say(self.lang).into());
        refusal.insert("hint".into(), trouble.hint.as_ref().map(|hint| hint.say(self.lang)).into());
        refusal
    }

    /// Hands on everything; tells what could not be said.
    pub fn end(&mut self) -> Result<(), Trouble> {
        self.flush();
        match self.failed.take() {
            Some(error) if error.kind() != ErrorKind::BrokenPipe => Err(Trouble::new(
                "results-not-written",
                t("结果没能全部写出: {cause}.", "the results could not all be written: {cause}.")
                    .with_words("cause", cause(&error)),
            )
            .hint(t("该记下的都已记下.", "What was to be recorded is recorded."))),
            _ => Ok(()),
        }
    }
}
