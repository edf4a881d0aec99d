//! The charts of 汇总 and of the 总表. They can be read in black and white, by shades, patterns and figures on the bars.

use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartDataLabel, ChartDataLabelPosition, ChartFont, ChartFormat, ChartLayout,
    ChartLegendPosition, ChartLine, ChartPatternFill, ChartPatternFillType, ChartSolidFill, ChartType, Color,
};

use super::formats::{BODY_FONT, HEAD_FONT};
use crate::model::{Counts, Verdict};

/// A part of a bar that is smaller than this has no room for its figure; the table above the chart has it.
const SMALLEST: f64 = 0.03;
/// The height of a bar of a rate in points, and of title and scale in bars.
const RATE: f64 = 14.0;
const RATE_EDGES: f64 = 5.0;
/// Fewer bars than this take the room of so many, so that their labels are not left out.
const FEWEST: f64 = 5.0;
const BLACK: Color = Color::RGB(0x000000);
const WHITE: Color = Color::RGB(0xFFFFFF);

/// The first and the last row that a chart draws, from 0.
type DrawnRows = (u32, u32);

/// A verdict that is drawn: the column of its counts, and what it is called.
pub(crate) struct Series<'a> {
    pub(crate) verdict: Verdict,
    pub(crate) name: &'a str,
    pub(crate) column: u16,
}

/// The verdicts of each heading, as parts of what was due; the names of the headings stand in the first column.
pub(crate) fn verdicts(sheet: &str, rows: DrawnRows, series: &[Series], counts: &[Counts]) -> Chart {
    let mut chart = Chart::new(ChartType::BarPercentStacked);
    for one in series {
        let labels: Vec<ChartDataLabel> = counts.iter().map(|counts| label_of(*counts, one.verdict)).collect();
        chart
            .add_series()
            .set_name(one.name)
            .set_categories((sheet, rows.0, 0, rows.1, 0))
            .set_values((sheet, rows.0, one.column, rows.1, one.column))
            .set_format(&mut fill(one.verdict))
            .set_data_label(&on_bar())
            .set_custom_data_labels(&labels)
            .set_gap(50);
    }
    dress(&mut chart, "各督导内容的结论构成（条上数字为项数）", "占应检的比例");
    chart.x_axis().set_num_format("0%").set_min(0).set_max(1).set_major_unit(0.2);
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.1, 0.17).set_dimensions(0.86, 0.52));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font(BODY_FONT, 10));
    chart
}

/// The largest shortfalls: labels in one column, parts of the bound in another.
pub(crate) fn shortfalls(sheet: &str, rows: DrawnRows, labels: u16, values: u16, largest: f64) -> Chart {
    let title = "差额最大的问题（差额占标准的比例）";
    let mut chart = bars(sheet, rows, (labels, values), ["差额占标准的比例", title, "差额÷标准"]);
    // Beyond the longest bar there is room for what is written on it.
    chart.x_axis().set_max((largest * 12.0).ceil() / 10.0);
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.34, 0.15).set_dimensions(0.62, 0.65));
    chart
}

/// Rates beside each other: labels in one column, rates in another.
pub(crate) fn rates(sheet: &str, rows: DrawnRows, labels: u16, values: u16, rate: &str, title: &str) -> Chart {
    let mut chart = bars(sheet, rows, (labels, values), [rate, title, rate]);
    chart.x_axis().set_max(1.1).set_major_unit(0.2);
    let count = f64::from(rows.1.saturating_sub(rows.0) + 1).max(FEWEST);
    // Title, scale and its name take the same room below and above however many bars there are.
    let inside = count / (count + RATE_EDGES);
    let above = 0.45 * (1.0 - inside);
    chart.plot_area().set_layout(&ChartLayout::new().set_offset(0.34, above).set_dimensions(0.62, inside));
    chart
}

pub(crate) fn rates_height(count: usize) -> f64 {
    ((count as f64).max(FEWEST) + RATE_EDGES) * RATE
}

