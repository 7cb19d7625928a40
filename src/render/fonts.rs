//! The fonts that the program carries: one family for Latin, Greek and Cyrillic in two styles, one for Arabic.
//! They are data under the SIL Open Font License, which stands beside them.

macro_rules! fonts {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_bytes!(concat!("../../templates/fonts/", $name)))),+]
    };
}

/// File names and bytes.
pub fn fonts() -> &'static [(&'static str, &'static [u8])] {
    fonts![
        "NotoSerif-Regular.ttf",
        "NotoSerif-Italic.ttf",
        "NotoSerif-Bold.ttf",
        "NotoSerif-BoldItalic.ttf",
        "NotoSans-Regular.ttf",
        "NotoSans-Bold.ttf",
        "NotoNaskhArabic-Regular.ttf",
        "NotoNaskhArabic-Bold.ttf",
    ]
}
