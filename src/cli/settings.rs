//! What a check needs: arguments become settings here, once, and whatever is wrong with them is said before any input
//! is read.

use std::path::PathBuf;

use jiff::civil::Date;
use sheets::TextEncoding;

use super::args::{Annotate, AuditArgs, CheckArgs, Encoding, Format};
use super::destination::{self, Destination, Product};
use super::typed::WIDE_DASHES;
use super::watch::Limits;
use super::{Refusal, Typed, choose, pack_source};
use crate::audit::Settings;
use crate::dictionary::Dictionary;
use crate::model::{FileStamp, PackStamp, Period};
use crate::pack::{Pack, built_in_ids};
use crate::report::{PackSource, RunOptions};

/// An audit that can be run.
pub struct Asked {
    pub settings: Settings,
    /// Of the office's calendar file, where one is given.
    pub calendar_digest: Option<String>,
    /// Of the file with the office's own headers, where one is given.
    pub columns_digest: Option<String>,
    /// The files behind the packs, the calendar and the office's headers, as they were named.
    pub named: Named,
    /// What is allowed and yet odd.
    pub remarks: Vec<String>,
}

/// What the command line names besides the inputs.
#[derive(Default)]
pub struct Named {
    /// In the order of the packs.
    pub packs: Vec<PathBuf>,
    pub calendar: Option<PathBuf>,
    pub columns: Option<PathBuf>,
}

impl Asked {
    /// # Errors
    /// A setting that has no meaning, or a calendar that cannot be read.
    pub fn new(
        args: AuditArgs,
        inputs: Vec<PathBuf>,
        packs: Packs<'_>,
        threads: usize,
        today: Date,
    ) -> Result<Asked, Refusal> {
        let period = args.period.as_deref().map(Period::parse).transpose();
        let period = period.map_err(|error| Refusal::new(error.to_string()))?;
        let as_of = args.as_of.as_deref().map(day).transpose()?;
        let level = args.level.as_deref().map(level).transpose()?;
        let institution = args.institution.as_deref().map(institution).transpose()?;
        let packs = packs(&args.packs)?;
        if let Some(as_of) = as_of {
            refuse_early(as_of, period.or_else(|| default_period(&packs, today)))?;
        }
        let calendar = args.calendar.as_deref().map(pack_source::load_calendar).transpose()?;
        let (calendar, calendar_digest) = calendar.unzip();
        let columns = args.columns.as_deref().map(pack_source::load_columns).transpose()?;
        let (columns, columns_digest) = columns.unzip();
        let columns = columns.unwrap_or_default();
        let late = as_of.filter(|as_of| *as_of > today);
        let remarks = late.map(|as_of| format!("核查日 {as_of} 还没有到，今天是 {today}")).into_iter().collect();
        let calendar = calendar.unwrap_or_default();
        let encoding = args.encoding.map(Encoding::of_text);
        let settings = Settings {
            inputs,
            packs,
            period,
            as_of,
            level,
            institution,
            columns,
            calendar,
            whole_copies: false,
            encoding,
            threads,
            today,
        };
        let named = Named { packs: args.packs, calendar: args.calendar, columns: args.columns };
        Ok(Asked { settings, calendar_digest, columns_digest, named, remarks })
    }
}

/// Loads the packs that the command line names.
pub type Packs<'p> = &'p dyn Fn(&[PathBuf]) -> Result<Vec<Pack>, Refusal>;

/// Loads the packs of a check, of which there must be one.
pub fn packs_of(typed: &Typed) -> impl Fn(&[PathBuf]) -> Result<Vec<Pack>, Refusal> {
    |named| if named.is_empty() { Err(choose::not_given(typed)) } else { pack_source::load(named) }
}

/// A check that can be run.
pub struct Plan {
    pub asked: Asked,
    pub destination: Destination,
    pub product: Product,
    pub format: Format,
    pub quiet: bool,
}

