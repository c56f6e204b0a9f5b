//! Numbers and dates as each language writes them. Formatters are made once a language.

use std::sync::LazyLock;

use icu::calendar::Gregorian;
use icu::datetime::FixedCalendarDateTimeFormatter;
use icu::datetime::fieldsets::{YMD, YMDE};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::{Locale as IcuLocale, locale};
use jiff::civil::{Date, Time};
use parvis_core::Locale;

pub(crate) struct Formats {
    decimal: DecimalFormatter,
    day: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    weekday: FixedCalendarDateTimeFormatter<Gregorian, YMDE>,
    short: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
}

static FR: LazyLock<Formats> = LazyLock::new(|| Formats::new(&locale!("fr")));
// Day before month, as in France: English here is the European kind.
static EN: LazyLock<Formats> = LazyLock::new(|| Formats::new(&locale!("en-GB")));

impl Formats {
    fn new(tag: &IcuLocale) -> Self {
        const HELD: &str = "the data of both languages are compiled in";
        Self {
            decimal: DecimalFormatter::try_new(tag.into(), Default::default()).expect(HELD),
            day: FixedCalendarDateTimeFormatter::try_new(tag.into(), YMD::long()).expect(HELD),
            weekday: FixedCalendarDateTimeFormatter::try_new(tag.into(), YMDE::long()).expect(HELD),
            short: FixedCalendarDateTimeFormatter::try_new(tag.into(), YMD::medium()).expect(HELD),
        }
    }

    pub(crate) fn of(locale: Locale) -> &'static Self {
        match locale {
            Locale::Fr => &FR,
            Locale::En => &EN,
        }
    }
}

pub(crate) fn number(locale: Locale, n: i64) -> String {
    Formats::of(locale).decimal.format_to_string(&Decimal::from(n))
}

/// `part` of `whole` in percent, one decimal at most, rounded half up; 0 % of nothing.
pub(crate) fn percent(locale: Locale, part: i64, whole: i64) -> String {
    let tenths = if whole <= 0 {
        0
    } else {
        let (part, whole) = (i128::from(part), i128::from(whole));
        i64::try_from((part * 2000 + whole).div_euclid(whole * 2)).unwrap_or(i64::MAX)
    };
    let mut decimal = Decimal::from(tenths);
    decimal.multiply_pow10(-1);
    decimal.absolute.trim_end();
    let figure = Formats::of(locale).decimal.format_to_string(&decimal);
    match locale {
        Locale::Fr => format!("{figure}\u{202f}%"),
        Locale::En => format!("{figure}%"),
    }
}

fn gregorian(date: Date) -> icu::calendar::Date<Gregorian> {
    let month = u8::try_from(date.month()).unwrap_or(1);
    let day = u8::try_from(date.day()).unwrap_or(1);
    icu::calendar::Date::try_new_gregorian(i32::from(date.year()), month, day)
        .expect("a date of the time library exists in the calendar it uses")
}

fn first_of_month(locale: Locale, date: Date, written: String) -> String {
    if locale == Locale::Fr && date.day() == 1 { written.replacen("1 ", "1er ", 1) } else { written }
}

pub(crate) fn day(locale: Locale, date: Date) -> String {
    let icu = gregorian(date);
    first_of_month(locale, date, Formats::of(locale).day.format(&icu).to_string())
}

// Without the comma of the British tables: “Monday 23 November”, as people write it.
pub(crate) fn weekday(locale: Locale, date: Date) -> String {
    let icu = gregorian(date);
    first_of_month(locale, date, Formats::of(locale).weekday.format(&icu).to_string().replace(',', ""))
}

pub(crate) fn short(locale: Locale, date: Date) -> String {
    let icu = gregorian(date);
    first_of_month(locale, date, Formats::of(locale).short.format(&icu).to_string())
}

/// `18 h 30`, `6:30 pm`: how each language says the time in a sentence (the tables of ICU give `18:30`).
pub(crate) fn time(locale: Locale, time: Time) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match (locale, minute) {
        (Locale::Fr, 0) => format!("{hour}\u{a0}h"),
        (Locale::Fr, _) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        (Locale::En, _) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 {
                format!("{twelve}\u{a0}{half}")
            } else {
                format!("{twelve}:{minute:02}\u{a0}{half}")
            }
        }
    }
}
