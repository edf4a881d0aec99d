//! 身份证号 (GB 11643-1999): area, date of birth, sequence, check digit; and the old numbers of fifteen digits (GB 11643-1989).

use jiff::civil::Date;
use thiserror::Error;

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// The provinces of GB/T 2260, and 81 to 83 for the residence permits of people from 港澳台.
const PROVINCES: [u32; 35] = [
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54, 61, 62, 63,
    64, 65, 71, 81, 82, 83,
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct IdentityNumber {
    /// In eighteen characters.
    pub number: String,
    pub birth: Date,
    pub is_male: bool,
    /// Written in fifteen digits.
    pub is_old: bool,
}

#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum IdentityFlaw {
    #[error("含有数字和末位X以外的字符")]
    Characters,
    #[error("有{0}位，应为18位")]
    Length(usize),
    #[error("前两位不是任何省、自治区、直辖市的代码")]
    Area,
    #[error("第7至14位不是日历上的日期")]
    Birth,
    #[error("末位校验码不对，多半有一位数字写错")]
    CheckDigit,
}

/// Reads an identity number; white space, a leading ' and the ways to write X do not matter.
pub(crate) fn read(written: &str) -> Result<IdentityNumber, IdentityFlaw> {
    let kept = written.chars().filter(|c| !c.is_whitespace() && *c != '\'');
    let number: String = kept.map(|c| if matches!(c, 'x' | 'Ｘ' | 'ｘ' | '×') { 'X' } else { c }).collect();
    let digits = number.strip_suffix('X').unwrap_or(&number);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(IdentityFlaw::Characters);
    }
    match (number.len(), digits.len()) {
        (15, 15) => {
            let body = format!("{}19{}", &number[..6], &number[6..]);
            let check = check_digit(&body);
            read_whole(&format!("{body}{check}"), true)
        }
        (18, 17 | 18) => read_whole(&number, false),
        (length, _) => Err(IdentityFlaw::Length(length)),
    }
}

fn read_whole(number: &str, is_old: bool) -> Result<IdentityNumber, IdentityFlaw> {
    let part = |range: std::ops::Range<usize>| number.get(range).and_then(|part| part.parse::<u32>().ok());
    // 9 begins the permanent residence of a foreigner: what follows is no province.
    let is_area = number.starts_with('9') || part(0..2).is_some_and(|province| PROVINCES.contains(&province));
    if !is_area {
        return Err(IdentityFlaw::Area);
    }
    let birth = part(6..10).zip(part(10..12)).zip(part(12..14)).and_then(|((year, month), day)| {
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    });
    let birth = birth.filter(|birth| (1800..=2100).contains(&birth.year())).ok_or(IdentityFlaw::Birth)?;
    if !number.ends_with(check_digit(number)) {
        return Err(IdentityFlaw::CheckDigit);
    }
    let is_male = part(16..17).is_some_and(|sequence| sequence % 2 == 1);
    Ok(IdentityNumber { number: number.to_string(), birth, is_male, is_old })
}

fn check_digit(digits: &str) -> char {
    let sum: u32 = digits.chars().zip(WEIGHTS).map(|(digit, weight)| digit.to_digit(10).unwrap_or(0) * weight).sum();
    CHECKS[sum as usize % CHECKS.len()]
}

/// A number that may be wrong in any place, with its middle covered: two characters and three stay at most.
pub(crate) fn covered(written: &str) -> String {
    let characters: Vec<char> = written.chars().filter(|c| !c.is_whitespace()).collect();
    let length = characters.len();
    let (head, tail) = if length >= 9 { (2, 3) } else { (0, 0) };
    let shown = |at: usize| at < head || at + tail >= length;
    characters.iter().enumerate().map(|(at, c)| if shown(at) { *c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The examples of the standard.
    const WOMAN: &str = "11010519491231002X";
    const MAN: &str = "440524188001010014";

    #[test]
    fn the_examples_of_the_standard_are_right() {
        let identity = read(WOMAN).unwrap();
        assert_eq!((identity.birth, identity.is_male, identity.is_old), (date(1949, 12, 31), false, false));
        let identity = read(MAN).unwrap();
        assert_eq!((identity.birth, identity.is_male, identity.is_old), (date(1880, 1, 1), true, false));
    }

    #[test]
    fn ways_to_write_a_number_are_one() {
        for written in ["11010519491231002x", "'11010519491231002X", "11010519491231002Ｘ", "11010519491231002×"] {
            assert_eq!(read(written), read(WOMAN), "{written}");
        }
        assert_eq!(read("110105 19491231 002X"), read(WOMAN));
    }

    #[test]
    fn an_old_number_is_the_new_one_without_century_and_check() {
        let old = read("110105491231002").unwrap();
        assert_eq!((old.number.as_str(), old.is_old, old.birth), (WOMAN, true, date(1949, 12, 31)));
        assert_eq!(read("110105491331002"), Err(IdentityFlaw::Birth));
    }

    #[test]
    fn each_flaw_is_told() {
        for (written, flaw) in [
            ("110105194912310021", IdentityFlaw::CheckDigit),
            ("11010519491231003X", IdentityFlaw::CheckDigit),
            ("11010519491331002X", IdentityFlaw::Birth),
            ("11010519490229002X", IdentityFlaw::Birth),
            ("99010519490230002X", IdentityFlaw::Birth),
            ("00010519491231002X", IdentityFlaw::Area),
            ("16010519491231002X", IdentityFlaw::Area),
            ("1101051949123100", IdentityFlaw::Length(16)),
            ("1101051949123100211", IdentityFlaw::Length(19)),
            ("11010549123100X", IdentityFlaw::Length(15)),
            ("E12345678", IdentityFlaw::Characters),
            ("1101051949123100XX", IdentityFlaw::Characters),
            ("X", IdentityFlaw::Characters),
            ("", IdentityFlaw::Characters),
        ] {
            assert_eq!(read(written), Err(flaw), "{written}");
        }
    }

    #[test]
    fn permits_of_other_residents_are_right_numbers() {
        for body in ["81000019800101001", "82000019800101002", "83000019800101003", "91156019800101001"] {
            let number = format!("{body}{}", check_digit(body));
            assert_eq!(read(&number).map(|identity| identity.birth), Ok(date(1980, 1, 1)), "{number}");
        }
    }

    #[test]
    fn a_wrong_number_is_covered_too() {
        assert_eq!(covered("110105 19491231 002"), "11************002");
        assert_eq!(covered("E12345678"), "E1****678");
        assert_eq!(covered("12345678"), "********");
    }
}
