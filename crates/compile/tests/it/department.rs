//! A small department to begin from: two units, every relation holds.

use juesuan_compile::{
    Consolidated, Department, Node, Package, check_unit, consolidate, enter, intake, score,
};
use juesuan_model::{Finding, Sheet};
use juesuan_scheme::manuscript::Manuscript;
use juesuan_scheme::package::{PackageForm, SheetLevel};
use juesuan_scheme::{Scheme, embedded};

/// What a unit hands in, sheet by sheet: name, ending, text.
pub(crate) type Texts = Vec<(&'static str, &'static str, String)>;

pub(crate) struct Desk {
    pub(crate) scheme: Scheme,
    pub(crate) form: PackageForm,
    pub(crate) manuscript: Manuscript,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let files = embedded();
        let mut scheme = juesuan_builtin::scheme("cn").unwrap();
        let form = PackageForm::load(&files, &mut scheme).unwrap();
        let manuscript = Manuscript::load(&files, &scheme).unwrap();
        Self { scheme, form, manuscript }
    }

    pub(crate) fn unit(&self, texts: &Texts) -> (Package, Vec<Finding>) {
        intake(&self.form, &self.scheme, SheetLevel::Unit, "单位", &sheets(texts))
    }

    /// The department of these units, with the reasons that the manuscript asks for.
    pub(crate) fn department(&self, units: &[Texts]) -> (Department, Vec<Package>, Vec<Finding>) {
        self.department_with(&department_texts(), units)
    }

    /// The same with other sheets of the department.
    pub(crate) fn department_with(
        &self,
        own: &Texts,
        units: &[Texts],
    ) -> (Department, Vec<Package>, Vec<Finding>) {
        let level = SheetLevel::Department;
        let own = sheets(own);
        let (own, mut findings) = intake(&self.form, &self.scheme, level, "部门", &own);
        assert_eq!(shown(&findings), Vec::<String>::new());
        let mut packages = vec![own];
        let mut nodes = Vec::new();
        for texts in units {
            let (package, faults) = self.unit(texts);
            findings.extend(faults);
            findings.extend(check_unit(&self.form, &self.scheme, &package));
            nodes.push(Node {
                code: package.code.clone(),
                label: package.name.clone(),
                parent: None,
            });
            packages.push(package);
        }
        (Department { name: "某局".into(), year: 2024, units: nodes }, packages, findings)
    }

    /// Everything up to the scores.
    pub(crate) fn compiled(&self, units: &[Texts]) -> (Consolidated, Vec<Finding>) {
        let (department, packages, mut findings) = self.department(units);
        let mut all = consolidate(&department, &self.form, &self.scheme, &packages);
        findings.append(&mut all.findings);
        let (scored, faults) = score(&self.scheme, &all.ledger);
        findings.extend(faults);
        enter(&mut all.ledger, &scored);
        (all, findings)
    }
}

fn sheets(texts: &Texts) -> Vec<Sheet> {
    let read = |(name, ending, text): &(&str, &str, String)| {
        juesuan_read::read_sheet(name, ending, &format!("{name}.{ending}"), text).unwrap()
    };
    texts.iter().map(read).collect()
}

/// Code, place and message of findings.
pub(crate) fn shown(findings: &[Finding]) -> Vec<String> {
    let one = |f: &Finding| format!("{} {} {}", f.code, f.subject, f.message);
    findings.iter().map(one).collect()
}

/// The texts of a unit that the same change is made to.
pub(crate) fn with(mut texts: Texts, sheet: &str, change: impl Fn(&str) -> String) -> Texts {
    let (_, _, text) = texts.iter_mut().find(|(name, ..)| *name == sheet).unwrap();
    let changed = change(text);
    assert_ne!(changed, *text, "nothing changed in {sheet}");
    *text = changed;
    texts
}

pub(crate) fn department_texts() -> Texts {
    let remarks = "收入总计与上年 支出总计与上年 年末结转和结余与上年 财政拨款支出与上年 基本支出用途 项目支出用途 \
        2130306 三公合计与预算 三公合计与上年 公务接待费与预算 公务接待费与上年";
    let remarks: String =
        remarks.split(' ').map(|about| format!("{about},{about}的原因\n")).collect();
    vec![
        ("说明", "csv", format!("对象,内容\n{remarks}")),
        ("科目用途", "csv", "功能科目,用途\n2130306,水利工程运行\n".to_owned()),
        ("主要职责", "csv", "职责\n管理水利工程。\n".to_owned()),
    ]
}

