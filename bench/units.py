#!/usr/bin/env python3
"""Writes a department of many made-up units, to measure how long consolidating takes.

    python3 bench/units.py OUT [--units 3000] [--rows 300]

Every unit hands in all sheets that are not optional, as a folder; `--rows` counts the lines of its CSV files without
heads, of which three quarters are expenditure. Names, codes of units and amounts are made up; every unit agrees with
itself, every fifth one pays a subsidy to the next, and the same arguments give the same bytes.
"""

import argparse
import csv
import pathlib
import random

GENERAL, OTHER = "一般公共预算财政拨款", "非财政拨款"
BASIC, PROJECT, SUBSIDY = "基本支出", "项目支出", "对附属单位补助支出"
ITEMS = ["2010301", "2010350", "2060101", "2070109", "2080501", "2080505", "2101101", "2130306", "2150501", "2210201"]
ECONOMIC = ["30101", "30102", "30103", "30108", "30110", "30113", "30201", "30202", "30206", "30207", "30211", "30213",
            "30216", "30226", "30227", "30229", "30239", "30299", "31002", "31007"]
PROJECTS = ["设施日常养护项目", "信息系统运行维护项目", "专项调查监测项目"]
KINDS = ["行政单位", "参照公务员法管理的事业单位", "公益一类事业单位", "公益二类事业单位"]
GOAL = "按计划完成年度任务，保障各项设施和系统正常运行。"
INDICATORS = [("产出指标", "数量指标", "完成任务数", "项", 12, 20), ("产出指标", "质量指标", "验收合格率", "%", 95, 30),
              ("效益指标", "社会效益指标", "服务覆盖率", "%", 90, 30), ("满意度指标", "服务对象满意度指标", "满意度", "%", 90, 10)]

