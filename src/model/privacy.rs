//! Personal data leaves the program masked: identity numbers (GB 11643) and phone numbers.

use std::borrow::{Borrow, Cow};
use std::fmt::{self, Display, Formatter};
use std::ops::Deref;
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

/// Digits of the shortest number that is masked.
const SHORTEST: usize = 11;
/// The length of a SHA-256 in hex.
const DIGEST: usize = 64;
/// The first byte of full-width digits (and of most full-width marks) in UTF-8.
const WIDE_LEAD: u8 = 0xEF;

/// Masks the identity numbers and mobile numbers in a text: `35*************123`, `138****1234`.
/// A run of digits counts when it is 15 or more long, or 11 long and begins with 1; full-width digits count as digits.
/// So do numbers that are written in groups: `110105 19491231 002X`, `138-1234-1234`. A SHA-256 is nobody's number.
pub(crate) fn mask(text: &str) -> Cow<'_, str> {
    if !has_long_run(text) {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < characters.len() {
        if is_digest(&characters, at) {
            masked.extend(&characters[at..at + DIGEST]);
            at += DIGEST;
            continue;
        }
        let end = grouped_end(&characters, at).unwrap_or_else(|| run_end(&characters, at));
        mask_run(&characters[at..end], &mut masked);
        masked.extend(characters.get(end));
        at = end + 1;
    }
    Cow::Owned(masked)
}

/// Whether a SHA-256 in lower-case hex stands here, as a word of its own.
fn is_digest(characters: &[char], start: usize) -> bool {
    let is_word = |at: Option<usize>| at.and_then(|at| characters.get(at)).is_some_and(char::is_ascii_alphanumeric);
    let Some(word) = characters.get(start..start + DIGEST) else { return false };
    let is_hex = |c: &char| matches!(c, '0'..='9' | 'a'..='f');
    word.iter().all(is_hex)
        && word.iter().any(char::is_ascii_lowercase)
        && !is_word(start.checked_sub(1))
        && !is_word(Some(start + DIGEST))
}

/// Text whose personal numbers are masked. The texts of an outcome that are made of cells, headers, names of sheets and
/// paths are of this type: the numbers are gone as soon as it is made, so no output can forget them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(from = "String")]
pub struct Masked(Arc<str>);

impl Masked {
    pub fn as_str(&self) -> &str {
        self
    }

    /// The text of a cell with this number, if it is long enough to be somebody's.
    pub fn number(number: f64) -> Option<Masked> {
        let written = (number.abs() >= 1e10).then(|| format!("{number:.0}"))?;
        let masked = Masked::from(written.as_str());
        (masked != written.as_str()).then_some(masked)
    }
}

impl<T: Into<Arc<str>>> From<T> for Masked {
    fn from(text: T) -> Masked {
        let text = text.into();
        let masked = match mask(&text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(masked) => Some(masked.into()),
        };
        Masked(masked.unwrap_or(text))
    }
}

impl Deref for Masked {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Display for Masked {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl Serialize for Masked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl Borrow<str> for Masked {
    fn borrow(&self) -> &str {
        self
    }
}

impl<T: AsRef<str> + ?Sized> PartialEq<T> for Masked {
    fn eq(&self, other: &T) -> bool {
        *self.0 == *other.as_ref()
    }
}

/// Whether any run of digits, in groups or not, is long enough to be looked at. Most cells have none, and cost no allocation.
fn has_long_run(text: &str) -> bool {
    // A digit takes a byte at least, so most texts are told by their ASCII digits and the lead byte of full-width ones.
    let bytes = text.as_bytes();
    let maybe_digit = |byte: &&u8| byte.is_ascii_digit() || **byte == WIDE_LEAD;
    if bytes.len() < SHORTEST || bytes.iter().filter(maybe_digit).count() < SHORTEST {
        return false;
    }
    let mut run = 0;
    text.chars().any(|character| {
        match character {
            digit if is_digit(digit) => run += 1,
            between if is_between(between) => {}
            _ => run = 0,
        }
        run >= SHORTEST
    })
}

/// What may stand between the groups of a number.
fn is_between(character: char) -> bool {
    matches!(character, ' ' | '\u{a0}' | '\u{3000}' | '-' | '－')
}

/// The end of a number in groups that begins at `start`: a mobile number 3-4-4, or an identity number of 18 whose groups
/// are parted by spaces and whose middle is a date. Several dates in a row are none.
fn grouped_end(characters: &[char], start: usize) -> Option<usize> {
    if start > 0 && is_digit(characters[start - 1]) {
        return None;
    }
    let (mut digits, mut groups, mut dashes) = (Vec::new(), vec![0_usize], false);
    for (at, character) in characters.iter().enumerate().skip(start) {
        let ends = characters.get(at + 1).is_none_or(|next| !is_digit(*next));
        if let Some(digit) = digit_of(*character) {
            digits.push(digit);
            *groups.last_mut()? += 1;
        } else if is_check_character(*character) && digits.len() == 17 {
            return (groups.len() > 1 && !dashes && holds_date(&digits)).then_some(at + 1);
        } else if is_between(*character) && !ends && digits.len() < 18 {
            dashes |= matches!(character, '-' | '－');
            groups.push(0);
        } else {
            return None;
        }
        let is_phone = groups == [3, 4, 4] && digits.first() == Some(&1);
        let is_identity = digits.len() == 18 && groups.len() > 1 && !dashes && holds_date(&digits);
        if ends && (is_phone || is_identity) {
            return Some(at + 1);
        }
    }
    None
}

/// Whether the digits from the seventh on are a date of the last or this century.
fn holds_date(digits: &[u8]) -> bool {
    let number =
        |from: usize, to: usize| digits[from..to].iter().fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit));
    (1900..2100).contains(&number(6, 10)) && (1..=12).contains(&number(10, 12)) && (1..=31).contains(&number(12, 14))
}

