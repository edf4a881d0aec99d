//! The words for what did not take place, not then, or not all of it.

use crate::dictionary::form::Form;
use crate::dictionary::words::with_hints;

/// The words of `[remarks]` for what was called off, in their normal form.
#[derive(Debug, Default)]
pub(super) struct OffWords {
    pub called_off: Vec<String>,
    pub fronts: Vec<String>,
    pub tails: Vec<String>,
    /// What says so before a date: 改期至5月16日.
    pub put_off: Vec<String>,
    /// Words for a time to come: 下学期.
    pub put_off_to: Vec<String>,
    /// What begins a topic of what is to come: 拟开公开课.
    pub to_come: Vec<String>,
}

impl OffWords {
    pub(super) fn read(words: &Form<'_, '_>) -> OffWords {
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        OffWords {
            called_off: normal("called-off"),
            fronts: normal("called-off-fronts"),
            tails: normal("called-off-tails"),
            put_off: normal("put-off"),
            put_off_to: normal("put-off-to"),
            to_come: normal("to-come"),
        }
    }
}

/// The words of `[remarks]` around an amount by which a row was less than it says, in their normal form.
#[derive(Debug, Default)]
pub struct LessWords {
    surely: Vec<String>,
    perhaps: Vec<String>,
    off: Vec<String>,
    parts: Vec<String>,
    others: Vec<String>,
    afar: Vec<String>,
    bare: Vec<String>,
    not: Vec<String>,
}

/// What the words before an amount say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessBy {
    /// It is what counts of the row.
    Counted,
    /// It may be, where nothing else is.
    Told,
    /// It is to be taken off.
    Off,
}

impl LessWords {
    pub(super) fn read(words: &Form<'_, '_>) -> LessWords {
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        LessWords {
            surely: normal("less-surely"),
            perhaps: normal("less-perhaps"),
            off: normal("less-off"),
            parts: normal("less-parts"),
            others: normal("less-others"),
            afar: normal("less-afar"),
            bare: normal("less-bare"),
            not: normal("less-not"),
        }
    }

    /// What the words before an amount say, and those behind it in its clause; of what one goes to, so does how it was seen. `None` if nothing
    /// speaks against the row.
    pub fn of(&self, (front, back): (&str, &str), goes_there: bool) -> Option<LessBy> {
        let ends = |words: &[String]| words.iter().any(|word| front.ends_with(word.as_str()));
        let within =
            |words: &[String]| words.iter().any(|word| front.contains(word.as_str()) || back.contains(word.as_str()));
        match () {
            () if ends(&self.not) => None,
            () if ends(&self.off) => Some(LessBy::Off),
            () if ends(&self.surely) => Some(LessBy::Counted),
            () if self.parts.iter().any(|word| front.contains(word.as_str())) => {
                (within(&self.others) || goes_there && within(&self.afar)).then_some(LessBy::Off)
            }
            () => (front.is_empty() && back.is_empty() || ends(&self.perhaps)).then_some(LessBy::Told),
        }
    }

    /// Whether a number without its unit at the end of a text is an amount, by the words before it: 核定20.
    pub fn is_bare(&self, front: &str) -> bool {
        self.bare.iter().any(|word| front.ends_with(word.as_str()))
    }
}

/// The words of `[remarks]` beside a day or an amount of time, by which something lasted less long than its dates say.
#[derive(Debug, Default)]
pub struct LengthWords {
    pub returned: Vec<String>,
    pub came: Vec<String>,
    pub lasted: Vec<String>,
    lasting: Vec<String>,
    since: Vec<String>,
}

impl LengthWords {
    pub(super) fn read(words: &Form<'_, '_>) -> LengthWords {
        let normal = |key| -> Vec<String> { words.strings(key).iter().map(|text| with_hints(text)).collect() };
        LengthWords {
            returned: normal("returned"),
            came: normal("came"),
            lasted: normal("lasted"),
            lasting: normal("lasting"),
            since: normal("lasting-since"),
        }
    }

    /// Whether a remark says that what lasts began on the day that it names: 2018年9月起连续联系.
    pub fn begun(&self, text: &str) -> bool {
        let within = |words: &[String]| words.iter().any(|word| text.contains(word.as_str()));
        within(&self.lasting) && within(&self.since)
    }
}
