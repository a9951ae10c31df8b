use juesuan_model::{
    Block, Cell, Element, Figure, Heading, Place, PrintedCell, PrintedTable, Row, Stated, Table,
    TableKind, Text,
};

use super::*;

fn figure(subject: &str, text: &str) -> Run {
    Run::Figure(Figure { subject: subject.into(), text: text.into(), ..Figure::default() })
}

fn stated(subject: &str, text: &str) -> Run {
    Run::Stated(Stated { subject: subject.into(), text: text.into() })
}

fn words(text: &str) -> Run {
    Run::Words(text.into())
}

fn publication() -> Publication {
    let heading = |text: &str| Element::Heading { level: 1, runs: vec![words(text)] };
    let cell = |run: Run| PrintedCell { runs: vec![run], ..PrintedCell::head("") };
    let row = |label: &str, amount: Run| vec![cell(words(label)), cell(amount)];
    let table = PrintedTable {
        kind: TableKind::Form,
        form: "f".into(),
        title: "收入决算表".into(),
        number: "公开02表".into(),
        caption: vec!["部门：水务局".into(), "单位：万元".into()],
        widths: vec![1, 1],
        head_rows: 0,
        rows: vec![
            row("教育支出", figure("f[205].a", "1.00")),
            row("合计", figure("f[total].a", "1.00")),
        ],
        notes: vec!["注：本表反映收入。".into()],
    };
    let line = vec![
        words("收入"),
        figure("d", "增加"),
        figure("f[total].a", "1.00"),
        words("万元，主要原因是"),
        stated("reasons[income].text", "供水改造增多"),
        words("。"),
    ];
    let elements = vec![
        Element::Contents,
        heading("第一部分 概况"),
        Element::Paragraph(vec![stated("duties[1].text", "负责水资源的管理和节约用水工作。")]),
        heading("第二部分 说明"),
        Element::Paragraph(line),
        Element::Table(table),
    ];
    Publication {
        title: "水务局决算".into(),
        department: "水务局".into(),
        elements,
        ..Publication::default()
    }
}

/// A document of lines; those with tabs are rows of one table.
fn document(lines: &[&str]) -> Document {
    let text = |text: &str| Text::new(text, Place::new(1, 1));
    let mut document = Document::default();
    for line in lines {
        if line.contains('\t') {
            let cells = line.split('\t').zip(0..).map(|(cell, at)| Cell::new(text(cell), at));
            let row = Row { cells: cells.collect() };
            document.blocks.push(Block::Table(Table { rows: vec![row], ..Table::default() }));
        } else if line.starts_with('第') {
            document.blocks.push(Block::Heading(Heading { level: 1, text: text(line) }));
        } else {
            document.blocks.push(Block::Paragraph(text(line)));
        }
    }
    document
}

const PRINTED: [&str; 12] = [
    "水务局决算",
    "目　录",
    "第一部分 概况……1",
    "第一部分 概况",
    "负责水资源的管理和节约用水工作。",
    "第二部分 说明",
    "收入增加1.00万元，主要原因是供水改造增多。",
    "公开02表",
    "部门：水务局 单位：万元",
    "教育支出\t1.00",
    "合计\t1.00",
    "注：本表反映收入。",
];

/// What was printed, as the file lists it.
fn listed(of: &Publication) -> Vec<Run> {
    let mut runs = Vec::new();
    for element in &of.elements {
        match element {
            Element::Paragraph(line) => runs.extend(line.clone()),
            Element::Table(table) => {
                runs.extend(table.rows.iter().flatten().flat_map(|cell| cell.runs.clone()));
            }
            _ => {}
        }
    }
    runs
}

fn edited(edit: impl Fn(&mut Vec<&'static str>)) -> Vec<String> {
    let mut lines = PRINTED.to_vec();
    edit(&mut lines);
    let publication = publication();
    told(&reconcile(&publication, &document(&lines), &listed(&publication)))
}

fn told(reconciled: &Reconciled) -> Vec<String> {
    assert!(!reconciled.is_other);
    let tell = |c: &Change| {
        format!("{:?} {} [{}] {} → {}", c.kind, c.section, c.subject, c.printed, c.found)
    };
    reconciled.changes.iter().map(tell).collect()
}

#[test]
fn what_nobody_changed_has_no_changes() {
    assert_eq!(edited(|_| {}), [""; 0]);
    let publication = publication();
    let reconciled = reconcile(&publication, &document(&PRINTED), &[]);
    assert_eq!((reconciled.changes.len(), reconciled.figures), (0, 4));
}

#[test]
fn figures_words_and_reasons_are_told_apart() {
    let told = edited(|lines| {
        lines[4] = "负责水资源的管理和节水工作。";
        lines[6] = "收入减少1.10万元，主要因为供水改造增多，水价提高。";
        lines[10] = "合计\t2.00";
    });
    assert_eq!(
        told,
        [
            "Stated 第一部分 概况 [duties[1].text] 负责水资源的管理和节约用水工作。 → 负责水资源的管理和节水工作。",
            "Figure 第二部分 说明 [d] 增加 → 减少",
            "Figure 第二部分 说明 [f[total].a] 1.00 → 1.10",
            "Words 第二部分 说明 [] 万元，主要原因是 → 万元，主要因为",
            "Stated 第二部分 说明 [reasons[income].text] 供水改造增多 → 供水改造增多，水价提高",
            "Figure 第二部分 说明 [f[total].a] 1.00 → 2.00",
        ]
    );
}

#[test]
fn moved_deleted_and_added_blocks_are_listed() {
    let told = edited(|lines| {
        let duty = lines.remove(4);
        lines.push(duty);
        lines.retain(|line| !line.starts_with("注"));
        lines.insert(6, "另行说明。");
    });
    assert_eq!(
        told,
        [
            "Moved 第一部分 概况 [] 负责水资源的管理和节约用水工作。 → ",
            "Deleted 第二部分 说明 [] 注：本表反映收入。 → ",
            "Added 第二部分 说明 []  → 另行说明。",
        ]
    );
}

#[test]
fn what_changed_in_the_package_since_is_no_change_of_the_document() {
    let printed = publication();
    let mut today = publication();
    for element in &mut today.elements {
        if let Element::Paragraph(runs) = element {
            for run in runs {
                match run {
                    Run::Figure(figure) if &*figure.subject == "f[total].a" => {
                        figure.text = "3.00".into()
                    }
                    Run::Stated(stated) => stated.text = format!("{}（新）", stated.text).into(),
                    _ => {}
                }
            }
        }
    }
    let mut lines = PRINTED.to_vec();
    lines[6] = "收入增加1.00万元，主要原因是供水改造增多，水价提高。";
    let told = told(&reconcile(&today, &document(&lines), &listed(&printed)));
    assert_eq!(
        told,
        [
            "Outdated 第一部分 概况 [duties[1].text] 负责水资源的管理和节约用水工作。 → 负责水资源的管理和节约用水工作。",
            "Outdated 第二部分 说明 [f[total].a] 1.00 → 1.00",
            "Conflict 第二部分 说明 [reasons[income].text] 供水改造增多 → 供水改造增多，水价提高",
        ]
    );
}

#[test]
fn another_disclosure_is_told() {
    let other = document(&["教育局决算", "第一部分 概况", "负责教育。", "小学\t2.00"]);
    assert!(reconcile(&publication(), &other, &[]).is_other);
}
