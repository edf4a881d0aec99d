//! What lists of all who work somewhere say of who is a 教研员.

use crate::dictionary::form::Form;
use crate::dictionary::words::normalise;

/// A longer text of a cell says more than somebody's post.
const LONGEST: usize = 16;

/// The words of `[officers]`, in their normal form.
#[derive(Debug, Default)]
pub struct OfficerWords {
    lists: Vec<String>,
    no_lists: Vec<String>,
    posts: Vec<String>,
    no_posts: Vec<String>,
    department_headers: Vec<String>,
    departments: Vec<String>,
    workers: Vec<String>,
}

impl OfficerWords {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> OfficerWords {
        let Some(words) = form.form("officers") else { return OfficerWords::default() };
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| normalise(text)).collect() };
        let read = OfficerWords {
            lists: normal("lists"),
            no_lists: normal("no-lists"),
            posts: normal("posts"),
            no_posts: normal("no-posts"),
            department_headers: normal("department-headers"),
            departments: normal("departments"),
            workers: normal("workers"),
        };
        words.finish();
        read
    }

    /// Whether a name says that a sheet lists all who work somewhere: 教职工名册.
    pub fn lists_staff(&self, name: &str) -> bool {
        holds(&self.lists, name, usize::MAX) && !holds(&self.no_lists, name, usize::MAX)
    }

    /// Whether a cell says that somebody is a 教研员.
    pub fn is_officer(&self, text: &str) -> bool {
        holds(&self.posts, text, LONGEST) && !holds(&self.no_posts, text, LONGEST)
    }

    /// Whether a header is that of the departments of an office.
    pub fn says_department(&self, header: &str) -> bool {
        holds(&self.department_headers, header, LONGEST)
    }

    /// Whether a department is one of 教研员.
    pub fn is_department(&self, text: &str) -> bool {
        holds(&self.departments, text, LONGEST)
    }

    /// Whether a cell says that somebody does other work in it: 会计.
    pub fn is_worker(&self, text: &str) -> bool {
        holds(&self.workers, text, LONGEST)
    }
}

fn holds(words: &[String], text: &str, longest: usize) -> bool {
    let normal = normalise(text);
    normal.chars().nth(longest).is_none() && words.iter().any(|word| normal.contains(word.as_str()))
}
