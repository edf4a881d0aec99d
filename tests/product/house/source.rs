//! The source of the packages as a graph: files, what each defines, and whose definitions it uses.
//!
//! Tests are left out: modules under `#[cfg(test)]`, and the files that only they use. A name that a `mod.rs` re-exports
//! counts as a use of the file that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::Visit;

/// A package's source.
pub struct Package {
    /// By path below the package's `src`, with `/`: `report/pages/cover.rs`.
    pub files: BTreeMap<String, File>,
    /// By module path, the file that it stands in.
    modules: BTreeMap<Vec<String>, String>,
}

/// A file of the program itself.
#[derive(Default)]
pub struct File {
    /// Its module path: `["report", "pages", "cover"]`.
    module: Vec<String>,
    /// What it names of its package, as absolute paths.
    uses: BTreeSet<Vec<String>>,
    /// Its re-exports: the name that others use, and where it comes from.
    exports: Vec<(String, Vec<String>)>,
    /// Structs, enums, traits, unions and type names, with their lines.
    pub types: Vec<(String, usize)>,
    /// Functions with their first lines and lengths in lines.
    pub functions: Vec<(String, usize, usize)>,
    /// Items that are neither declarations of modules nor uses, with their lines.
    pub items: Vec<usize>,
    /// How many lines it has, tests left out, and those of them that are no comments.
    pub lines: usize,
    pub code: Vec<String>,
}

/// The packages by the folders of their sources: `src`, `crates/sheets/src`.
pub static PACKAGES: LazyLock<BTreeMap<String, Package>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = fs::read_dir(root.join("crates")).unwrap();
    let crates = crates.map(|entry| format!("crates/{}/src", entry.unwrap().file_name().to_str().unwrap()));
    let folders = std::iter::once("src".to_string()).chain(crates);
    folders.map(|folder| (folder.clone(), Package::read(&root.join(folder)))).collect()
});

/// The product's own package.
pub fn product() -> &'static Package {
    &PACKAGES["src"]
}

impl Package {
    fn read(root: &Path) -> Package {
        let mut package = Package { files: BTreeMap::new(), modules: BTreeMap::new() };
        for path in sources(root) {
            let below = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            if is_of_tests(&below) {
                continue;
            }
            let module = module_of(&below);
            package.modules.insert(module.clone(), below.clone());
            package.files.insert(below, File { module, ..File::default() });
        }
        let children: Vec<Vec<String>> = package.modules.keys().cloned().collect();
        for (below, file) in &mut package.files {
            let text = fs::read_to_string(root.join(below)).unwrap();
            read(file, &text, &children);
        }
        package
    }

    /// The files that a file uses, itself left out.
    pub fn used(&self, file: &str) -> BTreeSet<&str> {
        let paths = self.files[file].uses.iter();
        paths.filter_map(|path| self.defining(path, 0)).filter(|other| *other != file).collect()
    }

    /// The file that defines what a path leads to; re-exports are followed.
    fn defining(&self, path: &[String], depth: usize) -> Option<&str> {
        assert!(depth < 20, "re-exports in a circle: {path:?}");
        let modules = (0..=path.len()).rev().find(|length| self.modules.contains_key(&path[..*length]))?;
        let file = self.modules.get(&path[..modules])?;
        let Some(name) = path.get(modules) else { return Some(file) };
        let exports = &self.files[file].exports;
        let exported = exports.iter().filter(|(exported, _)| exported == name || exported == "*");
        let found = exported.map(|(exported, from)| {
            let rest = if exported == "*" { &path[modules..] } else { &path[modules + 1..] };
            [from.as_slice(), rest].concat()
        });
        let mut found = found.filter(|from| from != path);
        found.next().and_then(|from| self.defining(&from, depth + 1)).or(Some(file))
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Whether only tests use a file.
fn is_of_tests(below: &str) -> bool {
    let of_tests = |part: &str| ["tests", "tests.rs", "fixture.rs"].contains(&part) || part.ends_with("_tests.rs");
    below.split('/').any(of_tests)
}

/// `report/pages/mod.rs` is the module `report::pages`; `lib.rs` and `main.rs` are the root.
fn module_of(below: &str) -> Vec<String> {
    let mut parts: Vec<String> = below.trim_end_matches(".rs").split('/').map(str::to_string).collect();
    match parts.last().map(String::as_str) {
        Some("mod" | "lib") => drop(parts.pop()),
        // Its module path is the root too; a name of its own keeps the two files apart.
        Some("main") => parts = vec!["(main)".to_string()],
        Some(_) | None => {}
    }
    parts
}

fn read(file: &mut File, text: &str, modules: &[Vec<String>]) {
    let parsed = syn::parse_file(text).unwrap();
    let tests = parsed.items.iter().find(|item| is_test(item)).map(|item| item.span().start().line);
    file.lines = tests.map_or(text.lines().count(), |line| line.saturating_sub(1));
    let own = text.lines().take(file.lines).filter(|line| !line.trim_start().starts_with("//"));
    file.code = own.map(str::to_string).collect();
    let mut reading = Reading { file, modules };
    for item in parsed.items.iter().filter(|item| !is_test(item)) {
        let declares =
            matches!(item, syn::Item::Use(_)) || matches!(item, syn::Item::Mod(module) if module.content.is_none());
        if !declares {
            reading.file.items.push(item.span().start().line);
        }
        reading.visit_item(item);
    }
}

fn is_test(item: &syn::Item) -> bool {
    let syn::Item::Mod(module) = item else { return false };
    module.attrs.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && matches!(&attribute.meta, syn::Meta::List(list) if list.tokens.to_string().contains("test"))
    })
}

