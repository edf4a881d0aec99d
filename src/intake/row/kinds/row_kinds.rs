//! What settles what the rows of a sheet are.

use super::amounts::ToldAmounts;
use super::anything::Anything;
use super::besides::Besides;
use super::columns_beside::{Lengths, LowerLevels, Rivals, SecondColumns, Studied, ToldPeriods, ToldTotals};
use super::dates::ToldDates;
use super::less_told::LessTold;
use super::lessons::{GivenLessons, NamedRoles, ToldLessons};
use super::more_told::MoreTold;
use super::organisers::Organisers;
use super::schools::{SchoolColumns, SchoolRemarks};
use super::taught::Taught;
use super::topics::TopicKinds;
use super::units::AmountUnits;
use crate::dictionary::{Dictionary, Table};
use crate::intake::cell::DateContext;
use crate::intake::issues::IssueLog;
use crate::intake::row::apart::BlockYears;
use crate::intake::row::columns::KnownRow;
use crate::intake::row::record::ParsedRow;
use crate::intake::sheet::Layout;

/// What settles what the rows of a sheet are.
pub(in crate::intake::row) struct RowKinds<'d> {
    lessons: Option<GivenLessons<'d>>,
    roles: Option<NamedRoles<'d>>,
    told: Option<ToldLessons<'d>>,
    anything: Option<Anything<'d>>,
    amounts: Option<ToldAmounts<'d>>,
    more: Option<MoreTold<'d>>,
    less: Option<LessTold<'d>>,
    dates: Option<ToldDates<'d>>,
    periods: Option<ToldPeriods<'d>>,
    rivals: Option<Rivals<'d>>,
    seconds: Option<SecondColumns<'d>>,
    studied: Option<Studied<'d>>,
    totals: Option<ToldTotals>,
    topics: Option<TopicKinds<'d>>,
    organisers: Option<Organisers<'d>>,
    lengths: Option<Lengths<'d>>,
    levels: Option<LowerLevels<'d>>,
    places: Option<SchoolRemarks<'d>>,
    taught: Option<Taught<'d>>,
    units: Option<AmountUnits<'d>>,
    besides: Option<Besides<'d>>,
    schools: Option<SchoolColumns<'d>>,
}

impl<'d> RowKinds<'d> {
    pub(in crate::intake::row) fn of(layout: &Layout, table: &'d Table, dictionary: &'d Dictionary) -> RowKinds<'d> {
        let lessons = GivenLessons::of(layout, table, dictionary);
        let told = if lessons.is_some() { None } else { ToldLessons::of(layout, table, dictionary) };
        let (anything, amounts) = (Anything::of(layout, table, dictionary), ToldAmounts::of(layout, table));
        let (rivals, topics) = (Rivals::of(layout, table, dictionary), TopicKinds::of(layout, table, dictionary));
        let organisers = Organisers::of(layout, table, dictionary);
        let units = AmountUnits::of(layout, table, dictionary);
        let (lengths, taught) = (Lengths::of(layout, table, dictionary), Taught::of(layout, table, dictionary));
        let (seconds, dates) = (SecondColumns::of(layout, table, dictionary), None);
        let studied = Studied::of(layout, table, dictionary);
        let besides = Besides::of(layout, table, dictionary);
        let schools = SchoolColumns::of(layout, table, dictionary);
        RowKinds {
            lessons,
            roles: NamedRoles::of(layout, table, dictionary),
            told,
            anything,
            amounts,
            more: MoreTold::of(layout, table, dictionary),
            less: LessTold::of(layout, table, dictionary),
            dates,
            periods: ToldPeriods::of(layout, table, dictionary),
            rivals,
            seconds,
            studied,
            totals: ToldTotals::of(layout, table, dictionary),
            topics,
            organisers,
            units,
            lengths,
            levels: LowerLevels::of(layout, table, dictionary),
            places: SchoolRemarks::of(layout, table, dictionary),
            taught,
            besides,
            schools,
        }
    }

    /// Takes the titles of the sheet, its own name among them, and what they say of dates, before its rows; and before those below a
    /// title between them, what it says.
    pub(in crate::intake::row) fn start(
        &mut self,
        layout: &Layout,
        table: &'d Table,
        (titles, context): (&[String], &DateContext),
        block: Option<&BlockYears>,
    ) {
        self.dates = ToldDates::of(layout, table, (titles, block));
        if let Some(seconds) = &mut self.seconds {
            seconds.set_context(context);
        }
        self.units.iter_mut().for_each(|units| units.take_titles(titles));
    }

    /// Settles what a row is; false where that cannot be told.
    pub(in crate::intake::row) fn settle(
        &mut self,
        known: KnownRow<'_>,
        parsed: &mut ParsedRow,
        log: &mut IssueLog,
    ) -> bool {
        let row = known.row;
        // What a row is stands in one column before others are asked of it.
        let seconds = self.seconds.as_mut().is_none_or(|seconds| seconds.settle(row, parsed, log));
        let anything = self.anything.as_ref().is_none_or(|anything| anything.settle(row, parsed, log));
        let topics = self.topics.as_mut().is_none_or(|topics| topics.settle(known, parsed, log));
        let is_told = self.roles.as_mut().is_some_and(|roles| roles.settle(parsed, log));
        let told = self.told.as_mut().is_none_or(|told| told.settle(known, is_told, parsed, log));
        let amounts = self.amounts.as_ref().is_none_or(|amounts| amounts.settle(row, parsed, log));
        let dates = self.dates.as_ref().is_none_or(|dates| dates.settle(row, parsed, log));
        let periods = self.periods.as_mut().is_none_or(|periods| periods.settle(row, parsed, log));
        let rivals = self.rivals.as_ref().is_none_or(|rivals| rivals.settle(row, parsed, log));
        let units = self.units.as_ref().is_none_or(|units| units.settle(row, parsed, log));
        if let Some(organisers) = &self.organisers {
            organisers.settle(row, parsed);
        }
        self.totals.iter().for_each(|totals| totals.settle(row, parsed));
        self.besides.iter().for_each(|besides| besides.settle(row, parsed));
        self.schools.iter().for_each(|schools| schools.settle(row, parsed));
        anything
            & told
            & topics
            & amounts
            & self.places.as_mut().is_none_or(|places| places.settle(known, parsed, log))
            & self.levels.as_mut().is_none_or(|levels| levels.settle(known, parsed, log))
            & self.less.as_mut().is_none_or(|less| less.settle(known, parsed, log))
            & self.more.as_ref().is_none_or(|more| more.settle(row, parsed, log))
            & dates
            & periods
            & rivals
            & seconds
            & self.studied.as_ref().is_none_or(|studied| studied.settle(row, parsed, log))
            & self.taught.as_ref().is_none_or(|taught| taught.settle(row, parsed, log))
            & self.lengths.as_ref().is_none_or(|lengths| lengths.settle(row, parsed, log))
            & units
            & self.lessons.as_ref().is_none_or(|lessons| lessons.settle(row, parsed, log))
    }
}
