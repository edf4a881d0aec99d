//! The words of which the offices' records are made. All people, schools and counties are invented.

/// The provinces, and how many offices each has: as many as it has counties, one of its own, and those of cities and
/// divisions without counties; 2,900 together.
pub const PROVINCES: [(&str, usize); 31] = [
    ("北京市", 17),
    ("天津市", 17),
    ("河北省", 168),
    ("山西省", 118),
    ("内蒙古自治区", 104),
    ("辽宁省", 101),
    ("吉林省", 61),
    ("黑龙江省", 122),
    ("上海市", 17),
    ("江苏省", 96),
    ("浙江省", 91),
    ("安徽省", 105),
    ("福建省", 85),
    ("江西省", 101),
    ("山东省", 137),
    ("河南省", 158),
    ("湖北省", 104),
    ("湖南省", 123),
    ("广东省", 125),
    ("广西壮族自治区", 112),
    ("海南省", 27),
    ("重庆市", 39),
    ("四川省", 184),
    ("贵州省", 89),
    ("云南省", 130),
    ("西藏自治区", 75),
    ("陕西省", 108),
    ("甘肃省", 88),
    ("青海省", 45),
    ("宁夏回族自治区", 23),
    ("新疆维吾尔自治区", 130),
];

/// A county is called by one of each: 200 names and three endings.
pub const COUNTY_FIRST: [&str; 20] = [
    "东", "西", "南", "北", "中", "江", "河", "湖", "山", "川", "清", "临", "新", "长", "永", "安", "兴", "宁", "金",
    "青",
];
pub const COUNTY_SECOND: [&str; 10] = ["安", "平", "阳", "城", "陵", "州", "和", "源", "化", "丰"];
pub const COUNTY_ENDINGS: [&str; 3] = ["县", "区", "市"];

pub const STAGES: [&str; 3] = ["小学", "初中", "高中"];
pub const SUBJECTS: [&str; 12] =
    ["语文", "数学", "英语", "物理", "化学", "生物学", "历史", "地理", "道德与法治", "体育与健康", "艺术", "信息科技"];
pub const TITLES: [&str; 4] = ["一级教师", "高级教师", "高级教师", "正高级教师"];
pub const DEGREES: [&str; 4] = ["本科", "本科", "本科", "研究生"];

/// Visits to schools, as clerks write them.
pub const VISITS: [&str; 6] = ["听评课", "听评课", "听课", "下校指导", "集体视导", "蹲点调研"];
pub const LESSONS: [&str; 3] = ["公开课", "示范课", "专题讲座"];
pub const MEETINGS: [&str; 6] = ["主题教研", "集体备课", "教研活动", "调研报告", "质量监测", "工作总结"];
pub const LEVELS: [&str; 4] = ["校级", "片区", "县级", "市级"];
pub const COURSES: [&str; 8] = [
    "新课标研读",
    "命题技术研修",
    "教研能力提升研修",
    "课堂观察与诊断",
    "作业设计专题培训",
    "信息技术应用能力提升",
    "校本教研组织",
    "学科关键问题研讨",
];
pub const COURSE_KINDS: [&str; 3] = ["1-集中培训", "2-跟岗实践", "3-网络研修"];

/// A topic: the first and the second part, with stage, subject and number between and after.
pub const TOPICS: [&str; 10] = [
    "单元整体教学设计",
    "课堂评价与当堂检测",
    "大概念统领的教学",
    "作业减量提质",
    "实验教学与探究",
    "整本书阅读指导",
    "跨学科主题学习",
    "毕业班复习备考",
    "青年教师教学基本功",
    "薄弱学校帮扶",
];
pub const FORMS: [&str; 8] = ["研讨", "观摩", "同课异构", "案例分享", "现场诊断", "经验交流", "集中反馈", "专题解读"];
/// A reply: one of each.
pub const PRAISE: [&str; 8] = [
    "目标清楚",
    "学生参与面广",
    "问题链设计合理",
    "情境贴近生活",
    "板书有条理",
    "小组合作有序",
    "评价及时",
    "资料准备充分",
];
pub const FAULTS: [&str; 8] = [
    "提问后留白不足",
    "重难点处理偏快",
    "练习梯度不够",
    "评价语言单一",
    "实验操作时间短",
    "板演机会少",
    "课堂小结仓促",
    "分层作业未落实",
];
pub const ADVICE: [&str; 8] = [
    "建议补一次当堂检测",
    "建议下周跟进复听",
    "建议精简课件页数",
    "建议备课组再磨一次",
    "建议增加学生展示",
    "建议按学情调整进度",
    "建议整理成教学案例",
    "建议与毕业年级衔接",
];
/// What stands in a cell of a date that is not known yet.
pub const NO_DATES: [&str; 3] = ["", "待定", "2023.13"];