/// A file whose items are gone through.
struct Reading<'f> {
    file: &'f mut File,
    modules: &'f [Vec<String>],
}

impl Reading<'_> {
    /// A path as written, made absolute; `None` for one that leads out of the package.
    fn absolute(&self, written: &[String]) -> Option<Vec<String>> {
        let module = &self.file.module;
        let (first, rest) = written.split_first()?;
        match first.as_str() {
            "crate" | "jiaoyan" => Some(rest.to_vec()),
            "self" => Some([module.as_slice(), rest].concat()),
            "super" => {
                let above = written.iter().take_while(|part| *part == "super").count();
                let kept = module.len().checked_sub(above)?;
                Some([&module[..kept], &written[above..]].concat())
            }
            _ => {
                let child = [module.as_slice(), &written[..1]].concat();
                self.modules.contains(&child).then(|| [child.as_slice(), rest].concat())
            }
        }
    }

    fn take(&mut self, written: &[String]) {
        if let Some(path) = self.absolute(written) {
            self.file.uses.insert(path);
        }
    }

    /// Each path of a tree of uses, with the name that it gets here.
    fn leaves(tree: &syn::UseTree, before: &[String], found: &mut Vec<(String, Vec<String>)>) {
        let with = |part: &syn::Ident| [before, &[part.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => Self::leaves(&path.tree, &with(&path.ident), found),
            syn::UseTree::Name(name) if name.ident == "self" => {
                found.push((before.last().cloned().unwrap_or_default(), before.to_vec()));
            }
            syn::UseTree::Name(name) => found.push((name.ident.to_string(), with(&name.ident))),
            syn::UseTree::Rename(rename) => found.push((rename.rename.to_string(), with(&rename.ident))),
            syn::UseTree::Glob(_) => found.push(("*".to_string(), before.to_vec())),
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| Self::leaves(item, before, found));
            }
        }
    }

    fn function(&mut self, name: &syn::Ident, whole: proc_macro2::Span) {
        let (start, end) = (whole.start().line, whole.end().line);
        self.file.functions.push((name.to_string(), start, end + 1 - start));
    }

    /// Paths in the tokens of a macro, which are no syntax yet.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<String> = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if path.is_empty() || colons == 2 => {
                    path.push(ident.to_string());
                    colons = 0;
                    continue;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => {
                    colons += 1;
                    continue;
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            self.take(&path);
            (path, colons) = (Vec::new(), 0);
        }
        self.take(&path);
    }
}

impl<'ast> Visit<'ast> for Reading<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut found = Vec::new();
        Self::leaves(&item.tree, &[], &mut found);
        for (name, written) in found {
            let Some(path) = self.absolute(&written) else { continue };
            if matches!(item.vis, syn::Visibility::Inherited) {
                self.file.uses.insert(path);
            } else {
                self.file.exports.push((name, path));
            }
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let written: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if written.len() > 1 {
            self.take(&written);
        }
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.tokens(call.tokens.clone());
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.file.types.push((item.ident.to_string(), item.span().start().line));
        syn::visit::visit_item_struct(self, item);
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        self.file.types.push((item.ident.to_string(), item.span().start().line));
        syn::visit::visit_item_enum(self, item);
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        self.file.types.push((item.ident.to_string(), item.span().start().line));
        syn::visit::visit_item_trait(self, item);
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        self.file.types.push((item.ident.to_string(), item.span().start().line));
        syn::visit::visit_item_type(self, item);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.function(&item.sig.ident, item.sig.span().join(item.block.span()).unwrap_or(item.block.span()));
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig.ident, item.sig.span().join(item.block.span()).unwrap_or(item.block.span()));
        syn::visit::visit_impl_item_fn(self, item);
    }
}
