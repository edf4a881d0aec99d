//! Days out in schools: how an office's plan for an officer becomes rows with dates.

use jiff::civil::Date;

use crate::rng::Rng;

/// One row of a ledger: a stay of one or more school days in a row, and the lessons observed in it.
pub struct Outing {
    pub first: Date,
    pub last: Date,
    pub length: usize,
    pub lessons: usize,
}

/// Stays of the given lengths on school days that don't meet each other; the lessons are spread evenly over them.
pub fn outings(rng: &mut Rng, open: &[Date], lengths: &[usize], lessons: usize) -> Vec<Outing> {
    let mut busy = vec![false; open.len()];
    let mut taken: Vec<Outing> = lengths.iter().map(|&length| take(rng, open, &mut busy, length)).collect();
    taken.sort_by_key(|outing| outing.first);
    let rows = taken.len();
    for (at, outing) in taken.iter_mut().enumerate() {
        outing.lessons = lessons / rows + usize::from(at < lessons % rows);
    }
    taken
}

fn take(rng: &mut Rng, open: &[Date], busy: &mut [bool], length: usize) -> Outing {
    loop {
        let at = rng.below(open.len() - length + 1);
        let run = &open[at..at + length];
        let unbroken = run.windows(2).all(|pair| pair[0].tomorrow().is_ok_and(|next| next == pair[1]));
        if unbroken && !busy[at..at + length].contains(&true) {
            busy[at..at + length].fill(true);
            return Outing { first: run[0], last: run[length - 1], length, lessons: 0 };
        }
    }
}

/// Hours in tenths cut into days of training.
pub fn trainings(rng: &mut Rng, open: &[Date], tenths: usize) -> Vec<(Date, f64)> {
    let mut rows = Vec::new();
    let mut left = tenths;
    while left > 0 {
        let part = (*rng.pick(&[60, 75, 80, 120])).min(left);
        rows.push((*rng.pick(open), f64::from(u16::try_from(part).expect("a day's hours")) / 10.0));
        left -= part;
    }
    rows
}
