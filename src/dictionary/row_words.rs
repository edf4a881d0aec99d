//! What the words of a table's rows, and of its sheets' names, say of what its rows are.

use super::tables::FieldId;
use super::words::normalise;
use crate::model::WordId;

/// Words in the name of a sheet, in normal form, and the words that its rows have and no others; none where they have any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPart {
    pub names: Vec<String>,
    pub field: FieldId,
    pub words: Vec<WordId>,
    /// Whether each row has one of them where no column says which.
    pub says: bool,
    /// Whether a sheet that is not read and is named so can hold no others.
    pub apart: bool,
    /// Words that no row has of a sheet that is not read and is named so.
    pub never: Vec<WordId>,
}

/// Words of a field for papers and the like that are for a time, which their topics may say: 9月小结.
#[derive(Clone, Debug)]
pub struct Papers {
    pub field: FieldId,
    /// Those that are of that time, whatever the date of their row.
    pub words: Vec<WordId>,
    /// Those that may be of the term that is named, or of the date.
    pub of_terms: Vec<WordId>,
}

impl Papers {
    pub fn has(&self, word: WordId) -> bool {
        self.words.contains(&word) || self.of_terms.contains(&word)
    }
}

/// A column for those who work with whom a row names: their part in it, and that of the other.
#[derive(Clone, Debug)]
pub struct Partners {
    pub field: FieldId,
    pub role: FieldId,
    pub own: WordId,
    pub theirs: WordId,
    /// Parts of headers and remarks of its rows that say that there are some, in normal form.
    pub words: Vec<String>,
    /// Parts of the headers of subjects that do so, and of the names of sheets.
    pub elsewhere: Vec<String>,
}

impl Partners {
    /// Whether a header or a remark of a row says that somebody works with whom it names.
    pub fn said_in(&self, text: &str) -> bool {
        let text = normalise(text);
        self.words.iter().any(|word| text.contains(word.as_str()))
    }

    /// Whether a header of another table, or the name of a sheet, says so.
    pub fn said_elsewhere(&self, text: &str) -> bool {
        let text = normalise(text);
        self.elsewhere.iter().any(|word| text.contains(word.as_str()))
    }
}

/// A word that all rows of some sheets of a table have, whatever their own column of the field says: lessons observed.
#[derive(Clone, Debug)]
pub struct Given {
    pub field: FieldId,
    pub word: WordId,
    /// The words that are lessons: of those of others the row is an observation.
    pub lessons: Vec<WordId>,
    /// Those that others give where somebody organises them: 青年教师献课.
    pub organised: Vec<WordId>,
    /// What is no lesson and somebody gives as well: 专题讲座.
    pub spoken: Vec<WordId>,
    /// What those who are on the row took part in, whoever spoke there: 集体备课.
    pub joined: Vec<WordId>,
    /// What a row is that is neither: 其他.
    pub otherwise: WordId,
    /// Words in the name of a sheet after which that of its file does not make it one.
    pub besides: Vec<String>,
    /// What such a sheet is called.
    pub sheets: Vec<String>,
    /// Headers of which such a sheet has one of each group.
    pub columns: Vec<Vec<String>>,
    /// Headers of who did it before those who are on the row: 主讲人.
    pub speakers: Vec<String>,
    /// Words in a header of names by which those were there, and need not have given anything: 参加人员.
    pub attendants: Vec<String>,
    /// What says of a lesson what it was, or how it was seen, without a word of the list.
    pub seen: SeenWords,
}

/// Words of texts that say which lesson was seen, or how: 常态课, 推门, 同课异构.
#[derive(Clone, Debug, Default)]
pub struct SeenWords {
    /// Whole texts.
    pub alone: Vec<String>,
    pub within: Vec<String>,
    pub ends: Vec<String>,
    /// Words of texts that say something else all the same: 磨课.
    pub unless: Vec<String>,
}

impl SeenWords {
    /// Whether a text in normal form says so.
    pub fn says(&self, normal: &str) -> bool {
        let is_in = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        let is_alone = || self.alone.iter().any(|word| word == normal);
        let is_end = || self.ends.iter().any(|word| normal.ends_with(word.as_str()));
        !is_in(&self.unless) && (is_alone() || is_in(&self.within) || is_end())
    }
}

/// What a topic holds that says that its row is, or is as well, of a word: 执教示范课.
#[derive(Clone, Debug)]
pub struct ToldKind {
    pub field: FieldId,
    pub word: WordId,
    pub says: Vec<String>,
}

/// Words that may stand for any activity: beside a school, with days or lessons, each may be a visit.
#[derive(Clone, Debug)]
pub struct AnyActivity {
    pub field: FieldId,
    pub words: Vec<WordId>,
    pub may_be: Vec<WordId>,
}

/// What columns beside those of a table may say that a row holds besides: 兼任学科, 分管工作, a remark.
#[derive(Clone, Debug)]
pub struct HeldBesides {
    pub stage: FieldId,
    pub subject: FieldId,
    /// Headers that say plainly that it does, in normal form.
    pub plain: Vec<String>,
    /// Parts of headers by which it may.
    pub within: Vec<String>,
    /// Parts of headers and texts that say something else: 毕业专业.
    pub except: Vec<String>,
}

impl HeldBesides {
    /// Whether a column under a header holds what is held besides; `None` where it does not.
    pub fn is_plain(&self, header: &str) -> Option<bool> {
        let header = normalise(header);
        let is_plain = self.plain.contains(&header);
        let may_be = is_plain || self.within.iter().any(|word| header.contains(word.as_str()));
        (may_be && !self.says_otherwise(&header)).then_some(is_plain)
    }

    /// Whether a text tells of something else that was learnt, won or left.
    pub fn says_otherwise(&self, text: &str) -> bool {
        let text = normalise(text);
        self.except.iter().any(|word| text.contains(word.as_str()))
    }
}