impl Plan {
    /// # Errors
    /// Anything that speaks against running the check, the packs' defects last.
    pub fn new(args: CheckArgs, typed: &Typed, today: Date) -> Result<Plan, Refusal> {
        refuse_missing(&args.inputs)?;
        if args.folder.resume {
            let sentence = "--resume 要和 --each-folder 一起用";
            return Err(Refusal::new(sentence).advise("只核查一个单位时，请去掉 --resume 再运行"));
        }
        let product = product(&args)?;
        let destination = destination(&args, product)?;
        let threads = Limits::threads(&args.limits)?;
        let mut asked = Asked::new(args.audit, args.inputs, &packs_of(typed), threads, today)?;
        asked.settings.whole_copies = args.annotate == Annotate::All;
        Ok(Plan { asked, destination, product, format: args.format, quiet: args.quiet })
    }
}

/// What the run was asked for and what it took where nothing was said, for the report. Where the report is written
/// is left out: the same audit gives the same report anywhere.
pub fn options(asked: &Asked) -> Vec<(String, String)> {
    let settings = &asked.settings;
    let taken =
        |value: String, was_given: bool| if was_given { value } else { format!("{value}（未指定，按默认）") };
    let given = |value: &Option<String>| value.clone().unwrap_or_else(|| "未指定".to_string());
    let period = taken(settings.period().label(), settings.period.is_some());
    let as_of = taken(settings.as_of().to_string(), settings.as_of.is_some());
    let calendar = match &asked.calendar_digest {
        Some(digest) => format!("SHA-256 {digest}"),
        None => "未提供，学期按默认日期（9月1日至1月31日、2月1日至8月31日），不考虑节假日".to_string(),
    };
    let columns = match &asked.columns_digest {
        Some(digest) => format!("SHA-256 {digest}"),
        None => "未提供，只认标准表头和常见的写法".to_string(),
    };
    let copies = match settings.whole_copies {
        true => "保留全部行",
        false => "未指定，行数较多的表只保留表头、有问题的行和依据的前几行",
    };
    let named = [
        ("核查年度", period),
        ("核查日", as_of),
        ("默认层级", given(&settings.level)),
        ("默认单位", given(&settings.institution)),
        ("校历", calendar),
        ("csv 文字编码", settings.encoding.map_or("未指定，自动识别", TextEncoding::name).to_string()),
        ("表头对照", columns),
        ("原表副本", copies.to_string()),
    ];
    named.into_iter().map(|(name, value)| (name.to_string(), value)).collect()
}

/// The same in the form that `verify` runs the audit again with.
pub fn recorded(asked: &Asked) -> RunOptions {
    let (settings, named) = (&asked.settings, &asked.named);
    let stamp = |path: &Option<PathBuf>, digest: &Option<String>| {
        let (path, sha256) = path.as_ref().zip(digest.clone())?;
        Some(FileStamp { path: path.display().to_string(), sha256 })
    };
    let source = |(pack, name): (&Pack, &PathBuf)| PackSource {
        id: pack.id.clone(),
        sha256: pack.sha256.clone(),
        path: Some(name.display().to_string()).filter(|name| !built_in_ids().any(|id| id == name)),
        base: pack.base.as_ref().map(|base| PackStamp { id: base.id.clone(), sha256: base.sha256.clone() }),
    };
    RunOptions {
        period: settings.period().id(),
        period_given: settings.period.is_some(),
        as_of: settings.as_of(),
        as_of_given: settings.as_of.is_some(),
        level: settings.level.clone(),
        institution: settings.institution.clone(),
        calendar: stamp(&named.calendar, &asked.calendar_digest),
        columns: stamp(&named.columns, &asked.columns_digest),
        encoding: settings.encoding.map(|encoding| encoding.name().to_string()),
        whole_copies: settings.whole_copies,
        packs: settings.packs.iter().zip(&named.packs).map(source).collect(),
    }
}

/// # Errors
/// What names people is asked for in a form for the public.
fn product(args: &CheckArgs) -> Result<Product, Refusal> {
    let format = match args.format {
        _ if !args.publish => return Ok(Product::Report),
        Format::Text => return Ok(Product::Published),
        Format::Json => "json",
        Format::Csv => "csv",
        Format::Jsonl => "jsonl",
        Format::Md => "md",
    };
    let sentence = format!("--publish 不能和 --format {format} 一起用：公示版只写成工作簿，{format} 里有姓名");
    Err(Refusal::new(sentence).advise("请去掉其中一个"))
}

