//! Every code: its word, the stage that reports it, its severity, its sentence and what to do.
//!
//! A sentence is a pattern with named arguments in braces; `report` fills it. Codes are words and never change their
//! meaning; each has a page in `docs/checks/` that is its test and the text of `explain`.

use std::fmt;
use std::str::FromStr;

use super::Severity;

/// Which kind of file a fault stands in; the pages of `docs/checks/` are listed by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Yaml,
    Markdown,
    Plan,
    Template,
    Typst,
}

macro_rules! codes {
    ($($variant:ident $word:literal $kind:ident $severity:ident $lock:ident $sentence:literal $hint:literal)+) => {
        /// What a diagnostic says is wrong.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($variant),+ }

        impl Code {
            /// All codes, in the order of the stages.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            /// The word that is printed and that `plan.yaml` names.
            pub fn word(self) -> &'static str { match self { $(Code::$variant => $word),+ } }

            /// The kind of file that it is about.
            pub fn kind(self) -> Kind { match self { $(Code::$variant => Kind::$kind),+ } }

            /// Its severity where the plan says nothing.
            pub fn severity(self) -> Severity { match self { $(Code::$variant => Severity::$severity),+ } }

            /// True for what makes a plan unreadable or wrong: no plan can lower it.
            pub fn locked(self) -> bool { match self { $(Code::$variant => $lock),+ } }

            /// The pattern of its sentence.
            pub fn sentence(self) -> &'static str { match self { $(Code::$variant => $sentence),+ } }

            /// What to do, always given. May hold arguments.
            pub fn hint(self) -> &'static str { match self { $(Code::$variant => $hint),+ } }
        }
    };
}