# At least this many rows of a unit are no expenditure; balances make up what is missing to the number asked for.
OTHER_ROWS = 75


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def table(folder: pathlib.Path, name: str, head: str, rows: list) -> int:
    with open(folder / f"{name}.csv", "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(head.split(","))
        writer.writerows(rows)
    return len(rows)


def fields(folder: pathlib.Path, name: str, values: dict) -> None:
    lines = [f'"{key}" = {value if isinstance(value, int) else chr(34) + value + chr(34)}\n' for key, value in values.items()]
    (folder / f"{name}.toml").write_text("".join(lines), encoding="utf-8")


def code(number: int) -> str:
    return f"{900000 + number}"


def expenditure(chance: random.Random, number: int, count: int, projects: list, has_child: bool) -> list:
    rows = []
    for at in range(count):
        fund = OTHER if at % 12 == 11 else GENERAL
        project = projects[at // 3 % len(projects)] if at % 3 == 2 else ""
        item = ITEMS[at % len(ITEMS)]
        economic = ECONOMIC[chance.randrange(len(ECONOMIC))]
        amount = chance.randrange(10_000, 90_000_000)
        rows.append([fund, item, economic, PROJECT if project else BASIC, project, "", yuan(amount), "", "", amount])
    if has_child:
        rows[-1] = [OTHER, ITEMS[0], "30999", SUBSIDY, "", "", "50000.00", code(number + 1), "", 5_000_000]
    return rows


def income(spent: list, has_parent: bool) -> list:
    """What was spent, by item, so that nothing is left over but what balances say."""
    sums: dict = {}
    for fund, item, *_, amount in spent:
        sums[(fund, item)] = sums.get((fund, item), 0) + amount
    rows = []
    for (fund, item), amount in sums.items():
        source = GENERAL if fund == GENERAL else "其他收入"
        if has_parent and source != GENERAL:
            has_parent = False
            rows.append([item, "上级补助收入", "50000.00", code(0), ""])
            amount -= 5_000_000
        rows.append([item, source, yuan(amount), "", ""])
    return rows


def budget(spent: list) -> list:
    sums: dict = {}
    for fund, item, _, nature, *_, amount in spent:
        sums[(fund, item, nature)] = sums.get((fund, item, nature), 0) + amount
    return [[*key, yuan(amount), yuan(amount)] for key, amount in sums.items()]


def unit(folder: pathlib.Path, number: int, rows: int, has_child: bool, has_parent: bool) -> None:
    folder.mkdir(parents=True)
    chance = random.Random(number)
    name = f"第{number}设施管理所"
    projects = [f"{name}{project}" for project in PROJECTS]
    spent = expenditure(chance, number, max(rows - OTHER_ROWS, 24), projects, has_child)
    received = income(spent, has_parent)
    for row in received:
        if row[3]:
            row[3] = code(number - 1)
    count = table(folder, "支出", "资金性质,功能科目,经济科目,支出性质,项目名称,使用上年结转,金额,对方单位代码,备注",
                  [row[:-1] for row in spent])
    count += table(folder, "收入", "功能科目,收入来源,金额,对方单位代码,备注", received)
    count += table(folder, "预算", "资金性质,功能科目,支出性质,年初预算,全年预算", budget(spent))
    count += table(folder, "三公经费", "项目,全年预算,决算,上年决算",
                   [[kind, "0.00", "0.00", "0.00"] for kind in
                    ("因公出国（境）费", "公务接待费", "公务用车运行维护费", "公务用车购置费")])
    count += table(folder, "政府采购", "类别,采购金额,授予中小企业金额,其中：授予小微企业金额",
                   [[kind, "90000.00", "60000.00", "30000.00"] for kind in ("货物", "服务")])
    count += table(folder, "项目", "项目名称,序号,资金性质,预期目标,实际完成情况,综述：绩效目标完成情况,综述：主要问题及原因,"
                   "综述：改进措施,部门重点评价", [[project, "", GENERAL, GOAL, GOAL, GOAL, "", "", "否"] for project in projects])
    count += table(folder, "项目资金", "项目名称,资金来源,年初预算,全年预算", funding(spent, projects))
    indicators = [[project, group, subgroup, indicator, "≥", str(target), measure, str(target), str(points), "", "", ""]
                  for project in projects for group, subgroup, indicator, measure, target, points in INDICATORS]
    count += table(folder, "绩效指标", "项目名称,一级指标,二级指标,三级指标,运算符号,目标值,计量单位,完成值,分值,偏差原因,改进措施,佐证",
                   indicators)
    left = max(rows - count, 1)  # balances that stay as they are
    table(folder, "结转结余", "资金性质,功能科目,年初结转和结余,使用非财政拨款结余,结余分配,年末结转和结余",
          [[OTHER, ITEMS[at % len(ITEMS)], yuan(100 * at), "", "", yuan(100 * at)] for at in range(left)])
    fields(folder, "单位信息", {"单位名称": name, "单位简称": f"{number}所", "单位代码": code(number), "单位性质": KINDS[number % 4],
                            "年度": 2024, "编制人数": 20, "年末在职人数": 18, "决算批复日期": "2025-08-08"})
    fields(folder, "上年数", {"收入总计": "9000000.00", "年末结转和结余": "0.00", "一般公共预算财政拨款支出": "9000000.00"})
    fields(folder, "三公数量", {"公务用车保有量": 2})
    fields(folder, "国有资产", {"应急保障用车": 2})


def funding(spent: list, projects: list) -> list:
    sums: dict = {}
    for fund, _, _, _, project, *_, amount in spent:
        if project:
            key = (project, "当年财政拨款" if fund == GENERAL else "其他资金")
            sums[key] = sums.get(key, 0) + amount
    return [[*key, yuan(sums[key]), yuan(sums[key])] for key in sorted(sums, key=lambda key: projects.index(key[0]))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--units", type=int, default=3000)
    parser.add_argument("--rows", type=int, default=300)
    args = parser.parse_args()
    listed = ['"名称" = "设施管理局"\n"年度" = 2024\n"方案" = "cn"\n']
    for number in range(args.units):
        has_child = number % 5 == 0 and number + 1 < args.units
        unit(args.out / code(number), number, args.rows, has_child, number % 5 == 1)
        parent = f'"上级" = "{code(number - 1)}"\n' if number % 5 == 1 else ""
        listed.append(f'\n[["单位"]]\n"代码" = "{code(number)}"\n"文件夹" = "{code(number)}"\n{parent}')
    (args.out / "部门.toml").write_text("".join(listed), encoding="utf-8")
    own = args.out / "部门"
    own.mkdir()
    table(own, "主要职责", "职责", [["管理各类设施"]])
    table(own, "科目用途", "功能科目,用途,类名称,款名称,项名称", [[item, "设施管理", "", "", ""] for item in ITEMS])
    table(own, "说明", "对象,内容", [])
    table(own, "名词解释", "名词或科目编码,解释", [[item, "反映设施管理的支出。"] for item in ITEMS])


if __name__ == "__main__":
    main()
