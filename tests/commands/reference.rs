//! `docs/commands.md` is in step with the program.

use super::rosters::same_as_file;

const BEGIN: &str =
    "<!-- generated from the tables of the program: ZOUFANG_WRITE_DOCS=1 cargo test --test all commands::reference -->";
const END: &str = "<!-- end -->";

#[test]
fn the_reference_is_what_the_tables_say() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let text = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let (before, rest) = text.split_once(BEGIN).expect("the begin mark");
    let (_, after) = rest.split_once(END).expect("the end mark");
    same_as_file("docs/commands.md", &format!("{before}{BEGIN}\n{}\n{END}{after}", zoufang::cli::reference()));
}
