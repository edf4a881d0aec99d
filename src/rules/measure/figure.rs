//! `figure`: the value of an item in 年度数据, which an office only knows as a total.

use std::collections::BTreeSet;

use crate::rules::fold::{Doubt, ItemFigure};
use crate::rules::prelude::*;

#[derive(Clone, Debug, PartialEq)]
pub struct YearFigure {
    item: WordId,
}

impl Kind for YearFigure {
    type State = NoRows;

    fn read(written: &Written<'_, '_, '_>, scope: &Scope<'_>) -> Option<YearFigure> {
        written.table(|form| {
            let item = form.required_text("item");
            let list = scope.dictionary.list(scope.dictionary.schema.figures.items);
            let found = list.named(&item.value);
            if found.is_none() {
                let names: Vec<&str> = list.names().collect();
                let help = format!("{}可以写：{}", nearest(&item.value, list.names()), names.join("、"));
                form.source().defect(item.span, format!("年度数据没有项目“{}”", item.value), help);
            }
            Some(YearFigure { item: *found?.first()? })
        })
    }

    fn words(&self, phrases: Phrases<'_>) -> String {
        let figures = phrases.dictionary.schema.figures;
        let own = phrases.of(figures.table);
        let field = phrases.dictionary.table(figures.table).field(figures.item);
        format!("{}的{}", own.sheet(), own.words(&[self.item], field))
    }

    fn needs(&self, needs: &mut Needs<'_>) {
        needs.figure(self.item);
    }

    fn outcome(&self, _: Gathered<'_, NoRows>, at: &impl Viewpoint) -> Measured {
        let dictionary = at.dictionary();
        let figures = dictionary.schema.figures;
        if !at.has_rows(figures.table) {
            return Measured::without(figures.table, at);
        }
        let found = at.figure(self.item).unwrap_or_default();
        let mut measured =
            Measured { amount: found.amount, figure: Some((self.item, found.unit)), ..Measured::default() };
        measured.citations.rows = u32::try_from(found.cells.len()).unwrap_or(u32::MAX);
        measured.citations.sure.clone_from(&found.cells);
        let cause = |words: String| Cause::new(Uncertain::Figure(self.item), words).at(found.cells.iter().copied());
        let name = dictionary.list(figures.items).word(self.item);
        let sheet = &dictionary.table(figures.table).sheet;
        match &measured.amount {
            Some(_) if found.unit == FigureUnit::Mixed => {
                measured.lacks.push(cause(format!("{sheet}中“{name}”的金额有的写了单位，有的没有")));
            }
            None => {
                measured.lacks.push(cause(format!("{sheet}中没有这个单位“{name}”的数")));
                measured.lacks.extend(at.unread(figures.table));
            }
            Some(_) if !found.years.is_empty() => {
                let (year, window) = (&dictionary.table(figures.table).field(figures.year).header, at.window());
                let words = format!("{sheet}中“{name}”的“{year}”写的不是{}，是不是这一年的数不能确定", window.label);
                let of = Uncertain::Rows(figures.table, Doubt::OtherYear(figures.year));
                measured.lacks.push(Cause::new(of, words).at(found.years.iter().copied()));
            }
            Some(amount) if amount.exact().is_none() && !found.denied.is_empty() => {
                let words = format!("{sheet}中“{name}”的一行，旁边写着可能不是这个单位这一年全部实际数的话");
                measured.lacks.extend(denied(&found, figures.table, &words));
            }
            Some(amount) if amount.exact().is_none() => {
                measured.lacks.push(cause(format!("{sheet}中“{name}”的数不能确定")));
            }
            // A sheet that was not read may have another figure of it.
            Some(_) => {
                measured.lacks.extend(at.unread(figures.table));
                if !measured.lacks.is_empty() {
                    measured.amount = Some(Amount { low: Decimal::ZERO, high: None });
                }
            }
        }
        measured
    }
}

/// What denies rows of a figure, column by column.
fn denied(found: &ItemFigure, table: TableId, words: &str) -> Vec<Cause> {
    let columns: BTreeSet<u32> = found.denied.iter().map(|cell| cell.column).collect();
    let of = |column| {
        let cells = found.denied.iter().filter(move |cell| cell.column == column).copied();
        Cause::new(Uncertain::Rows(table, Doubt::Denied(column)), words.to_string()).at(cells)
    };
    columns.into_iter().map(of).collect()
}
