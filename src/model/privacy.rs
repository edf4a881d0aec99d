//! Personal data leaves the program masked: identity numbers (GB 11643) and phone numbers.

use std::borrow::Cow;

/// Masks the identity numbers and mobile numbers in a text: `35*************123`, `138****1234`.
/// A run of digits counts when it is 15 or more long, or 11 long and begins with 1; full-width digits count as digits.
pub fn mask(text: &str) -> Cow<'_, str> {
    if !has_long_run(text) {
        return Cow::Borrowed(text);
    }
    let characters: Vec<char> = text.chars().collect();
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while at < characters.len() {
        let end = run_end(&characters, at);
        mask_run(&characters[at..end], &mut masked);
        masked.extend(characters.get(end));
        at = end + 1;
    }
    Cow::Owned(masked)
}

/// Whether any run of digits is long enough to be looked at; most cells are not, and cost no allocation.
fn has_long_run(text: &str) -> bool {
    let mut run = 0;
    text.chars().any(|character| {
        run = if is_digit(character) { run + 1 } else { 0 };
        run >= 11
    })
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

/// The end of the run of digits that begins at `start`; the check character X ends an identity number.
fn run_end(characters: &[char], start: usize) -> usize {
    let mut end = start;
    while characters.get(end).is_some_and(|c| is_digit(*c)) {
        end += 1;
    }
    if end - start == 17 && matches!(characters.get(end), Some('X' | 'x' | 'Ｘ' | 'ｘ' | '×')) {
        end += 1;
    }
    end
}

fn mask_run(run: &[char], masked: &mut String) {
    let phone = run.len() == 11 && matches!(run.first(), Some('1' | '１'));
    let (head, tail) = match run.len() {
        11 if phone => (3, 4),
        15.. => (2, 3),
        _ => {
            masked.extend(run);
            return;
        }
    };
    masked.extend(&run[..head]);
    masked.extend(std::iter::repeat_n('*', run.len() - head - tail));
    masked.extend(&run[run.len() - tail..]);
}

#[cfg(test)]
mod tests {
    use super::mask;

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
}
