//! The carried fonts, all under the SIL Open Font License: the PDF embeds them, the HTML version may copy them.

macro_rules! carried {
    ($($name:literal)+) => {
        &[$(($name, include_bytes!(concat!("../../templates/fonts/", $name)))),+]
    };
}

/// Name and bytes of each carried font.
pub fn fonts() -> &'static [(&'static str, &'static [u8])] {
    carried!(
        "NotoSerif-Regular.ttf"
        "NotoSerif-Italic.ttf"
        "NotoSerif-Bold.ttf"
        "NotoSerif-BoldItalic.ttf"
        "NotoSans-Regular.ttf"
        "NotoSans-Bold.ttf"
        "NotoNaskhArabic-Regular.ttf"
        "NotoNaskhArabic-Bold.ttf"
        "NotoSansMath-Operators.ttf"
    )
}