fn digit_of(character: char) -> Option<u8> {
    match character {
        '0'..='9' => u8::try_from(u32::from(character) - u32::from('0')).ok(),
        '０'..='９' => u8::try_from(u32::from(character) - u32::from('０')).ok(),
        _ => None,
    }
}

fn is_check_character(character: char) -> bool {
    matches!(character, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×')
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

/// The end of the run of digits that begins at `start`; the check character X ends an identity number.
fn run_end(characters: &[char], start: usize) -> usize {
    let digits = characters[start..].iter().take_while(|character| is_digit(**character)).count();
    let is_checked = characters.get(start + digits).is_some_and(|character| is_check_character(*character));
    start + digits + usize::from(digits == 17 && is_checked)
}

/// Masks a number; what stands between its groups stays.
fn mask_run(run: &[char], masked: &mut String) {
    let length = run.iter().filter(|character| !is_between(**character)).count();
    let hidden = match length {
        11 if matches!(run.first(), Some('1' | '１')) => 3..7,
        15.. => 2..length - 3,
        _ => 0..0,
    };
    let mut place = 0;
    for character in run {
        let is_hidden = !is_between(*character) && hidden.contains(&place);
        masked.push(if is_hidden { '*' } else { *character });
        place += usize::from(!is_between(*character));
    }
}

#[cfg(test)]
mod tests {
    use super::{Masked, mask};

    #[test]
    fn a_number_with_the_length_of_a_personal_one_is_written_masked() {
        assert_eq!(Masked::number(13_812_341_234.0).as_deref(), Some("138****1234"));
        assert_eq!(Masked::number(1.1010519491231e17).as_deref(), Some("11*************000"));
        assert_eq!((Masked::number(45170.0), Masked::number(9_876_543_210.0)), (None, None));
    }

    #[test]
    fn a_digest_is_left_as_it_is_and_what_only_looks_like_one_is_not() {
        let digest = "850b556f9867135da531c3bef78fb2fdb968946488787799ab5a61ee29b09391".to_owned();
        for text in [digest.clone(), format!("记录为 {digest}，现在为 {digest}"), format!("SHA-256 {digest}")] {
            assert_eq!(mask(&text), text);
        }
        assert_eq!(mask(&format!("{digest}，13812341234")), format!("{digest}，138****1234"));
        let hidden = digest.replace("968946488787799", "96**********799");
        for (before, behind) in [("a", ""), ("", "b"), ("", "0")] {
            let text = format!("{before}{digest}{behind}");
            assert_eq!(mask(&text), format!("{before}{hidden}{behind}"), "{text}");
        }
        assert_eq!(mask(&digest[1..]), hidden[1..]);
        assert!(mask(&"1".repeat(64)).contains('*'));
    }

    #[test]
    fn identity_and_phone_numbers_are_masked_and_other_digits_are_not() {
        // The standard's own example numbers (GB 11643-1999).
        assert_eq!(mask("证件11010519491231002X。"), "证件11*************02X。");
        assert_eq!(mask("440524188001010014"), "44*************014");
        assert_eq!(mask("电话13812341234，工号20230001"), "电话138****1234，工号20230001");
        assert_eq!(mask("１３８１２３４１２３４"), "１３８****１２３４");
        assert_eq!(mask("2023-09-01"), "2023-09-01");
        assert_eq!(mask("21234567890"), "21234567890");
    }

    #[test]
    fn numbers_in_groups_are_masked_and_dates_in_a_row_are_not() {
        assert_eq!(mask("证件110105 19491231 002X。"), "证件11**** ******** *02X。");
        assert_eq!(mask("440524 1880 0101 0014"), "440524 1880 0101 0014");
        assert_eq!(mask("440524 1980 0101 0014"), "44**** **** **** *014");
        assert_eq!(mask("电话138-1234-1234、139 1234 5678"), "电话138-****-1234、139 **** 5678");
        assert_eq!(mask("138 1234 1234 139 1234 5678"), "138 **** 1234 139 **** 5678");
        for plain in
            ["2023-09-01 2023-09-02", "2023 09 01 2023 09 02", "2023-2024-1 2024-2025-2", "120 130 140 150 160"]
        {
            assert_eq!(mask(plain), plain);
        }
    }
}
