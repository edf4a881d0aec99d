//! The dates of the numbers that spreadsheets keep.

use jiff::civil::Date;

/// The first and last serial of the 1900 system that a date can have: 1 is 1900-01-01.
const SERIALS: std::ops::RangeInclusive<f64> = 1.0..=2_958_465.999_999;

/// The date of a serial of the 1900 system. Its 60 is a day that never was (1900-02-29).
pub(crate) fn from_serial(serial: f64) -> Option<Date> {
    if !SERIALS.contains(&serial) || serial.floor() == 60.0 {
        return None;
    }
    // In range, so exact.
    #[allow(clippy::cast_possible_truncation)]
    let days = serial.floor() as i64 - if serial < 60.0 { 0 } else { 1 };
    date_of(days)
}

/// The date so many days after 1899-12-31; calendar arithmetic of the library costs as much as all else of a cell.
fn date_of(days: i64) -> Option<Date> {
    /// The days of 400 years, from a 1 March to the one before which the leap years begin anew.
    const CYCLE: i64 = 146_097;
    /// The days from 1600-03-01 to 1899-12-31.
    const BEFORE: i64 = 109_512;
    let days = days + BEFORE;
    let (cycle, day) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
    // The last day of a cycle and of its leap years is a 29 February, behind 365 others.
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    // From March on, five months have 153 days.
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (later, month) = if month < 10 { (0, month + 3) } else { (1, month - 9) };
    let year = 1600 + 400 * cycle + year + later;
    Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
}
