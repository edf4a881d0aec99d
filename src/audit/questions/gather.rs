//! From what leaves findings open to questions.

use std::collections::{BTreeMap, HashMap};

use super::asked::Asking;
use super::known::Known;
use super::topic::{Open, Sorter, Topic};
use crate::evaluate::Doubts;
use crate::model::{CellRef, Masked, Question, cell_text};

/// How many cells of a question are named.
const CELLS: usize = 20;

/// The questions, those first that free most verdicts.
pub(in crate::audit) fn questions(doubts: &Doubts, known: &Known<'_>) -> Vec<Question> {
    let sorter = Sorter::new(known.registry, known.issues);
    let mut topics: BTreeMap<Topic, Open> = BTreeMap::new();
    for ((of, _), left) in &doubts.0 {
        sorter.sort(*of, left, &mut topics);
    }
    let mut causes: HashMap<u32, u32> = HashMap::new();
    topics.values().flat_map(|open| &open.findings).for_each(|finding| *causes.entry(*finding).or_default() += 1);
    let asking = Asking { known };
    let question = |(topic, open): (&Topic, &Open)| {
        let (ask, answer, lines) = asking.asked(topic, open);
        let alone = open.findings.iter().filter(|finding| causes.get(finding) == Some(&1)).count();
        let cells = open.cells.iter().take(CELLS);
        let name = |at: &CellRef| -> Masked {
            let sheet = known.registry.sheets.get(at.row.sheet);
            sheet.map(|sheet| cell_text(&sheet.path, &sheet.sheet, *at)).unwrap_or_default().into()
        };
        Question {
            ask: ask.into(),
            answer: answer.into(),
            frees: alone,
            concerns: open.findings.len(),
            cells: cells.map(name).collect(),
            lines: lines.into_iter().map(Masked::from).collect(),
            at: open.cells.iter().copied().collect(),
            findings: open.findings.iter().copied().collect(),
        }
    };
    let mut questions: Vec<Question> = topics.iter().map(question).collect();
    questions.sort_by_key(|question| std::cmp::Reverse((question.frees, question.concerns)));
    questions
}
