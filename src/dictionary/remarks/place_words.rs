//! The words for where somebody was.

use crate::dictionary::form::Form;
use crate::dictionary::words::with_hints;

/// The words for places of `[remarks]`, in their normal form.
#[derive(Debug, Default)]
pub(super) struct Places {
    pub remote: Vec<String>,
    /// Texts that say so where they are all of one.
    pub remote_alone: Vec<String>,
    pub afar_behind: Vec<String>,
    /// Words of a topic by which it was seen from afar, and is not only about that.
    pub remote_topics: Vec<String>,
    /// What such a topic begins with.
    pub remote_heads: Vec<String>,
    /// What the name of a book holds that is of such rows, and by which it is of others, too.
    pub remote_books: Vec<String>,
    pub no_remote_books: Vec<String>,
    pub elsewhere: Vec<String>,
    pub no_schools: Vec<String>,
    /// What the name of such a place ends with.
    pub no_school_ends: Vec<String>,
    pub on_site: Vec<String>,
    /// Words of a remark by which it was in a kindergarten.
    pub kindergarten: Vec<String>,
    /// Of columns that say where it was beside the school.
    pub headers: Vec<String>,
}

impl Places {
    pub(super) fn read(words: &Form<'_, '_>) -> Places {
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        Places {
            remote: normal("remote"),
            remote_alone: normal("remote-alone"),
            afar_behind: normal("afar-behind"),
            remote_topics: normal("remote-topics"),
            remote_heads: normal("remote-heads"),
            remote_books: normal("remote-books"),
            no_remote_books: normal("no-remote-books"),
            elsewhere: normal("elsewhere"),
            no_schools: normal("no-schools"),
            no_school_ends: normal("no-school-ends"),
            on_site: words.strings("on-site"),
            kindergarten: normal("in-kindergarten"),
            headers: normal("place-headers"),
        }
    }
}
