use encoding_rs::GBK;
use juesuan_model::Block;
use proptest::prelude::*;

use super::*;
use crate::formats::Reading;
use crate::formats::listing::listed;

fn reading(page: &[u8]) -> Reading {
    listed(read(page).unwrap())
}

/// A page as its listing, with what was left out of it below.
fn shown(page: &str) -> String {
    let reading = reading(page.as_bytes());
    let caveats = reading.document.caveats.iter().map(|caveat| format!("! {}\n", caveat.message));
    let listing = reading.text.replace("\n\n", "\n");
    format!("{}{}", listing.replace('\t', "|"), caveats.collect::<String>())
}

#[test]
fn pages_are_told_from_text_with_tags() {
    for page in [
        "<!DOCTYPE html>",
        "\u{feff}\r\n <!-- 由某软件保存 --> <!doctype HTML PUBLIC \"\">",
        "<html lang=zh>",
        "<HEAD>",
        "<body >",
        "<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">",
    ] {
        assert!(is_page(page.as_bytes()), "{page}");
    }
    for text in ["# 决算\n<html>", "<table><tr><td>1", "<header>", "<?xml version='1.0'?><a/>", ""]
    {
        assert!(!is_page(text.as_bytes()), "{text}");
    }
}

#[test]
fn a_page_is_read_in_its_encoding() {
    let text =
        "<html><head><meta charset=\"gb2312\"></head><body><p>部门决算公开，金额单位：万元</p>";
    let (bytes, ..) = GBK.encode(text);
    assert_eq!(reading(&bytes).text, "部门决算公开，金额单位：万元\n\n");
    let (bytes, ..) = encoding_rs::BIG5.encode("<html><meta charset=big5><p>部門決算");
    assert_eq!(reading(&bytes).text, "部門決算\n\n");
    let wrong = "<html><meta charset=gbk><p>部门决算";
    assert_eq!(reading(wrong.as_bytes()).text, "部门决算\n\n");
}

#[test]
fn tables_are_read_with_spans_and_one_cell_a_line() {
    let page = "<html><body><table>\n<tr>\n<td rowspan=2>\n<p>项目</p>\n</td>\n<td colspan=2>支出<br>决算</td>\n</tr>\n<tr><td>基本<br>支出</td><td>项目</td></tr><tr><td>合计<td>1.00<td>&nbsp;</table>";
    assert_eq!(shown(page), "项目|支出决算\n|基本支出|项目\n合计|1.00|\n");
    let reading = reading(page.as_bytes());
    let Block::Table(table) = &reading.document.blocks[0] else { panic!("no table") };
    let head: Vec<_> =
        table.rows[0].cells.iter().map(|c| (c.column, c.column_span, c.row_span)).collect();
    assert_eq!(head, [(0, 1, 2), (1, 2, 1)]);
}

#[test]
fn tables_that_arrange_the_page_vanish() {
    let page = "<html><body><table><tr><td><table><tr><td>一、概况</td></tr></table></td></tr><tr><td>\
                <table><tr><td>科目</td><td>金额</td></tr><tr><td>教育</td><td>1.00</td></tr></table>\
                </td><td></td></tr></table>";
    assert_eq!(shown(page), "一、概况\n科目|金额\n教育|1.00\n");
}

#[test]
fn tables_made_of_other_elements_are_tables() {
    let styled = "<html><style>.t{display:table}.r{display:table-row}.c{display:table-cell}</style><body>\
                  <div class=t><div class=r><div class=c>合计</div><div class=c>1.00</div></div></div>";
    assert_eq!(shown(styled), "合计|1.00\n");
    let row =
        |label: &str, amount: &str| format!("<li><span>{label}</span><span>{amount}</span></li>");
    let even = format!(
        "<html><body><p>表</p><ul>{}{}{}</ul>",
        row("科目", "金额"),
        row("教育", "1.00"),
        row("合计", "1.00")
    );
    assert_eq!(shown(&even), "表\n科目|金额\n教育|1.00\n合计|1.00\n");
    let list = format!("<html><body><ul>{0}{0}{0}</ul>", row("主要职责", "机构设置"));
    assert_eq!(shown(&list), "主要职责机构设置\n".repeat(3));
}

const ARTICLE: &str = "<p>一、主要职责</p><p>负责全市水资源管理，实行最严格的制度。</p>";

#[test]
fn what_stands_around_the_content_is_left_out() {
    let links: String =
        (0..9).map(|n| format!("<li><a href='/{n}'>政务公开栏目</a></li>")).collect();
    let article = ARTICLE.repeat(9);
    let page = format!(
        "<html><head><title>某局2024年度部门决算_市政府</title></head><body>\
         <div class=top><a href='/'>首页</a> 设为首页</div><ul>{links}</ul>\
         <div class=main><div class=path>位置：<a href='/'>首页</a></div>\
         <div class=head><div class=title>某局2024年度部门决算</div>来源：某局 <a href='?'>打印</a></div>\
         <div class=content>{article}</div><div class=more><ul>{links}</ul></div></div>\
         <div>主办：市政府 版权所有 <a href='//b'>备案号 12345</a></div><script>var a = '<p>1</p>';</script></body>"
    );
    let read = "一、主要职责\n负责全市水资源管理，实行最严格的制度。\n".repeat(9);
    assert_eq!(shown(&page), format!("# 某局2024年度部门决算\n{read}"));
}