/// A unit with 100 元 of basic and 50 元 of project expenditure for each of its `people`.
pub(crate) fn unit(name: &'static str, code: &'static str) -> Texts {
    let fields = format!(
        "\"单位名称\" = \"{name}\"\n\"单位代码\" = \"{code}\"\n\"单位性质\" = \"行政单位\"\n\"年度\" = 2024\n\
         \"编制人数\" = 10\n\"年末在职人数\" = 9\n"
    );
    let general = "一般公共预算财政拨款";
    vec![
        ("单位信息", "toml", fields),
        ("收入", "csv", format!("功能科目,收入来源,金额,对方单位代码\n2130306,{general},1500000.00,\n")),
        (
            "支出",
            "csv",
            format!(
                "资金性质,功能科目,经济科目,支出性质,项目名称,使用上年结转,金额,对方单位代码\n\
                 {general},2130306,30101,基本支出,,,800000.00,\n\
                 {general},2130306,30217,基本支出,,,6000.00,\n\
                 {general},2130306,30201,基本支出,,,194000.00,\n\
                 {general},2130306,30227,项目支出,{name}管护项目,,400000.00,\n"
            ),
        ),
        (
            "结转结余",
            "csv",
            format!(
                "资金性质,功能科目,年初结转和结余,年末结转和结余\n{general},2130306,20000.00,120000.00\n"
            ),
        ),
        (
            "预算",
            "csv",
            format!(
                "资金性质,功能科目,支出性质,年初预算,全年预算\n{general},2130306,基本支出,900000.00,1000000.00\n\
                 {general},2130306,项目支出,500000.00,500000.00\n"
            ),
        ),
        (
            "上年数",
            "toml",
            "\"收入总计\" = \"1400000\"\n\"年末结转和结余\" = \"20000\"\n\"一般公共预算财政拨款支出\" = \"1380000\"\n\
             \"机关运行经费\" = \"200000\"\n"
                .to_owned(),
        ),
    ]
    .into_iter()
    .chain(activities(name))
    .collect()
}

/// What a unit does: trips and cars, purchases, a project.
fn activities(name: &str) -> Texts {
    let general = "一般公共预算财政拨款";
    vec![
        ("三公经费", "csv", "项目,全年预算,决算,上年决算\n公务接待费,8000,6000,7000\n".to_owned()),
        ("三公数量", "toml", "\"国内公务接待批次\" = 3\n\"国内公务接待人次\" = 20\n".to_owned()),
        (
            "政府采购",
            "csv",
            "类别,采购金额,授予中小企业金额,其中：授予小微企业金额\n服务,400000,400000,100000\n"
                .to_owned(),
        ),
        ("国有资产", "toml", "\"其他用车\" = 0\n".to_owned()),
        (
            "项目",
            "csv",
            format!(
                "项目名称,资金性质,预期目标,实际完成情况,综述：绩效目标完成情况\n\
                 {name}管护项目,{general},管护水库。,管护了水库。,一是管护了水库\n"
            ),
        ),
        (
            "项目资金",
            "csv",
            format!(
                "项目名称,资金来源,年初预算,全年预算\n{name}管护项目,当年财政拨款,500000,500000\n"
            ),
        ),
        (
            "绩效指标",
            "csv",
            format!(
                "项目名称,一级指标,二级指标,三级指标,运算符号,目标值,计量单位,完成值,分值,偏差原因,改进措施\n\
                 {name}管护项目,产出指标,数量指标,管护水库数量,≥,4,座,4,50,,\n\
                 {name}管护项目,效益指标,社会效益指标,受益人口,≥,2,万人,1.5,30,一座水库停水检修,加快检修\n\
                 {name}管护项目,满意度指标,服务对象满意度指标,群众满意度,≥,90,%,92,10,,\n"
            ),
        ),
    ]
}
