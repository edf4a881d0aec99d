//! Whose own book a sheet is: 王大明听课记录.xlsx says nothing of what others did.

use crate::dictionary::spelt;
use crate::intake::Registry;

/// By sheet, the only person whom the names of sheet or file call. `None` where they call nobody, or several.
pub(in crate::evaluate) fn owners(registry: &Registry<'_>) -> Vec<Option<u32>> {
    let names: Vec<(u32, String)> = (0..)
        .zip(&registry.staff)
        .map(|(place, person)| (place, spelt(&person.name)))
        .filter(|(_, name)| name.chars().count() > 1)
        .collect();
    let sheets = (0..).map_while(|sheet| registry.sheets.get(sheet));
    let owner = |called: String| {
        let called = spelt(&called);
        let longest = names.iter().filter(|(_, name)| called.contains(name.as_str()));
        let mut longest = longest.collect::<Vec<_>>();
        let most = longest.iter().map(|(_, name)| name.len()).max()?;
        longest.retain(|(_, name)| name.len() == most);
        if let [(place, _)] = longest.as_slice() { Some(*place) } else { None }
    };
    sheets
        .map(|name| owner(format!("{} {}", name.path.rsplit(['/', '\\']).next().unwrap_or_default(), name.sheet)))
        .collect()
}
