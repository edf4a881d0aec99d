//! Running numbers, as of certificates: several in one text, and one in another spelling.

use crate::dictionary::form::Form;

/// The words of `[cells]` for running numbers.
#[derive(Debug, Default)]
pub struct NumberWords {
    spans: Vec<String>,
    lists: Vec<String>,
    /// What may stand before a number and is none of it.
    labels: Vec<String>,
    /// What a part of an amount is by which it may not count, and phrases that only hold such a word.
    reserves: Vec<String>,
    no_reserves: Vec<String>,
}

/// Running numbers of which one text says several: DX-3—DX-9, DX-3、DX-5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SeveralNumbers {
    /// From one to another, behind the same beginning. Not a sure one may as well be one number with a dash: DX2022003-010.
    Span {
        front: String,
        first: u64,
        last: u64,
        is_sure: bool,
    },
    List(Vec<String>),
}

impl SeveralNumbers {
    /// Whether a text, without its label, may be one of them.
    pub fn may_hold(&self, bare: &str) -> bool {
        match self {
            SeveralNumbers::Span { front, first, last, .. } => numbered(bare).is_some_and(|(other, digits)| {
                *front == other && value(digits).is_some_and(|number| (*first..=*last).contains(&number))
            }),
            SeveralNumbers::List(texts) => texts.iter().any(|one| one == bare),
        }
    }

    /// Whether it surely says several.
    pub fn is_sure(&self) -> bool {
        match self {
            SeveralNumbers::Span { is_sure, .. } => *is_sure,
            SeveralNumbers::List(_) => true,
        }
    }
}

impl NumberWords {
    pub(in crate::dictionary) fn read(cells: &Form<'_, '_>) -> NumberWords {
        let labels = cells.strings("labels");
        let (reserves, no_reserves) = (cells.strings("reserves"), cells.strings("no-reserves"));
        NumberWords { spans: cells.strings("spans"), lists: cells.strings("lists"), labels, reserves, no_reserves }
    }

    /// Whether a part of an amount may not count, by what it is called: 含会议2天.
    pub fn is_reserve(&self, part: &str) -> bool {
        let bare = self.no_reserves.iter().fold(part.to_string(), |rest, phrase| rest.replace(phrase.as_str(), " "));
        self.reserves.iter().any(|word| bare.contains(word.as_str()))
    }

    /// A number in small letters, without white space and what stands before it: dx2022001 of 编号：DX 2022001.
    pub fn bare(&self, text: &str) -> String {
        let spelt: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
        let label = self.labels.iter().find_map(|label| spelt.strip_prefix(label.as_str()));
        label.unwrap_or(&spelt).trim_start_matches([':', '：', '.']).to_string()
    }

    /// The running numbers that a text, without its label, says, if it may say several of them.
    pub fn several(&self, bare: &str) -> Option<SeveralNumbers> {
        let cut = self.spans.iter().flat_map(|mark| bare.match_indices(mark.as_str()));
        let span = cut.map(|(at, mark)| (bare.get(..at), bare.get(at + mark.len()..), mark));
        let mut spans = span.filter_map(|(front, back, mark)| span_of(front?, back?, mark));
        spans.next().or_else(|| {
            let parts = self.lists.iter().fold(bare.to_string(), |rest, mark| rest.replace(mark.as_str(), "\n"));
            let texts: Vec<String> = parts.lines().map(|part| part.trim().to_string()).collect();
            let are_numbers = texts.len() > 1 && texts.iter().all(|part| numbered(part).is_some());
            are_numbers.then_some(SeveralNumbers::List(texts))
        })
    }
}

/// The letters and digits of a number without its label: those of one number are the same, however it is spelt.
pub fn letters(bare: &str) -> String {
    bare.chars().filter(|c| is_letter(*c)).collect()
}

/// Whether two numbers with the same letters may be one: where both are parted, not in different places, as 1-11 and 11-1.
pub fn may_be_one(one: &str, other: &str) -> bool {
    let (one, other) = (parts(one), parts(other));
    let within = |some: &[usize], all: &[usize]| some.iter().all(|at| all.contains(at));
    within(&one, &other) || within(&other, &one)
}

/// Behind how many letters each gap of a number is.
fn parts(bare: &str) -> Vec<usize> {
    let mut letters = 0;
    let mut gaps: Vec<usize> = Vec::new();
    for c in bare.chars() {
        if is_letter(c) {
            letters += 1;
        } else if gaps.last() != Some(&letters) {
            gaps.push(letters);
        }
    }
    gaps.retain(|gap| *gap > 0 && *gap < letters);
    gaps
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !"第号".contains(c)
}

/// A text as what stands before its last number, and the digits of that.
fn numbered(text: &str) -> Option<(&str, &str)> {
    let bare = text.trim().trim_end_matches('号');
    let front = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = bare.get(front.len()..)?;
    value(digits)?;
    Some((front, digits))
}

fn value(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

/// A plain dash may stand in any number, so that behind it the beginning must stand again: DX-3-DX-9. Otherwise it only may be a span.
fn span_of(front: &str, back: &str, mark: &str) -> Option<SeveralNumbers> {
    let ((before, first), (again, last)) = (numbered(front)?, numbered(back)?);
    let is_short = again.is_empty() || again == "第";
    if before != again && !is_short {
        return None;
    }
    // The last one may say only its own digits: DX2022003～010.
    let kept = first.len().checked_sub(last.len()).filter(|_| is_short).unwrap_or(0);
    let last = value(&format!("{}{last}", first.get(..kept)?))?;
    let first = value(first)?;
    let is_sure = mark != "-" || before == again && !before.is_empty();
    (first < last).then(|| SeveralNumbers::Span { front: before.to_string(), first, last, is_sure })
}
