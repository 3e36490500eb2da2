//! Asks rust-analyzer about a program whose attributes are half written: their keys complete, and in the functions all is
//! as if nothing were wrong. Arguments are found, and renamed, from where they are written and from where they are used.
//!
//! Its one argument is the folder of the program.

use std::{path::PathBuf, process::ExitCode};

use ra_ap_ide::{
    Analysis, AnalysisHost, CompletionConfig, CompletionFieldsToResolve, FileId, FilePosition, FileRange,
    GotoDefinitionConfig, HoverConfig, HoverDocFormat, RenameConfig, SubstTyLen, TextSize,
};
use ra_ap_ide_db::{
    SnippetCap,
    imports::insert_use::{ImportGranularity, InsertUseConfig, PrefixKind},
    ra_fixture::RaFixtureConfig,
};
use ra_ap_load_cargo::{LoadCargoConfig, ProcMacroServerChoice, load_workspace_at};
use ra_ap_project_model::{CargoConfig, RustLibSource};

/// What is wanted behind a text that stands once in the program.
enum Wanted {
    /// This is offered.
    Offered(&'static str),
    /// The word has this type.
    Typed(&'static str),
    /// What is shown of the word has this in it.
    Shown(&'static str),
    /// The word is renamed in so many places.
    Renamed(usize),
    /// The word is defined where this text ends.
    Defined(&'static str),
}

use Wanted::{Defined, Offered, Renamed, Shown, Typed};

const CASES: [(&str, Wanted); 37] = [
    ("tags = [\"items\"], sta", Offered("status")),
    ("#[path(g", Offered("ge")),
    ("#[query(min_len", Offered("min_length")),
    ("#[header(conv", Offered("convert_underscores")),
    ("#[field(max_len", Offered("max_length")),
    ("#[model(rename", Offered("rename_all")),
    ("#[dependency(fall", Offered("fallible")),
    ("#[route(\"/both\", meth", Offered("method")),
    ("found.na", Offered("name")),
    ("item.pri", Offered("price")),
    ("token.trim_st", Offered("trim_start")),
    ("caller.to_owne", Offered("to_owned")),
    ("let other", Typed("u64")),
    ("let sum", Typed("f64")),
    ("let found", Renamed(3)),
    ("let sum", Renamed(2)),
    // Arguments, from where they are written and from where they are used.
    ("#[path(g)] item_id", Renamed(2)),
    ("let other = item_id", Renamed(2)),
    ("#[cookie] ticket", Renamed(2)),
    ("    ticket", Renamed(2)),
    ("    sku", Renamed(2)),
    ("price + sku", Renamed(2)),
    ("mut language", Renamed(4)),
    ("Item { name: language", Renamed(4)),
    ("#[header] agent", Renamed(2)),
    ("extend(agent", Renamed(2)),
    ("    visit", Renamed(2)),
    ("push_str(&visit", Renamed(2)),
    ("    replacement", Renamed(2)),
    ("price: replacement", Renamed(2)),
    ("fn delete_item(gone", Renamed(2)),
    ("    gone", Renamed(2)),
    ("    sku", Defined("    sku")),
    ("price + sku", Defined("    sku")),
    ("mut language", Defined("mut language")),
    ("Item { name: language", Defined("mut language")),
    // Nothing is shown of the patterns that only an editor sees.
    ("fn replace_item", Shown("sku: u64,\n")),
];

fn main() -> ExitCode {
    let folder = PathBuf::from(std::env::args().nth(1).expect("the folder of a program"));
    let folder = folder.canonicalize().expect("a folder that is there");
    let cargo = CargoConfig { sysroot: Some(RustLibSource::Discover), ..CargoConfig::default() };
    let load = LoadCargoConfig {
        load_out_dirs_from_check: true,
        with_proc_macro_server: ProcMacroServerChoice::Sysroot,
        prefill_caches: false,
        num_worker_threads: 1,
        proc_macro_processes: 1,
    };
    let (database, files, server) = load_workspace_at(&folder, &cargo, &load, &|_| {}).expect("a program that loads");
    assert!(server.is_some(), "the toolchain has no server of macros: `rustup component add rust-src rust-analyzer`");
    let path = folder.join("src/main.rs");
    let text = std::fs::read_to_string(&path).expect("its source");
    let path = path.to_str().expect("a path of text");
    let file = files.iter().find_map(|(id, known)| (known.to_string() == path).then_some(id)).expect("its file");
    let host = AnalysisHost::with_database(database);
    let program = Program { analysis: host.analysis(), file, text };
    let faults = CASES.iter().filter(|(behind, wanted)| !program.has(behind, wanted)).count();
    println!("test result: {} passed; {faults} failed", CASES.len() - faults);
    ExitCode::from(u8::from(faults > 0))
}

struct Program {
    analysis: Analysis,
    file: FileId,
    text: String,
}

impl Program {
    fn has(&self, behind: &str, wanted: &Wanted) -> bool {
        let offset = self.end(behind);
        let (as_wanted, found) = match wanted {
            Offered(word) => {
                let offered = self.offered(offset);
                (offered.iter().any(|label| label.split('(').next() == Some(word)), format!("{word}: {offered:?}"))
            }
            Typed(ty) => {
                let shown = self.shown(offset);
                (shown.contains(&format!(": {ty}")), format!("{ty}: {shown:?}"))
            }
            Shown(part) => {
                let shown = self.shown(offset);
                (shown.contains(part), format!("{part}: {shown:?}"))
            }
            Renamed(places) => {
                let renamed = self.renamed(offset);
                (renamed == Ok(*places), format!("{places} places: {renamed:?}"))
            }
            Defined(text) => {
                let (wanted, found) = (self.end(text), self.defined(offset));
                (found == [wanted], format!("{wanted:?}: {found:?}"))
            }
        };
        let found: String = found.chars().take(300).collect();
        println!("{} `{behind}` -> {found}", if as_wanted { "ok    " } else { "FAILED" });
        as_wanted
    }

    /// Where a text ends.
    fn end(&self, text: &str) -> TextSize {
        let end = self.text.find(text).expect(text) + text.len();
        TextSize::try_from(end).expect("a short text")
    }

    fn offered(&self, offset: TextSize) -> Vec<String> {
        let config = CompletionConfig {
            enable_postfix_completions: false,
            enable_imports_on_the_fly: false,
            enable_self_on_the_fly: false,
            enable_private_editable: false,
            enable_term_search: false,
            term_search_fuel: 0,
            full_function_signatures: false,
            callable: None,
            add_semicolon_to_unit: false,
            snippet_cap: SnippetCap::new(false),
            insert_use: InsertUseConfig {
                granularity: ImportGranularity::Crate,
                prefix_kind: PrefixKind::Plain,
                enforce_granularity: true,
                group: true,
                skip_glob_imports: true,
            },
            prefer_no_std: false,
            prefer_prelude: true,
            prefer_absolute: false,
            snippets: Vec::new(),
            limit: None,
            fields_to_resolve: CompletionFieldsToResolve::empty(),
            exclude_flyimport: Vec::new(),
            exclude_traits: &[],
            enable_auto_await: true,
            enable_auto_iter: true,
            ra_fixture: RaFixtureConfig::default(),
        };
        let position = FilePosition { file_id: self.file, offset };
        let items = self.analysis.completions(&config, position, None).ok().flatten().unwrap_or_default();
        items.iter().map(|item| item.label.primary.to_string()).collect()
    }

    /// What is shown of the word that ends here.
    fn shown(&self, offset: TextSize) -> String {
        let config = HoverConfig {
            links_in_hover: false,
            memory_layout: None,
            documentation: false,
            keywords: false,
            format: HoverDocFormat::PlainText,
            max_trait_assoc_items_count: None,
            max_fields_count: None,
            max_enum_variants_count: None,
            max_subst_ty_len: SubstTyLen::Unlimited,
            show_drop_glue: false,
            ra_fixture: RaFixtureConfig::default(),
        };
        let range = ra_ap_ide::TextRange::empty(offset - TextSize::from(1));
        let shown = self.analysis.hover(&config, FileRange { file_id: self.file, range }).ok().flatten();
        shown.map(|shown| shown.info.markup.as_str().to_owned()).unwrap_or_default()
    }

    /// In how many places the word that ends here is renamed.
    fn renamed(&self, offset: TextSize) -> Result<usize, String> {
        let config =
            RenameConfig { prefer_no_std: false, prefer_prelude: true, prefer_absolute: false, show_conflicts: false };
        let position = FilePosition { file_id: self.file, offset: offset - TextSize::from(1) };
        let change = self.analysis.rename(position, "another", &config).map_err(|error| error.to_string())?;
        let change = change.map_err(|error| error.to_string())?;
        Ok(change.source_file_edits.values().map(|(edit, _)| edit.len()).sum())
    }

    /// Where the definitions of the word that ends here end, in this file.
    fn defined(&self, offset: TextSize) -> Vec<TextSize> {
        let config = GotoDefinitionConfig { ra_fixture: RaFixtureConfig::default() };
        let position = FilePosition { file_id: self.file, offset: offset - TextSize::from(1) };
        let found = self.analysis.goto_definition(position, &config).ok().flatten();
        let targets = found.into_iter().flat_map(|found| found.info);
        let here = targets.filter(|target| target.file_id == self.file);
        here.map(|target| target.focus_or_full_range().end()).collect()
    }
}