fn destination(args: &CheckArgs, product: Product) -> Result<Destination, Refusal> {
    match (&args.output, args.format) {
        (Some(path), _) => destination::named(path, product, &args.inputs, args.force),
        (None, _) if args.force => {
            Err(Refusal::new("--force 要和 -o 一起用").advise("不写 -o 时报告总是写成新文件，不会覆盖"))
        }
        (None, Format::Text) => Ok(Destination::FreeName),
        (None, Format::Json | Format::Csv | Format::Jsonl | Format::Md) => Ok(Destination::Nowhere),
    }
}

/// # Errors
/// Inputs that are not there.
pub fn refuse_missing(inputs: &[PathBuf]) -> Result<(), Refusal> {
    let is_missing = |path: &&PathBuf| matches!(path.try_exists(), Ok(false));
    let missing: Vec<String> = inputs.iter().filter(is_missing).map(|path| path.display().to_string()).collect();
    if let Some(option) = missing.iter().find(|name| name.starts_with(WIDE_DASHES)) {
        let right = option.trim_start_matches(WIDE_DASHES);
        return Err(Refusal::new(format!("“{option}”开头的横线不对；选项要用两个半角减号，写成 --{right}")));
    }
    if missing.is_empty() {
        return Ok(());
    }
    let names: String = missing.iter().map(|name| format!("《{name}》")).collect();
    let advice = "请检查名称和所在的文件夹是否写对；名称中有空格时，前后加英文双引号";
    Err(Refusal::new(format!("找不到{names}")).advise(advice))
}

pub(super) fn day(text: &str) -> Result<Date, Refusal> {
    let has_form = text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| match at {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let date = if has_form { text.parse().ok() } else { None };
    date.ok_or_else(|| Refusal::new(format!("--as-of 的“{text}”不是日期；请写成 2023-12-31 的样子")))
}

pub(super) fn level(text: &str) -> Result<String, Refusal> {
    let list = Dictionary::built_in().lists.iter().find(|list| list.id == "level");
    let Some(list) = list else { return Ok(text.to_string()) };
    match list.one(text) {
        Some(word) => Ok(list.word(word).to_string()),
        None => {
            let words: Vec<&str> = list.words.iter().rev().map(String::as_str).collect();
            Err(Refusal::new(format!("--level 不能写“{text}”；可以写：{}", words.join("、"))))
        }
    }
}

pub(super) fn institution(text: &str) -> Result<String, Refusal> {
    match text.trim() {
        "" => Err(Refusal::new("--institution 后面没有写单位名称")),
        name => Ok(name.to_string()),
    }
}

/// The audit year that is taken where none is given, when all packs agree on its kind.
fn default_period(packs: &[Pack], today: Date) -> Option<Period> {
    let school = packs.first()?.school_year;
    packs.iter().all(|pack| pack.school_year == school).then(|| Period::latest_ended(school, today))
}

fn refuse_early(as_of: Date, period: Option<Period>) -> Result<(), Refusal> {
    match period {
        Some(period) if as_of < period.start() => {
            let sentence = format!("核查日 {as_of} 早于核查年度（{}）的第一天 {}", period.label(), period.start());
            Err(Refusal::new(sentence).advise("请改 --as-of，或用 --period 指定年度"))
        }
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_in_one_way() {
        assert_eq!(day("2023-12-31"), Ok(jiff::civil::date(2023, 12, 31)));
        for wrong in ["", "2023-02-30", "20231231", "2023/12/31", "+002023-12-31", "2023-12-31T00:00", "２０２３-12-31"]
        {
            assert!(day(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_level_is_taken_by_any_of_its_names() {
        assert_eq!(level("区级"), Ok("县级".to_string()));
        assert_eq!(level("省级"), Err(Refusal::new("--level 不能写“省级”；可以写：市级、县级、镇街")));
    }
}