codes! {
    // source: bytes and files
    NotUtf8 "not-utf8" Yaml Deny true "this file is not UTF-8 text" "save it as UTF-8 in your editor"
    ControlCharacter "control-character" Yaml Deny true "the character {character} cannot be printed" "delete it; it is invisible in most editors"
    FileTooLarge "file-too-large" Yaml Deny true "this file has {size}; the limit is {limit}" "split it into several files of the same kind"
    UnknownFile "unknown-file" Yaml Warn false "no kind of file is expected here" "move it to the folder of its kind, or delete it; `docs/format.md` lists the kinds"
    LinkOutside "link-outside" Yaml Deny true "this link leads out of the plan" "copy the file into `plan/` instead of linking to it"
    MissingFile "missing-file" Yaml Deny true "`{path}` is missing" "{remedy}"
    // source: YAML
    YamlSyntax "yaml-syntax" Yaml Deny true "this is not YAML: {detail}" "look at the indentation and the quotes of this line and the one before"
    YamlAnchor "yaml-anchor" Yaml Deny true "{what} cannot be used in a plan" "write the value out; edits stay exact only in plain YAML"
    YamlDepth "yaml-depth" Yaml Deny true "this is nested more than {limit} levels deep" "nothing in a plan needs such depth; look for a bracket too many"
    DuplicateKey "duplicate-key" Yaml Deny true "the key `{key}` stands twice" "keep one of the two"
    UnknownKey "unknown-key" Yaml Deny true "there is no key `{key}` in {place}" "use one of: {known}"
    MissingKey "missing-key" Yaml Deny true "{place} needs the key `{key}`" "add `{key}:` here"
    WrongType "wrong-type" Yaml Deny true "{expected} is expected here, not {found}" "write {expected}"
    UnquotedValue "unquoted-value" Yaml Deny true "`{value}` is read as {found}, but text is expected here" "put it in quotes: \"{value}\""
    UnknownWord "unknown-word" Yaml Deny true "`{word}` is not one of the words for {place}" "use one of: {known}"
    UnknownFormat "unknown-format" Plan Deny true "this plan is written in format {found}; this program reads format 1" "write `format: 1`; a plan of a later format needs a later planwright"
    FrontMatter "front-matter" Markdown Deny true "{detail}" "begin the file with a line `---`, the keys, and another line `---`"
    // model: ids, references
    BadId "bad-id" Plan Deny true "`{id}` cannot be an id" "use small letters, digits and hyphens, beginning with a letter, 63 at most; `plan`, `predecessor` and `p1` are reserved"
    DuplicateId "duplicate-id" Plan Deny true "the id `{id}` is used twice" "give one of the two a new id; ids are one namespace over the whole plan"
    RetiredId "retired-id" Plan Deny true "the id `{id}` was retired and cannot be used again" "choose a new id; old links must not lead to something else"
    DanglingReference "dangling-reference" Plan Deny true "there is no {kind} `{id}`" "correct the id, or add the {kind}"
    WrongKind "wrong-kind" Plan Deny true "`{id}` is {found}, but {expected} is expected here" "name {expected}"
    AmbiguousReference "ambiguous-reference" Plan Deny true "`{code}` is the code of several items" "use the id of the one that is meant: {ids}"
    BadAddress "bad-address" Plan Deny true "`{address}` is not an address: {detail}" "write `item-id/field`, `item-id/field[fr]` or `item-id#block`"
    DanglingAddress "dangling-address" Plan Deny true "nothing in the plan has the address `{address}`" "correct it; `item-id` alone names the item itself"
    NoValue "no-value" Plan Deny true "`value:{address}` cannot be printed: {detail}" "name a figure, a date or a text: `item-id/field`; to link to an item, write `ref:item-id`"
    DuplicateEntry "duplicate-entry" Plan Deny false "`{name}` stands twice in this list" "delete one of the two; if both are meant, give each an `id`, so that an address can tell them apart"
    Cycle "cycle" Plan Deny true "`{id}` is its own ancestor: {chain}" "give one of them another parent"
    // model: values
    BadDate "bad-date" Plan Deny true "`{date}` is not a date of a plan" "write 2018-12-03, 2018-12, 2018, early 2019, 2019/2020 or 2018-12-03/2018-12-05"
    ReversedDates "reversed-dates" Plan Deny true "this ends before it begins: {date}" "exchange the two dates"
    BadDecimal "bad-decimal" Plan Deny true "`{value}` is not a decimal number" "write digits with a decimal point, in quotes: \"1234.50\""
    BadLanguage "bad-language" Plan Deny true "`{lang}` is not a language {of}" "use {known}"
    BadPattern "bad-pattern" Plan Deny true "the pattern `{pattern}` cannot be used: {detail}" "see `docs/format.md` for what a pattern may hold"
    SharesNotWhole "shares-not-whole" Plan Deny true "the shares of `{id}` sum to {sum} %, not 100 %" "change the shares; the difference is {difference}"
    MappingShape "mapping-shape" Plan Deny false "the mapping `{id}` is `{fate}`, but {detail}" "`continues` and `merged` go from one old element to what goes on, `split` to several, each with its share, `dropped` to nothing; `new` comes from nothing"
    // model: Markdown
    HeadingSkip "heading-skip" Markdown Deny false "this heading is of level {level}, the one before of level {before}" "use level {wanted}; readers who hear the page move by levels"
    ImageWithoutAlt "image-without-alt" Markdown Deny false "this image has no alternative text" "say between the brackets what it shows: `![three rows of boxes](map.png)`"
    ImageOutside "image-outside" Markdown Deny true "the image `{path}` is not under `plan/`" "copy it into `plan/` and name it from there"
    ImageMissing "image-missing" Markdown Deny true "there is no image `{path}`" "copy it there, or correct the name"
    TableWithoutHead "table-without-head" Markdown Deny false "this table has no words in its head row" "name each column in the first row"
    RawHtml "raw-html" Markdown Deny false "HTML cannot be used in prose" "use Markdown; what stands in HTML would be lost in the PDF"
    UnsafeLink "unsafe-link" Markdown Deny true "a link to `{target}` is not allowed" "link to https:, http:, mailto:, `ref:` or `value:`"
    BadMarker "bad-marker" Markdown Deny true "`{marker}` is not a paragraph marker" "a marker is `{{#key}}` or `{{#key classification=audience}}`, the key of small letters, digits and hyphens; it ends its paragraph: leave an empty line behind it"
    DuplicateMarker "duplicate-marker" Markdown Deny true "the marker `{key}` stands twice in this text" "give one of the two a new key"
    Footnote "footnote" Markdown Deny false "the footnote `{label}` {detail}" "write `[^{label}]` where it belongs and `[^{label}]: the note` on a line of its own"
    UnmarkedParagraph "unmarked-paragraph" Markdown Allow false "this paragraph has no marker, so its address changes when its text does" "run `planwright ids`, which writes a marker to every paragraph"
    // check: completeness
    NoBasis "no-basis" Plan Warn false "{what} has no `basis`" "say `basis: reported`, `inferred` or `illustrative`"
    NoSource "no-source" Plan Warn false "{what} is reported, but no source is named" "name an entry of `sources.yaml` under `source:`"
    EmptyText "empty-text" Plan Deny false "{what} is empty" "write the text, or delete the key"
    Untranslated "untranslated" Plan Warn false "{what} is not translated into {language}" "add the translation; until then readers see {source} and are told so"
    TranslationShape "translation-shape" Markdown Warn false "at block {block} this translation has {found}, where its source has {expected}" "give it the same paragraphs, headings, lists, tables and markers as its source; until then the source is printed"
    StaleTranslation "stale-translation" Plan Warn false "{what} has changed since it was translated into {language}" "read the translation again, then set `from: {fingerprint}`"
    OrphanElement "orphan-element" Plan Warn false "the element `{id}` has no parent" "name its parent under `parent:`; only the topmost layer has none"
    WrongLayer "wrong-layer" Plan Deny false "{what} `{id}` stands in the layer `{found}`, the element in `{layer}`" "name a parent of a layer above, and a group of the same layer"
    CodePattern "code-pattern" Plan Warn false "the code `{code}` does not follow the pattern `{pattern}` of its layer" "change the code, or the pattern in `layers.yaml`"
    DuplicateCode "duplicate-code" Plan Deny false "the code `{code}` is used twice {where}" "give one of the two another code"
    NoOwner "no-owner" Plan Warn false "the activity `{id}` has no owner" "name a unit of `units.yaml` under `owner:`"
    NoUnit "no-unit" Plan Warn false "the indicator `{id}` has no unit of measurement" "say what is counted under `unit:`"
    NoTarget "no-target" Plan Warn false "the indicator `{id}` has no target" "add one under `targets:`, with its year"
    OutsidePeriod "outside-period" Plan Warn false "{date} lies outside the period of the plan, {period}" "correct the date, or the period in `plan.yaml`"
    UnmappedGoal "unmapped-goal" Plan Warn false "the mapping does not say what became of `{id}`" "add an entry under `mapping:` in `predecessor.yaml`"
    NoDecision "no-decision" Plan Warn false "{what} names no decision that it rests on" "name an entry of `decisions.yaml` under `decision:`"
    NotRecorded "not-recorded" Plan Warn false "{what}: {fields} not recorded" "add what is known; until then the document says \"not recorded\""
    UnusedItem "unused-item" Plan Warn false "nothing names `{id}`, and no edition prints it" "delete it, name it somewhere, or print its part"
    TwiceChosen "twice-chosen" Plan Deny false "of {what}, more than one value is `chosen`" "leave `chosen: true` at the one that is used"
    LaterFact "later-fact" Plan Deny false "{what} is of {date}, later than the document of {document}" "leave it out or correct the date; layers, elements, priorities, meetings, decisions and events may be marked `as-adopted: true`"
    EarlyAnswer "early-answer" Plan Deny false "this {what} is of {date}, before the event of {event}" "correct one of the two dates"
    // check: the strategic map
    MissingLevel "missing-level" Plan Warn false "the priority `{id}` names no level" "say under `levels:` at which level of work it is meant: `strategic`, `managerial`, `operational`"
    LargeMap "large-map" Plan Warn false "{what} has {count} boxes; more than {limit} are hard to take in" "name fewer layers under `layers:` in `map.yaml`, or merge elements"
    WideRow "wide-row" Plan Warn false "{what} has {count} boxes side by side; more than {limit} leave no room for their titles" "divide the layer into groups, or merge elements"
    LongBox "long-box" Plan Warn false "the title of `{id}` has {count} words; a box has room for {limit}" "shorten the title; the rest can stand in the description"
    ArrowDirection "arrow-direction" Plan Warn false "the arrow from `{from}` to `{to}` {detail}" "let it lead to an element of the same row or of the next one above; write what lies between as two arrows"
    NotOnMap "not-on-map" Plan Deny false "`{id}` is not on {map}" "add it to the `boxes:`, or name one that is there"
    BoxShape "box-shape" Plan Deny false "this box {detail}" "a box names an `element`, or has an `id`, a `title` and a `layer`; a regional map lists only what it adds"
    UnchangedBox "unchanged-box" Plan Warn false "{what} {detail}, so what is said to have caused it is printed nowhere" "delete the entry, or correct the `boxes:` of the version"
    UnexplainedDrop "unexplained-drop" Plan Warn false "it is not said why the map `{map}` leaves out `{id}`" "say it under `reason:`"
    OverlayTwice "overlay-twice" Plan Deny false "the region `{region}` has two maps" "join the two, or delete one"
    // check: consultation
    UndisposedPoint "undisposed-point" Plan Warn false "`{id}` has no disposition" "say under `disposition:` what became of it; `planwright dispose {id} STATUS` writes it"
    UnexplainedDisposition "unexplained-disposition" Plan Warn false "the disposition of `{id}` gives no reason" "say under `reason:` why it is {status}"
    MissingTarget "missing-target" Plan Warn false "`{id}` is {status}, but {detail}" "name under `targets:` what was changed; `planwright dispose --stamp {id}` writes how it reads now"
    SharedAnswers "shared-answers" Plan Deny true "the table `{file}` is named already, by the survey `{survey}`" "each wave has a table of its own; ask other questions of the same answers in one survey"
    SurveyCostGap "survey-cost-gap" Plan Warn false "`{id}` is {survey} in the survey and {cost} in cost" "look at both tables; the rule stands under `flag:` in `plan/evidence.yaml`, and the document says so, too"
    ContradictingTarget "contradicting-target" Plan Deny true "the answer to `{id}` is {status}, so it changed nothing, but it names `{names}`" "take `targets:` out (`planwright dispose {id} ... --not-target ADDRESS`), or say `accepted` or `partially-accepted`"
    SuspectDisposition "suspect-disposition" Plan Warn false "since `{id}` was answered, `{address}` has changed: the answer says \"{after}\", the plan \"{now}\"" "read both; if the answer still holds, `planwright dispose --renew {id}` takes the new words over"
    ReopenedPoint "reopened-point" Plan Warn false "a party is not satisfied with the answer to `{id}` ({date})" "answer again, with a later date; the reply stays in the record"
    AnsweredTwice "answered-twice" Plan Deny false "`{id}` is answered twice: {detail}" "keep one of the two answers"
    NotAPoint "not-a-point" Plan Deny false "`{id}` cannot stand in the cluster `{cluster}`: it is split, or it is no suggestion" "list its points, or leave it out"
    AnsweredRecord "answered-record" Plan Deny false "`{id}` is a {kind}, which is recorded but not answered, so `{field}:` cannot stand here" "delete the key; if a Member suggested it, write `kind: suggestion`"
    WrongFingerprint "wrong-fingerprint" Plan Warn false "this fingerprint was not made from `after`" "write `fingerprint: {fingerprint}`, or delete the line"
    // model, check: costs and scan
    BadCostTable "bad-cost-table" Plan Deny true "this table of amounts cannot be read: {detail}" "the first row names the columns to, year, amount, key; each other row holds an amount for one element, or one that a key spreads"
    BadAmount "bad-amount" Plan Deny true "{what} is {value}: {detail}" "correct the number"
    WrongPlan "wrong-plan" Plan Deny true "`{to}` is {found}, but `{id}` is about {expected}" "name what belongs to it, or correct `of:`"
    MixedCurrency "mixed-currency" Plan Deny true "the cost of `{activity}` is in {found}, but `{id}` adds up {expected}" "give both in one currency; the program converts nothing"
    IncomparableCosts "incomparable-costs" Plan Deny true "`{id}` counts in {own}, but `{other}`, with which it is compared, in {found}" "give both in one currency and one `unit:`; the program converts nothing"
    CostedTwice "costed-twice" Plan Warn false "in `{id}`, `{element}` is costed by itself and by its activities: {activities}" "delete one of the two; if the amount is for something else, say what under its `title:`"
    UnansweredFactor "unanswered-factor" Plan Warn false "nothing answers the factor `{id}`" "name under `answered-by:` the element that does, and why; until then the document lists it as not answered"
    UnansweringElement "unanswering-element" Plan Warn false "the element `{id}` answers no factor of the scan" "name it under `answered-by:` of a factor, or take its layer out of `layers:` of the scan"
    UnexplainedAnswer "unexplained-answer" Plan Warn false "it is not said how `{to}` answers the factor `{id}`" "say it under `rationale:`"
    UnknownStep "unknown-step" Plan Deny false "`{step}` is no step of the {scale} of `{scan}`" "use one of: {known}"
    // model, check: surveys
    BadTable "bad-table" Plan Deny true "this table of answers cannot be read: {detail}" "look at the quotes and at what stands between the cells; `csv:` in the survey says how the table is written"
    MissingColumn "missing-column" Plan Deny true "`{file}` has no column `{column}`" "name under `{key}:` what stands at the head of the column"
    UnknownColumn "unknown-column" Plan Warn false "the survey `{id}` does not say what the column `{column}` is" "add a question with `column:`, or list it under `columns:` as `ignored:`"
    OffScale "off-scale" Plan Deny true "`{value}` is no value of the scale from {least} to {most}" "correct the answer; codes are listed under `codes:`, words for no answer under `no-answer:`"
    EmptyScale "empty-scale" Plan Deny true "a scale from {least} to {most} holds nothing" "write the smaller number under `least:`"
    UnknownGroup "unknown-group" Plan Deny true "`{value}` is no group of the survey `{id}`" "correct the table, or list this name under `called:` of its group"
    RespondentTwice "respondent-twice" Plan Deny true "`{name}` answered twice, which this survey refuses" "delete one of the two rows, or say under `twice:` which of them counts"
    QuestionAboutNothing "question-about-nothing" Plan Warn false "the question `{id}` is about nothing in the plan" "name under `about:` an element, a priority, an activity, or an element of the plan before"
    UnfitWeights "unfit-weights" Plan Deny true "the weights of the survey `{id}` do not fit its rules: {detail}" "give every group a `weight:` with `weighting: declared-weights`, and none without it"
    MoreAnswersThanAsked "more-answers-than-asked" Plan Deny false "the group `{group}` has {answers} answers, but only {asked} were asked" "correct `asked:`, or look for answers that stand twice"
    // check: settings
    UnknownCode "unknown-code" Plan Deny true "there is no check `{code}`" "`planwright explain` lists all codes"
    LockedSeverity "locked-severity" Plan Deny true "`{code}` cannot be lowered: {detail}" "delete this line"
    EmptySetting "empty-setting" Plan Deny true "`{what}` names nothing, so nothing can be published" "name at least one"
    UnofficialSource "unofficial-source" Plan Warn false "the plan is written in `{lang}`, which is not one of its official languages" "add it to `official:`, or correct `source:`"
    // document, render: templates
    TemplateSyntax "template-syntax" Template Deny true "this template cannot be read: {detail}" "correct the template; the built-in one is shown by `planwright templates show {name}`"
    TemplateUndefined "template-undefined" Template Deny true "{detail}" "`docs/draft.md` lists what a template sees"
    TemplateMissing "template-missing" Template Deny true "{detail}" "built-in templates are named `builtin/...`; `planwright templates list` names them"
    TemplateError "template-error" Template Deny true "this template fails: {detail}" "correct the template; `docs/draft.md` lists what it sees"
    TemplateUnused "template-unused" Template Warn false "no built-in template is called `{name}`, so this file replaces nothing" "rename it; `planwright templates list` names them"
    // render: Typst
    TypstSyntax "typst-syntax" Typst Deny true "Typst cannot read this: {detail}" "correct the file of looks; content never needs Typst"
    TypstError "typst-error" Typst Deny true "Typst stops here: {detail}" "correct the template or the file of looks"
    TypstWarning "typst-warning" Typst Warn false "Typst says: {detail}" "correct the template or the file of looks"
    MissingGlyph "missing-glyph" Typst Deny false "no carried font has the character {character}" "use another character, or put a font that has it into `templates/fonts/`"
    PdfStandard "pdf-standard" Typst Deny true "the PDF would break {standard}: {detail}" "mend the place named; a PDF that some cannot read is not written"
}

impl Code {
    /// True for what stops only the edition that demands it.
    pub fn lowerable(self) -> bool {
        !self.locked()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Code {
    type Err = ();

    fn from_str(word: &str) -> Result<Self, ()> {
        Code::ALL.iter().copied().find(|code| code.word() == word).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_unique() {
        let mut words: Vec<_> = Code::ALL.iter().map(|code| code.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Code::ALL.len());
    }
}
