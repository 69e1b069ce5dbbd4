"""Dossiers in progress: announced, consulted, carried out, overdue."""

from __future__ import annotations

from weimin.demo.scenario import (
    DossierContents,
    PlannedMeasure,
    Scenario,
    consultation,
    followup,
    outcome,
    progress_consultation,
    progress_outcome,
    response,
)

_AHEAD = {
    "about": "先听大家怎么说，再定方案",
    "when": "2026-12-04",
    "where": "{hall}",
    "how": "到党群服务中心登记，或者在公开栏的意见箱留言",
    "methods": ["meeting"],
}

IN_PROGRESS = (
    Scenario(
        key="shade",
        at="990001002003",
        on="2026-11-10",
        opened=-4,
        contents=DossierContents(
            title="公交站台没有遮雨棚", theme=("交通出行",), why="三个站台只有一根牌子，下雨天老人抱着孩子等车。"
        ),
        opinion="公交站没有棚，下雨没处躲",
    ),
    Scenario(
        key="noise",
        at="990006002",
        on="2026-11-12",
        opened=-6,
        contents=DossierContents(
            title="园区夜间货车噪声扰民",
            theme=("环境卫生", "交通出行"),
            why="园区货车夜里两点还在进出，紧挨着的安置小区睡不好。",
        ),
        topic={"approval": None},
    ),
    Scenario(
        key="granary",
        at="990003003",
        on="2026-12-04",
        opened=-28,
        contents=DossierContents(
            title="晒粮上公路，能不能建公共晒场",
            theme=("乡村建设", "交通出行"),
            why="秋收时公路上晒满稻谷，去年因此出过两起事故；各村都没有晒场。",
        ),
        topic={"announces": [_AHEAD]},
    ),
    Scenario(
        key="nursery",
        at="990002001",
        on="2026-12-09",
        opened=-30,
        contents=DossierContents(
            title="街道办托育点收费多少合适",
            theme=("教育",),
            why="双职工家庭多，两岁以下的孩子没有人带；办得起来办不起来，关键在收费。",
        ),
        topic={
            "approval": None,
            "announces": [
                {
                    "about": "托育点设在哪里、收多少",
                    "when": "2026-12-09",
                    "until": "2026-12-10",
                    "where": "{hall}",
                    "how": "电话预约或到街道窗口登记",
                    "methods": ["meeting", "online"],
                },
                {
                    "about": "线上先收一轮意见",
                    "when": "2026-11-28",
                    "where": "示例市为民协商网",
                    "how": "打开网站留言，不用注册",
                    "methods": ["online"],
                },
            ],
        },
        opinion="孩子没人带，希望街道办托育",
    ),
    Scenario(
        key="heating",
        at="990001004001",
        on="2026-11-13",
        contents=DossierContents(
            title="村民活动室冬天取暖的电费谁出",
            theme=("水电气网", "文化体育"),
            why="活动室去年装了取暖器，一个冬天电费四千多，没有人认账，今年不敢开。",
            suggestions=("群众代表：开放时间定下来，费用就有数", "乡贤代表：愿意出一半"),
        ),
        events=(consultation(0),),
        opinion="活动室冷，老人没处去",
    ),
    Scenario(
        key="hydrants",
        at="990004001",
        on="2026-11-11",
        contents=DossierContents(
            title="老街消火栓没有水压",
            theme=("公共安全",),
            why="老街三十六个消火栓抽查九个没有水压，木房子连成一片。",
            suggestions=("委员：先把九个修好，再查其余的", "群众代表：每家配一个灭火器"),
        ),
        events=(consultation(0),),
    ),
    Scenario(
        key="market",
        at="990002003",
        on="2026-09-16",
        contents=DossierContents(
            title="集市占路经营往哪里搬",
            theme=("环境卫生", "就业社保"),
            why="逢集占路一公里，救护车过不去；两百多个摊位靠它吃饭。",
            suggestions=("群众代表：搬到粮站空地", "群众代表：老摊位优先"),
        ),
        events=(consultation(0),),
    ),
    Scenario(
        key="graves",
        at="990005003001",
        on="2026-08-25",
        contents=DossierContents(
            title="公益性墓地的穴位怎么分",
            theme=("乡村建设",),
            why="新建墓地一百二十穴，按户还是按先后，各有各的说法。",
            suggestions=("群众代表：按先后，不许预留", "群众代表：特困户免费"),
            dissent=("按户分才公平",),
        ),
        events=(consultation(0),),
    ),
    Scenario(
        key="sewer",
        at="990001001003",
        on="2026-07-15",
        contents=DossierContents(
            title="雨污混流，地下室返水",
            theme=("水电气网", "住房物业"),
            why="一下雨地下室就返水，查下来是雨水管接进了污水管。",
            suggestions=("群众代表：先装止回阀救急", "委员：把混接的地方一次查清"),
            measures=(
                PlannedMeasure("安装止回阀", "物业公司", 14, "个", 30),
                PlannedMeasure("雨污分流改造", "{cgov}", 680, "米", 150),
            ),
            yuan=240000,
        ),
        events=(
            consultation(0),
            outcome(
                7,
                added_later=(9, ("submitted", "publication")),
                fields={
                    "submitted": [{"to": "{party}", "date": "{+12}"}],
                    "publication": {
                        "decision": "publish",
                        "by": "{party}",
                        "date": "{+13}",
                        "channels": [{"kind": "wechat", "date": "{+14}"}],
                    },
                },
            ),
            response(24),
            followup(60, {"m1": "done", "m2": "on_track"}),
            progress_consultation(100),
            progress_outcome(106),
        ),
        opinion="地下室返水，家具泡了",
    ),
    Scenario(
        key="fitness",
        at="990002002002",
        on="2026-06-09",
        contents=DossierContents(
            title="健身器材坏了没有人修",
            theme=("文化体育",),
            why="十七件器材坏了九件，两件有断裂，孩子照样爬。",
            suggestions=("群众代表：坏的先拆掉，免得伤人", "群众代表：写上报修电话的单位"),
            measures=(
                PlannedMeasure("拆除断裂的器材", "{vgov}", 2, "件", 10),
                PlannedMeasure("更换器材", "{tgov}", 9, "件", 85),
            ),
            yuan=27000,
        ),
        events=(
            consultation(0),
            outcome(8),
            response(26),
            followup(62, {"m1": "done", "m2": "behind:中标的厂家推迟供货，已催办"}, fields={"form": "supervision"}),
        ),
    ),
    Scenario(
        key="wifi",
        at="990003001002",
        on="2026-04-14",
        contents=DossierContents(
            title="村部没有网络，办事来回跑",
            theme=("水电气网", "乡村建设"),
            why="村部网络时断时续，认证、缴费都要跑到镇上。",
            suggestions=("群众代表：换一家试试", "乡贤代表：广场也覆盖上"),
            measures=(
                PlannedMeasure("村部接入光纤", "通信公司", 1, "条", 45),
                PlannedMeasure("广场无线覆盖", "{vgov}", 2, "处", 75),
            ),
        ),
        events=(
            consultation(0),
            outcome(8),
            response(22),
            followup(70, {"m1": "done", "m2": "stopped:立杆位置有争议，等用地确认"}),
        ),
    ),
    Scenario(
        key="crossing",
        at="990004002",
        on="2026-03-24",
        contents=DossierContents(
            title="县道路口没有信号灯",
            theme=("交通出行", "公共安全"),
            why="县道和镇中路的路口两年出过五次事故，过路的多是学生和老人。",
            suggestions=("群众代表：先装减速带", "委员：信号灯和照明一起上"),
            measures=(
                PlannedMeasure("安装减速带", "{tgov}", 4, "道", 20),
                PlannedMeasure("安装信号灯", "县交通运输部门", 1, "处", 150),
            ),
            yuan=160000,
        ),
        events=(
            consultation(0),
            outcome(9),
            response(28),
            followup(58, {"m1": "done", "m2": "on_track"}),
            progress_consultation(96),
            progress_outcome(103),
        ),
        opinion="路口太险，装个红绿灯",
    ),
    Scenario(
        key="greenhouse",
        at="990005002001",
        on="2026-05-19",
        contents=DossierContents(
            title="大棚区机耕路坑洼，蔬菜运不出去",
            theme=("乡村建设", "交通出行"),
            why="机耕路一下雨就陷车，菜商压价，一季少卖不少。",
            suggestions=("群众代表：先垫石子应急", "乡贤代表：种植户每亩出一点工"),
            measures=(PlannedMeasure("机耕路铺设碎石", "{vgov}", 2600, "米", 80),),
            yuan=98000,
        ),
        events=(consultation(0), outcome(8), response(25), followup(84)),
    ),
    Scenario(
        key="handrail",
        at="990001003",
        on="2026-07-22",
        contents=DossierContents(
            title="老年人多的楼道装扶手",
            theme=("养老助残", "住房物业"),
            why="辖区无电梯的楼一百零四个楼道，只有一边有扶手，雨天常有人滑倒。",
            suggestions=("群众代表：从有九十岁老人的楼道装起", "群众代表：楼道灯一起换成感应的"),
            measures=(
                PlannedMeasure("安装第二侧扶手", "{tgov}", 104, "个楼道", 70),
                PlannedMeasure("更换感应灯", "{tgov}", 416, "盏", 75),
            ),
            yuan=156000,
        ),
        events=(consultation(0), outcome(7), response(23), followup(80)),
    ),
    Scenario(
        key="dogs",
        at="990002004",
        on="2026-03-11",
        contents=DossierContents(
            title="流浪犬伤人怎么管",
            theme=("公共安全", "环境卫生"),
            why="半年里有七人被咬，家犬不拴绳和流浪犬混在一起。",
            suggestions=("群众代表：给家犬登记挂牌", "群众代表：收容要有地方，不能打了事"),
            measures=(
                PlannedMeasure("家犬登记挂牌", "{tgov}", 260, "只", 60),
                PlannedMeasure("设收容点", "{tgov}", 1, "处", 70),
            ),
        ),
        events=(consultation(0), outcome(8), response(24), followup(75)),
    ),
)
