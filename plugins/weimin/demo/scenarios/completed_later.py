"""Dossiers of 2025 and 2026 that were completed with a positive evaluation (办结)."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    completed,
    completed_slowly,
    consultation,
    evaluation,
    followup,
    outcome,
    progress_consultation,
    progress_outcome,
    response,
)

_LAMPS = DossierContents(
    title="{v}南北主路晚上没有路灯怎么办",
    theme=("交通出行", "公共安全"),
    why="主路八百米没有路灯，晚上学生放学、老人散步都不方便，去年冬天摔过人。",
    suggestions=(
        "群众代表：先把小学门口到桥头这一段亮起来",
        "乡贤代表：用太阳能路灯，省电费",
        "群众代表：灯杆不要立在各家门口正中",
    ),
    measures=(
        PlannedMeasure("主路安装太阳能路灯", "{vgov}", 26, "盏", 60, "由村电工每月检查一次"),
        PlannedMeasure("桥头加装反光警示柱", "{tgov}", 8, "根", 45),
    ),
    yuan=78000,
)

COMPLETED_LATER = (
    Scenario(
        key="lamps",
        at="990001001001",
        on="2026-03-04",
        contents=_LAMPS,
        events=(
            consultation(
                0,
                body="先到南北主路走了一趟，只有村口一盏灯。\n\n"
                "![改造前的主路，晚上只有一盏灯](attachments/road-before.png)\n\n提出的意见建议共 3 条，列在上面。",
            ),
            outcome(8, pull=True),
            response(25),
            followup(
                66, body="晚上到现场看过，二十六盏灯全亮。\n\n![改造后的主路](attachments/road-after.jpg)", pull=True
            ),
            progress_consultation(72, fields={"about": "completion"}),
            progress_outcome(78),
            evaluation(92, 48, 46, 0, 38, 6, 2),
        ),
        opinion="晚上主路太黑，希望装路灯",
    ),
    Scenario(
        key="stage",
        at="990004001001",
        on="2025-02-20",
        contents=DossierContents(
            title="文化广场晚上跳舞声音太大",
            theme=("文化体育", "环境卫生"),
            why="广场紧挨住户，两支队伍同时放音乐，考试季家长意见很大；跳舞的老人也没有别处去。",
            suggestions=("群众代表：九点以前结束", "群众代表：两队错开，音量定个数"),
            measures=(
                PlannedMeasure("安装定向音箱和分贝显示牌", "{tgov}", 2, "套", 50),
                PlannedMeasure("商定活动时间公约", "{vgov}", days=15),
            ),
            dissent=("限制时间没有道理，别的地方都不限",),
            yuan=23000,
        ),
        events=completed(50, 47, 0, 30, 11, 6),
        opinion="晚上广场音乐太吵",
    ),
    Scenario(
        key="bins",
        at="990004002002",
        on="2025-03-18",
        contents=DossierContents(
            title="垃圾投放点撤桶并点选在哪儿",
            theme=("环境卫生",),
            why="村里二十三个垃圾桶点，清运跟不上，夏天有味；都同意少一些，都不愿意放在自家门口。",
            suggestions=("群众代表：离厨房窗户三十米以上", "群众代表：做成带盖、带冲洗的", "乡贤代表：先试三个点"),
            measures=(PlannedMeasure("建分类投放亭", "{vgov}", 6, "座", 60, "保洁员每天冲洗"),),
            yuan=36000,
        ),
        events=completed(64, 62, 2, 45, 9, 6),
    ),
    Scenario(
        key="library",
        at="990005001",
        on="2025-03-06",
        contents=DossierContents(
            title="乡镇图书室晚上和周末能不能开门",
            theme=("文化体育", "教育"),
            why="图书室和机关一起上下班，学生放学它也关门，一年借出去不到三百本。",
            suggestions=("群众代表：周末开半天也行", "委员：请退休教师做志愿馆员"),
            measures=(
                PlannedMeasure("周末和寒暑假开放", "{tgov}", days=30),
                PlannedMeasure("添置少儿图书", "{tgov}", 800, "册", 70),
            ),
            yuan=24000,
        ),
        events=completed(45, 43, 0, 37, 5, 1),
    ),
    Scenario(
        key="bus",
        at="990005002",
        on="2025-04-22",
        contents=DossierContents(
            title="城乡公交末班车太早",
            theme=("交通出行",),
            why="末班车下午五点，在县城上班和看病的人赶不上，只好坐黑车。",
            suggestions=("群众代表：末班延到六点半", "群众代表：中间加一个站"),
            measures=(
                PlannedMeasure("末班车延后一小时", "县交通运输部门", days=60),
                PlannedMeasure("增设停靠站", "县交通运输部门", 2, "处", 80),
            ),
        ),
        events=completed(90, 84, 1, 70, 9, 4),
        opinion="公交末班车太早，赶不上",
    ),
    Scenario(
        key="wells",
        at="990005001002",
        on="2025-05-14",
        contents=DossierContents(
            title="灌溉机井谁来管、电费怎么摊",
            theme=("生态水利", "乡村建设"),
            why="十二口机井坏了五口，谁用谁修，修了别人也用，年年为电费吵。",
            suggestions=("群众代表：按亩装刷卡表", "乡贤代表：成立用水小组"),
            measures=(PlannedMeasure("机井改装刷卡电表", "{vgov}", 12, "口", 80, "用水小组管理，账目每季公布"),),
            yuan=60000,
        ),
        events=completed(58, 58, 0, 46, 9, 3),
    ),
    Scenario(
        key="training",
        at="990006001",
        on="2025-06-11",
        contents=DossierContents(
            title="园区缺工，街道的人找不到活，怎么对接",
            theme=("就业社保",),
            why="园区企业常年招工，街道有一百多位四五十岁的人在家，中间缺一个信得过的介绍。",
            suggestions=("企业：先培训一周再上岗", "群众代表：要能接送孩子的班次"),
            measures=(
                PlannedMeasure("开设岗前培训班", "{cgov}", 4, "期", 85),
                PlannedMeasure("公布灵活班次岗位", "{tgov}", 120, "个", 60),
            ),
        ),
        events=(
            consultation(0),
            outcome(8, fields={"publication": {"decision": "publish", "by": "{party}", "date": "{+12}"}}),
            response(25),
            followup(86),
            evaluation(100, 70, 66, 0, 52, 10, 4),
        ),
    ),
    Scenario(
        key="pond",
        at="990004003002",
        on="2025-07-08",
        contents=DossierContents(
            title="{v}门前黑臭水塘治理",
            theme=("生态水利", "环境卫生"),
            why="门前塘二十年没有换过水，夏天发黑发臭，填掉怕内涝，不填没法住。",
            suggestions=("群众代表：不要填，清淤换水", "委员：污水先截住，不然白清", "群众代表：塘边装护栏，孩子多"),
            measures=(
                PlannedMeasure("塘底清淤", "{tgov}", 3200, "立方米", 120),
                PlannedMeasure("铺设截污管", "{tgov}", 460, "米", 150),
                PlannedMeasure("塘边装护栏", "{vgov}", 180, "米", 130),
            ),
            yuan=310000,
        ),
        events=completed_slowly(76, 73, 1, 51, 15, 6),
        opinion="水塘又黑又臭，窗户不敢开",
    ),
    Scenario(
        key="gas",
        at="990002001002",
        on="2025-08-21",
        contents=DossierContents(
            title="老旧小区燃气立管更换要不要停气一周",
            theme=("水电气网", "公共安全"),
            why="立管用了二十六年，检测不合格；停气一周，老人做饭是难题。",
            suggestions=("群众代表：分单元停，每次两天", "群众代表：停气那几天供热饭"),
            measures=(
                PlannedMeasure("分批更换燃气立管", "燃气公司", 48, "根", 75),
                PlannedMeasure("停气期间送餐", "{vgov}", days=75),
            ),
            yuan=120000,
        ),
        events=completed(88, 85, 2, 66, 12, 5),
    ),
    Scenario(
        key="bridge",
        at="990003003001",
        on="2025-01-14",
        contents=DossierContents(
            title="危桥重建期间两岸怎么走",
            theme=("交通出行", "乡村建设"),
            why="村西老桥鉴定为危桥要拆了重建，两岸三百多户上学、下地全靠它。",
            suggestions=("群众代表：先搭便桥再拆", "群众代表：校车改道要提前说"),
            measures=(
                PlannedMeasure("搭建便桥", "县交通运输部门", 1, "座", 100),
                PlannedMeasure("重建老桥", "县交通运输部门", 1, "座", 160),
            ),
            yuan=1450000,
        ),
        events=completed_slowly(95, 92, 0, 71, 14, 5, 2),
        opinion="桥要拆，没有别的路",
    ),
    Scenario(
        key="parking",
        at="990001003002",
        on="2026-01-08",
        contents=DossierContents(
            title="老小区车位不够，绿地要不要改",
            theme=("住房物业", "交通出行"),
            why="三百二十户只有九十个车位，消防通道常被占；有人想改绿地，有人坚决不同意。",
            suggestions=("群众代表：只改枯死的两块，树一棵不动", "群众代表：夜里借用路边", "委员：消防通道先划出来"),
            measures=(
                PlannedMeasure("划出消防通道并装隔离桩", "{vgov}", days=30),
                PlannedMeasure("改建生态车位", "{tgov}", 42, "个", 60),
                PlannedMeasure("夜间借用机关停车场", "{tgov}", 60, "个", 45),
            ),
            dissent=("绿地一块都不能动",),
            yuan=185000,
        ),
        events=completed(110, 104, 3, 70, 19, 12),
        opinion="晚上回来没有地方停车",
    ),
    Scenario(
        key="toilets",
        at="990006004001",
        on="2026-02-11",
        contents=DossierContents(
            title="户厕改造以后粪污谁来清运",
            theme=("乡村建设", "环境卫生"),
            why="改厕一百四十户，化粪池满了没有人抽，有的又用回旱厕。",
            suggestions=("群众代表：定一个清运的价", "乡贤代表：抽出来还田，合作社要"),
            measures=(PlannedMeasure("购置吸粪车并公布预约办法", "{tgov}", 1, "辆", 60, "每次收费公开"),),
            yuan=88000,
        ),
        events=completed(52, 50, 0, 41, 6, 3),
    ),
)
