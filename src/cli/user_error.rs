//! Why something was not done: one sentence, and below it what to do.

use std::error::Error;
use std::fmt;

use crate::model::Masked;

#[derive(Debug, PartialEq, Eq)]
pub struct UserError {
    sentence: Masked,
    advice: Vec<Masked>,
}

impl UserError {
    pub fn new(sentence: impl Into<Masked>) -> UserError {
        UserError { sentence: sentence.into(), advice: Vec::new() }
    }

    /// Adds a line below the sentence; an empty one is left out.
    pub fn advise(mut self, line: impl Into<Masked>) -> UserError {
        self.advice.extend(Some(line.into()).filter(|line| !line.is_empty()));
        self
    }

    /// All of it in one line, for a list or a cell.
    pub fn line(&self) -> String {
        let advice = self.advice.iter().map(|line| format!("；{}", line.trim()));
        let line: String = std::iter::once(self.sentence.to_string()).chain(advice).collect();
        line.replace('\n', "；")
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        self.advice.iter().try_for_each(|line| write!(f, "\n  {line}"))
    }
}

impl Error for UserError {}