/// Grey bars with their figures at the end: what they show, and the titles of the chart and of its scale.
fn bars(sheet: &str, rows: DrawnRows, (labels, values): (u16, u16), [name, title, scale]: [&str; 3]) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let grey = ChartSolidFill::new().set_color(Color::RGB(0x7F7F7F)).clone();
    let mut bar = outlined(ChartFormat::new().set_solid_fill(&grey));
    let label = ChartDataLabel::new()
        .show_value()
        .set_num_format("0.0%")
        .set_position(ChartDataLabelPosition::OutsideEnd)
        .set_font(&font(BODY_FONT, 9))
        .clone();
    chart
        .add_series()
        .set_name(name)
        .set_categories((sheet, rows.0, labels, rows.1, labels))
        .set_values((sheet, rows.0, values, rows.1, values))
        .set_format(&mut bar)
        .set_data_label(&label)
        .set_gap(40);
    dress(&mut chart, title, scale);
    chart.x_axis().set_num_format("0%").set_min(0);
    chart.y_axis().set_font(&font(BODY_FONT, 9)).set_label_interval(1);
    chart.legend().set_hidden();
    chart
}

fn outlined(format: &mut ChartFormat) -> ChartFormat {
    format.set_border(ChartLine::new().set_color(BLACK).set_width(0.75)).clone()
}

/// What all charts share: Chinese fonts, the first row on top, the scale at the bottom.
fn dress(chart: &mut Chart, title: &str, scale: &str) {
    chart.title().set_name(title).set_font(&font(HEAD_FONT, 12)).set_overlay(false);
    chart.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_font(&font(BODY_FONT, 10));
    chart.x_axis().set_name(scale).set_name_font(&font(BODY_FONT, 10)).set_font(&font(BODY_FONT, 9));
    let pale = ChartLine::new().set_color(Color::RGB(0xBFBFBF)).set_width(0.5).clone();
    chart.x_axis().set_major_gridlines_line(&pale);
    chart
        .chart_area()
        .set_format(ChartFormat::new().set_border(ChartLine::new().set_color(Color::RGB(0x7F7F7F)).set_width(0.75)));
    chart.set_alt_text(title);
}

/// The count on a part of a bar, where there is room for it.
fn label_of(counts: Counts, verdict: Verdict) -> ChartDataLabel {
    let part = counts.of(verdict) as f64 / counts.due().max(1) as f64;
    if part < SMALLEST { ChartDataLabel::new().set_hidden().to_custom() } else { on_bar().to_custom() }
}

/// A figure on a white ground, so that no pattern runs through it.
fn on_bar() -> ChartDataLabel {
    ChartDataLabel::new()
        .show_value()
        .set_position(ChartDataLabelPosition::Center)
        .set_font(&font(BODY_FONT, 9))
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(WHITE)))
        .clone()
}

/// The fill of a verdict, known by its pattern where there is no colour.
fn fill(verdict: Verdict) -> ChartFormat {
    let solid = |colour: u32| {
        let fill = ChartSolidFill::new().set_color(Color::RGB(colour)).clone();
        ChartFormat::new().set_solid_fill(&fill).clone()
    };
    let pattern = |kind: ChartPatternFillType, colour: u32| {
        let mut fill = ChartPatternFill::new();
        fill.set_pattern(kind).set_foreground_color(Color::RGB(colour)).set_background_color(WHITE);
        ChartFormat::new().set_pattern_fill(&fill).clone()
    };
    outlined(&mut match verdict {
        Verdict::Met => solid(0xD5E8C8),
        Verdict::Unmet => solid(0xA03020),
        Verdict::Review => pattern(ChartPatternFillType::DiagonalStripesWideUpwards, 0x9C6500),
        Verdict::Pending => solid(0xA6A6A6),
        Verdict::Waived => pattern(ChartPatternFillType::HorizontalStripesLight, 0x404040),
        Verdict::NotApplicable => solid(0xFFFFFF),
    })
}

fn font(name: &str, size: u8) -> ChartFont {
    ChartFont::new().set_name(name).set_size(size).unset_bold().clone()
}
