//! The world that Typst sees: files in memory, carried fonts, one date. No disk, no packages, no clock.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

use super::generate::{LIBRARIES, MAIN, TEMPLATES};
use crate::diag;
use crate::document::draft::Draft;
use crate::render::Theme;

/// Where a file of the world comes from.
#[derive(Clone, Debug)]
pub enum Provenance {
    User(diag::FileId),
    Builtin,
    Generated,
    Image,
}

struct Held {
    from: Provenance,
    bytes: Bytes,
    source: Option<Source>,
}

/// Fonts and what is known about them.
pub struct Fonts {
    book: LazyHash<FontBook>,
    list: Vec<Font>,
}

impl Fonts {
    /// The carried fonts; those of the user's `templates/fonts/` come first.
    pub fn new(theme: &Theme) -> Arc<Self> {
        static CARRIED: OnceLock<Arc<Fonts>> = OnceLock::new();
        let carried = CARRIED.get_or_init(|| {
            let list =
                crate::render::fonts::fonts().iter().flat_map(|(_, bytes)| Font::iter(Bytes::new(*bytes))).collect();
            Arc::new(Fonts::of(list))
        });
        let mut own: Vec<Font> = theme
            .files
            .iter()
            .filter(|file| file.name.starts_with("fonts/"))
            .flat_map(|file| Font::iter(Bytes::new(file.bytes.to_vec())))
            .collect();
        if own.is_empty() {
            return carried.clone();
        }
        own.extend(carried.list.iter().cloned());
        Arc::new(Fonts::of(own))
    }

    fn of(list: Vec<Font>) -> Self {
        Fonts { book: LazyHash::new(FontBook::from_fonts(&list)), list }
    }

    /// True if some font has `c`.
    pub fn cover(&self, c: char) -> bool {
        self.list.iter().any(|font| font.info().coverage.contains(u32::from(c)))
    }
}

/// The world of one draft.
pub struct DraftWorld {
    main: FileId,
    files: HashMap<FileId, Held>,
    fonts: Arc<Fonts>,
    today: Option<Datetime>,
}

fn library() -> &'static LazyHash<Library> {
    static LIBRARY: OnceLock<LazyHash<Library>> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        // `pdf.header-cell`, for cells that head their row.
        let features: Features = [Feature::A11yExtras].into_iter().collect();
        LazyHash::new(Library::builder().with_features(features).build())
    })
}

fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl DraftWorld {
    pub fn new(
        draft: &Draft,
        theme: &Theme,
        generated: &std::collections::BTreeMap<String, String>,
        fonts: Arc<Fonts>,
    ) -> Option<Self> {
        let mut world = DraftWorld { main: file_id(MAIN)?, files: HashMap::new(), fonts, today: today(&draft.date) };
        for (name, text) in LIBRARIES {
            world.add(name, Provenance::Builtin, Bytes::from_string(*text));
        }
        for file in &theme.files {
            let Some(name) = file.name.strip_prefix("pdf/") else {
                continue;
            };
            let template = TEMPLATES.iter().any(|(own, _)| *own == name);
            let same = LIBRARIES.iter().any(|(own, text)| *own == name && text.as_bytes() == &*file.bytes);
            if !template && !same {
                // Places count in the text without a byte-order mark.
                let bytes = match &file.text {
                    Some(text) => Bytes::from_string(text.to_string()),
                    None => Bytes::new(file.bytes.to_vec()),
                };
                world.add(name, Provenance::User(file.id), bytes);
            }
        }
        for (path, bytes) in &draft.images {
            let bytes = Bytes::new(bytes.to_vec());
            world.add(&format!("images/{path}"), Provenance::Image, bytes);
        }
        for (name, text) in generated {
            let bytes = Bytes::from_string(text.clone());
            world.add(name, Provenance::Generated, bytes);
        }
        Some(world)
    }

    fn add(&mut self, path: &str, from: Provenance, bytes: Bytes) {
        let Some(id) = file_id(path) else { return };
        let source = match path.ends_with(".typ") {
            true => bytes.as_str().ok().map(|text| Source::new(id, text.to_string())),
            false => None,
        };
        self.files.insert(id, Held { from, bytes, source });
    }

    /// Where the file comes from, its name in the world, and its text.
    pub fn describe(&self, id: FileId) -> Option<(&Provenance, &str, Option<&str>)> {
        let held = self.files.get(&id)?;
        let text = held.source.as_ref().map(Source::text);
        Some((&held.from, id.get().vpath().get_without_slash(), text))
    }

    fn held(&self, id: FileId) -> FileResult<&Held> {
        self.files.get(&id).ok_or_else(|| FileError::NotFound(id.vpath().get_without_slash().into()))
    }
}

fn today(date: &str) -> Option<Datetime> {
    let date = super::generate::full_date(date);
    let mut parts = date.split('-');
    Datetime::from_ymd(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)
}

impl World for DraftWorld {
    fn library(&self) -> &LazyHash<Library> {
        library()
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let held = self.held(id)?;
        held.source.clone().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(self.held(id)?.bytes.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.list.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
