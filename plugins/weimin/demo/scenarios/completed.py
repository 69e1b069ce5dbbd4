"""Dossiers of 2024 that were completed with a positive evaluation (办结)."""

from __future__ import annotations

from weimin.demo.scenario import DossierContents, PlannedMeasure, Scenario, completed, completed_slowly

COMPLETED = (
    Scenario(
        key="carport",
        at="990001001002",
        on="2024-03-12",
        contents=DossierContents(
            title="小区电动自行车充电棚建在哪里",
            theme=("住房物业", "公共安全"),
            why="小区没有充电的地方，有人把电池拿上楼，有人从窗户拉线，隐患很大。",
            suggestions=("群众代表：建在北门空地，离楼远一点", "群众代表：充电费不能高过家里用电太多"),
            measures=(
                PlannedMeasure("北门建充电棚", "{vgov}", 60, "个车位", 55, "物业每周检查线路"),
                PlannedMeasure("清理楼道里停放的电动车", "物业公司", days=30),
            ),
            dissent=("充电棚离一号楼太近，担心有噪声",),
            yuan=96000,
        ),
        events=completed(60, 57, 1, 44, 8, 4),
        opinion="希望小区有个正规的充电的地方",
    ),
    Scenario(
        key="elevator",
        at="990001002001",
        on="2024-05-16",
        contents=DossierContents(
            title="老楼加装电梯，低层住户的采光怎么补偿",
            theme=("住房物业", "养老助残"),
            why="六层老楼没有电梯，三十多位老人常年下不了楼；低层住户担心采光和噪声。",
            suggestions=(
                "群众代表：费用按楼层分摊",
                "群众代表：电梯井用玻璃的，少挡光",
                "委员：请专业单位先做采光测算",
            ),
            measures=(
                PlannedMeasure("完成采光测算并公示", "{cgov}", days=80),
                PlannedMeasure("加装电梯", "{vgov}", 2, "部", 150, "业主委员会签订维保合同"),
            ),
            dissent=("一层采光受影响，补偿标准太低",),
            yuan=860000,
        ),
        events=completed_slowly(72, 70, 2, 49, 12, 7),
        opinion="老人下不了楼，想装电梯",
    ),
    Scenario(
        key="ditch",
        at="990002002001",
        on="2024-04-09",
        contents=DossierContents(
            title="村东排水沟年年堵，雨天进水",
            theme=("水电气网", "环境卫生"),
            why="一下大雨村东十几户院子进水，排水沟多年没有清过，有的地方被占了。",
            suggestions=("群众代表：先清淤再说加宽", "群众代表：占了沟的自己拆"),
            measures=(
                PlannedMeasure("清理排水沟", "{vgov}", 1200, "米", 40, "每年汛前清一次"),
                PlannedMeasure("修复塌陷的盖板", "{tgov}", 35, "块", 60),
            ),
            yuan=42000,
        ),
        events=completed(55, 55, 0, 47, 6, 2),
        opinion="下雨院子进水，沟该清了",
    ),
    Scenario(
        key="school-gate",
        at="990001001",
        on="2024-09-10",
        contents=DossierContents(
            title="小学放学时段门口堵车",
            theme=("交通出行", "教育"),
            why="放学那半小时接送的车停满两边，公交车过不去，孩子在车缝里穿。",
            suggestions=(
                "群众代表：分年级错时放学",
                "委员：借旁边市场的停车场用半小时",
                "群众代表：家长志愿者轮流疏导",
            ),
            measures=(
                PlannedMeasure("划定接送临时停车区", "{tgov}", 40, "个车位", 40),
                PlannedMeasure("落实错时放学", "辖区小学", days=20),
                PlannedMeasure("组织志愿者疏导", "{tgov}", days=30),
            ),
        ),
        events=completed(80, 76, 0, 60, 11, 3, 2, 0, pull=True),
        opinion="放学时间学校门口走不动",
    ),
    Scenario(
        key="canteen",
        at="990003001001",
        on="2024-06-18",
        contents=DossierContents(
            title="村里办老人助餐点",
            theme=("养老助残",),
            why="全村八十岁以上独居老人十九位，天冷天热做饭难。",
            suggestions=("乡贤代表：愿意每年捐一些米面", "群众代表：饭菜要软、要淡"),
            measures=(PlannedMeasure("利用旧村部办助餐点", "{vgov}", 1, "处", 70, "每月公布一次账目"),),
            yuan=52000,
        ),
        events=completed(40, 40, 0, 36, 3, 1),
    ),
    Scenario(
        key="clinic",
        at="990003002",
        on="2024-10-15",
        contents=DossierContents(
            title="村卫生室拿不到常用慢性病药",
            theme=("医疗卫生",),
            why="高血压、糖尿病的常用药村里没有，老人为几十块钱的药要跑一趟县城。",
            suggestions=("群众代表：把常用药备到村", "委员：让家庭医生每周来一次"),
            measures=(
                PlannedMeasure("增加卫生室备药", "县卫生健康部门", 40, "种", 80),
                PlannedMeasure("家庭医生每周到村", "镇卫生院", days=60),
            ),
        ),
        events=completed(66, 60, 1, 48, 8, 3),
        opinion="降压药村里买不到",
    ),
)
