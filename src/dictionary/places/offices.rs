//! How names of offices are compared: an office by two spellings is possibly one, and a department is none.

use crate::dictionary::form::Form;
use crate::dictionary::words::{normalise, with_hints};

/// The words of `[office-names]`, in their normal form.
#[derive(Debug, Default)]
pub struct OfficeWords {
    /// What the names of offices end with.
    endings: Vec<String>,
    /// What the names of departments end with.
    departments: Vec<String>,
    /// What an office is under, and what may be left out of its name.
    bureaus: Vec<String>,
    /// Characters for places, of which the name of a department has none.
    places: Vec<char>,
    /// Words of headers of where somebody works; words by which they say something else; what stands below one for the own office.
    at_work: Vec<String>,
    at_work_before: Vec<String>,
    here: Vec<String>,
    /// Words of headers of where somebody is on the payroll.
    paid: Vec<String>,
    /// What it comes to that somebody works in another office, and that they are on its payroll.
    elsewhere: String,
    paid_elsewhere: String,
}

/// A longer name is none of a department.
const LONGEST: usize = 6;

impl OfficeWords {
    pub(in crate::dictionary) fn read(form: &Form<'_, '_>) -> OfficeWords {
        let Some(offices) = form.form("office-names") else { return OfficeWords::default() };
        let normal = |key| -> Vec<String> { offices.strings(key).iter().map(|text| normalise(text)).collect() };
        let words = OfficeWords {
            endings: normal("endings"),
            departments: normal("departments"),
            bureaus: normal("bureaus"),
            places: offices.strings("places").iter().flat_map(|text| text.chars()).collect(),
            at_work: normal("at-work"),
            at_work_before: normal("at-work-before"),
            here: normal("here"),
            paid: normal("paid"),
            elsewhere: offices.text("elsewhere").map(|text| text.value).unwrap_or_default(),
            paid_elsewhere: offices.text("paid-elsewhere").map(|text| text.value).unwrap_or_default(),
        };
        offices.finish();
        words
    }

    /// Whether a name ends like that of an office: 教师进修学校, 教研室.
    pub fn is_office(&self, name: &str) -> bool {
        let name = normalise(name);
        self.endings.iter().any(|end| name.ends_with(end.as_str()))
    }

    /// Whether a name is that of a part of an office, which it does not name: 小教部, 语文组.
    pub fn is_department(&self, name: &str) -> bool {
        let name = normalise(name);
        let ends = self.departments.iter().any(|end| name.ends_with(end.as_str()));
        ends && !self.is_office(&name) && name.chars().count() <= LONGEST && !name.contains(self.places.as_slice())
    }

    /// What a column of a roster under this header, in its normal form, says of somebody by another office: where they work, 现工作单位
    /// and not 原工作单位, or are on the payroll. `None` if it says neither.
    pub fn said_elsewhere(&self, normal: &str) -> Option<&str> {
        let holds = |words: &[String]| words.iter().any(|word| normal.contains(word.as_str()));
        match () {
            () if holds(&self.at_work_before) => None,
            () if holds(&self.paid) => Some(&self.paid_elsewhere),
            () => holds(&self.at_work).then_some(self.elsewhere.as_str()),
        }
    }

    /// Whether another office there may excuse somebody from what they lack.
    pub fn excuses(&self, said: &str) -> bool {
        said == self.elsewhere
    }

    /// Whether a text names another office than somebody's own, or none of its parts.
    pub fn is_elsewhere(&self, text: &str, own: Option<&str>) -> bool {
        let normal = normalise(text);
        let is_own = |own: &str| {
            let own = normalise(own);
            own.contains(&normal) || normal.contains(&own) || self.may_be_short(&own, &normal)
        };
        !self.here.contains(&normal) && !self.is_department(&normal) && !own.is_some_and(is_own)
    }

    /// The place with which a name begins: 松岭县 of 松岭县教研室. Empty where it names none.
    pub fn place<'n>(&self, name: &'n str) -> &'n str {
        let is_place = |c: char| self.places.contains(&c);
        let end =
            name.char_indices().filter(|(_, c)| is_place(*c)).map(|(at, c)| at + c.len_utf8()).next_back().unwrap_or(0);
        let place = &name[..end];
        // 县教研室 says of no county which one.
        if place.chars().all(is_place) { "" } else { place }
    }

    /// The office that a longer name names, and its place: 松岭县教研室 of 2023年松岭县教研室教研员花名册.
    pub fn named_in(&self, name: &str) -> Option<(String, String)> {
        let name = with_hints(name);
        let ends = self.endings.iter().flat_map(|end| name.match_indices(end.as_str()));
        let (at, ending) = ends.max_by_key(|(at, ending)| (at + ending.len(), ending.len()))?;
        let front = name[..at].rsplit(|c: char| c.is_ascii() || "年度月日".contains(c)).next()?;
        let place = self.place(front);
        // Those of its towns are of a county.
        let is_told = !place.is_empty() && !place.ends_with(['镇', '乡']);
        is_told.then(|| (format!("{front}{ending}"), place.to_string()))
    }

    /// Whether one name may be short for the other: 县教研室, 松岭县教育局教研室 for 松岭县教研室.
    pub fn may_be_short(&self, one: &str, other: &str) -> bool {
        let bare = |name: &str| {
            let name = normalise(name);
            self.bureaus.iter().fold(name, |name, bureau| name.replace(bureau.as_str(), ""))
        };
        let (one, other) = (bare(one), bare(other));
        !one.is_empty() && !other.is_empty() && (one.ends_with(other.as_str()) || other.ends_with(one.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use crate::dictionary::Dictionary;

    #[test]
    fn an_office_by_another_spelling_may_be_the_same_and_one_of_another_place_is_not() {
        let words = &Dictionary::built_in().people.offices;
        for short in ["教研室", "县教研室", "松岭县教育局教研室", "松岭县教育体育局教研室", "松岭县教研室"]
        {
            assert!(words.may_be_short(short, "松岭县教研室"), "{short}");
        }
        for other in ["江口县教研室", "松岭县教师进修学校", "松岭市教研室"] {
            assert!(!words.may_be_short(other, "松岭县教研室"), "{other}");
        }
    }

    #[test]
    fn a_name_begins_with_its_place() {
        let words = &Dictionary::built_in().people.offices;
        for (name, place) in
            [("松岭县教研室", "松岭县"), ("乌鲁木齐市天山区", "乌鲁木齐市天山区"), ("县教研室", ""), ("教研室", "")]
        {
            assert_eq!(words.place(name), place, "{name}");
        }
    }

    #[test]
    fn a_part_of_an_office_is_told_from_an_office() {
        let words = &Dictionary::built_in().people.offices;
        for department in ["小教部", "中教部", "语文组", "办公室", "中学语文室", "师训科"] {
            assert!(words.is_department(department), "{department}");
        }
        for office in ["教研室", "松岭县教研部", "小学教研室", "教师发展中心", "教科所", "教育局"]
        {
            assert!(!words.is_department(office), "{office}");
        }
    }
}
