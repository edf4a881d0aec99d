//! Any text as a pack, a case file, a calendar and a dictionary: parsed, or refused with diagnostics that stand within
//! the text. A pack that is sound is run.

use std::sync::LazyLock;

use jiaoyan::audit::cases;
use jiaoyan::dictionary::{Dictionary, calendar};
use jiaoyan::model::Diagnostic;
use jiaoyan::pack::{self, Pack};

use super::intake;

/// A small office that a sound pack is run over.
const OFFICE: &str = include_str!("../../seeds/intake/office.txt");

static PACK: LazyLock<Pack> =
    LazyLock::new(|| pack::built_in("jiangmen-2022", Dictionary::built_in()).expect("a built-in pack"));

pub fn check(text: &str) {
    let dictionary = Dictionary::built_in();
    check_defects(text, calendar::parse("校历.toml", text).err());
    check_defects(text, Dictionary::parse("dictionary.toml", text).err());
    match pack::parse("规则.toml", text, "0", dictionary) {
        Ok(pack) => run(pack, dictionary),
        Err(defects) => check_defects(text, Some(defects)),
    }
    match cases::parse("规则.cases.toml", text, &PACK) {
        Ok(cases) => cases.iter().for_each(|case| drop(case.run(&PACK, Dictionary::built_in()))),
        Err(defects) => check_defects(text, Some(defects)),
    }
}

fn check_defects(text: &str, defects: Option<Vec<Diagnostic>>) {
    let Some(defects) = defects else { return };
    assert!(!defects.is_empty(), "refused without a word");
    for defect in defects {
        assert!(!defect.message.is_empty() && defect.line > 0 && defect.column > 0, "{defect:?}");
        assert!(text.get(defect.span.clone()).is_some(), "{defect:?} is not within the text");
    }
}

fn run(pack: Pack, dictionary: &Dictionary) {
    for rule in &pack.rules {
        assert!(!rule.standard(dictionary).is_empty() || !rule.title.is_empty());
    }
    intake::with_settings(OFFICE, |settings| {
        let usual = std::mem::replace(&mut settings.packs, vec![pack]);
        intake::audited(settings);
        settings.packs = usual;
    });
}