#[test]
fn nothing_of_the_content_is_taken_for_something_around_it() {
    let page = "<html><body><div><p>2024年度部门决算</p></div><div><p>职责。</p></div><div>\
                <p>收入支出决算总表的说明，比其他部分都长得多，占了全文的大半。</p></div></body>";
    assert_eq!(
        shown(page),
        "2024年度部门决算\n职责。\n收入支出决算总表的说明，比其他部分都长得多，占了全文的大半。\n"
    );
}

#[test]
fn tables_that_arrange_the_page_lead_to_the_content() {
    let links: String = (0..9).map(|n| format!("<p><a href='/{n}'>政务公开栏目</a>")).collect();
    let page = format!(
        "<html><body><table><tr><td>{links}</td><td><table><tr><td>位置：<a href='/'>首页</a></td></tr>\
         <tr><td><h1>部门决算</h1></td></tr><tr><td>{}</td></tr></table></td></tr></table>\
         <p>主办：<a href='/'>市政府</a></p>",
        ARTICLE.repeat(9)
    );
    let read = "一、主要职责\n负责全市水资源管理，实行最严格的制度。\n".repeat(9);
    assert_eq!(shown(&page), format!("# 部门决算\n{read}"));
}

#[test]
fn links_in_the_content_are_content() {
    let unit = |n| format!("<li><a href='/{n}'>第{n}水务站</a></li>");
    let units: String = (1..5).map(unit).collect();
    let page = format!(
        "<html><body><div><a href='/'>首页</a></div><div>{ARTICLE}<p>详见<a href='/a'>附件</a></p><ul>{units}</ul></div>"
    );
    let shown = shown(&page);
    assert!(!shown.contains("首页"), "{shown}");
    assert!(shown.contains("详见附件\n第1水务站\n"), "{shown}");
}

#[test]
fn what_is_hidden_is_not_read_but_told() {
    let page = format!(
        "<html><body><div hidden>旧稿 9.00</div>{ARTICLE}<table><tr><td>合计<td>2.00</tr>\
         <tr style='display:none'><td>旧科目<td>1.00</tr><tr><td>教育<td>2.00</tr></table>\
         <img src=a.png width=20><img src=b.png><a href='/f/决算.PDF?x'>附件一</a>"
    );
    let shown = shown(&page);
    assert!(shown.contains("合计|2.00\n教育|2.00\n"), "{shown}");
    assert!(
        shown.contains("! 表里有 1 处隐藏的行或单元格，没有读（第一处：“旧科目 1.00”）"),
        "{shown}"
    );
    assert!(shown.contains("! 网页里有 1 处隐藏的内容，没有读（第一处：“旧稿 9.00”）"), "{shown}");
    assert!(shown.contains("! 正文里有 1 幅图片"), "{shown}");
    assert!(shown.contains("! 网页带有 1 个附件（如“附件一”）"), "{shown}");
}

#[test]
fn drawings_are_no_content_but_figures_of_tables_are() {
    let page = "<html><body><figure><h3>图说</h3><svg><text>1</text></svg><table><tr><td>甲<td>1</table></figure>\
                <figure class=table><table><tr><td>合计<td>1.00</table></figure>";
    assert_eq!(shown(page), "合计|1.00\n");
}

#[test]
fn lines_end_at_breaks_and_blocks() {
    let page = "<html><body><h2>二、<b>说明</b></h2><p>收入 <b>1.00</b>\n 万元。<br>支出。<div>三</div>四<ul><li>五<li>六</ul>\
                <pre>七\n八</pre>";
    assert_eq!(shown(page), "## 二、说明\n收入 1.00 万元。\n支出。\n三\n四\n五\n六\n七\n八\n");
}

#[test]
fn hostile_pages_end() {
    let deep = "<table><tr><td>".repeat(10_000);
    assert!(shown(&format!("<html>{deep}深")).contains("嵌套过深"));
    let wide = format!(
        "<html><table><tr>{}</tr>{}",
        "<td rowspan=200 colspan=200>".repeat(80),
        "<tr><td>1</tr>".repeat(190)
    );
    let far = wide.repeat(10);
    assert_eq!(read(far.as_bytes()).unwrap_err(), ReadError::TooMuch(Kind::Page));
}

proptest! {
    #[test]
    fn any_page_is_read(source in "(<(div|table|tr|td|p|br|h1|b|style|ul|li|/div|/table|/td|/b|a href=x)( hidden| rowspan=0| colspan=9)?>|[甲1.。 \n]{0,5}){0,60}") {
        let _ = read(format!("<html>{source}").as_bytes());
    }

    #[test]
    fn any_bytes_are_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = is_page(&bytes);
        let _ = read(&[b"<html>", bytes.as_slice()].concat());
    }
}
