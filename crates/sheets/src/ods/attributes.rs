//! The attributes of tags.

use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;

use crate::error::Fault;
use crate::rows::row::MAX_ROWS;

/// Whether a row or column is hidden.
pub(crate) fn hidden(tag: &BytesStart<'_>) -> Result<bool, Fault> {
    let visibility = attribute(tag, "table:visibility")?;
    Ok(visibility.is_some_and(|visibility| visibility != "visible"))
}

/// The value of an attribute, by its full name.
pub(crate) fn attribute(tag: &BytesStart<'_>, name: &str) -> Result<Option<String>, Fault> {
    let Some(attribute) = tag.try_get_attribute(name).map_err(|_| Fault::Damaged)? else { return Ok(None) };
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|_| Fault::Damaged)?;
    Ok(Some(value.into_owned()))
}

/// A number of rows or columns: 1 unless told, at most a whole sheet.
pub(crate) fn count(tag: &BytesStart<'_>, name: &str) -> Result<u32, Fault> {
    let told = attribute(tag, name)?;
    Ok(told.and_then(|number| number.parse().ok()).unwrap_or(1).clamp(1, MAX_ROWS))
}
