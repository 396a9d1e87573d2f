/// A kind of offence in the invented borough: its Home Office class and sub-class, a plain title of our own, and how
/// often, when and where it happens.
struct DemoOffence {
    let code: String
    let title: String
    let category: String
    /// How many in the first year.
    let perYear: Int
    /// Change from year to year, in per cent.
    var trend = 0.0
    let rhythm: DemoRhythm
    let season: DemoSeason
    let setting: DemoSetting
    let traits: DemoTraits
    /// How often its time is known only as a window, in per cent.
    var windows = 0.0
}

extension DemoOffence {
    private static let violence = "Violence and sexual offences"
    static let homeBurglary = "028/03"

    static let all: [DemoOffence] =
        violentOffences + sexualOffences + robberies + burglaries + vehicleOffences + thefts + damages + drugOffences
        + weaponOffences + publicOrder + others

    private static func make(
        _ code: String, _ title: String, _ category: String, _ perYear: Int, _ trend: Double, _ rhythm: DemoRhythm,
        _ season: DemoSeason, _ setting: DemoSetting, _ traits: DemoTraits, windows: Double = 0
    ) -> DemoOffence {
        DemoOffence(
            code: code, title: title, category: category, perYear: perYear, trend: trend, rhythm: rhythm,
            season: season, setting: setting, traits: traits, windows: windows)
    }

    private static let violentOffences: [DemoOffence] = [
        make("001/01", "Murder", violence, 3, 0, .nightOut, .flat, .street, .homicide),
        make("002/00", "Attempted murder", violence, 3, 0, .nightOut, .summer, .street, .wounding),
        make("005/01", "Serious wounding with intent", violence, 62, 2, .nightOut, .summer, .street, .wounding),
        make("008/01", "Serious wounding", violence, 118, 2, .nightOut, .summer, .nightlife, .wounding),
        make("008/06", "Assault causing injury", violence, 1320, 1, .nightOut, .summer, .nightlife, .assault),
        make("105/01", "Common assault", violence, 1480, 1, .evening, .summer, .street, .commonAssault),
        make("104/23", "Assault on a police officer", violence, 170, 1, .nightOut, .summer, .nightlife, .commonAssault),
        make("003/01", "Threats to kill", violence, 220, 2, .evening, .summer, .home, .threat),
        make("195/94", "Harassment", violence, 640, 1, .anyTime, .flat, .home, .harassment),
        make("008/30", "Harassment putting in fear of violence", violence, 170, 1, .anyTime, .flat, .home, .harassment),
        make("008/65", "Stalking with fear of violence", violence, 140, 4, .anyTime, .flat, .home, .harassment),
        make("008/67", "Controlling or coercive behaviour", violence, 210, 6, .anyTime, .flat, .home, .coercion),
        make("008/72", "Malicious communications", violence, 620, 2, .evening, .flat, .online, .harassment),
        make("011/03", "Cruelty to or neglect of a child", violence, 60, 0, .evening, .flat, .home, .againstChild),
        make("036/01", "Kidnapping", violence, 14, 0, .nightOut, .flat, .street, .wounding),
    ]

    private static let sexualOffences: [DemoOffence] = [
        make("019/08", "Rape of a woman", violence, 112, 4, .nightOut, .summer, .home, .rape),
        make("019/07", "Rape of a girl under 16", violence, 22, 3, .afterSchool, .flat, .home, .rape),
        make("020/05", "Sexual assault on a woman or girl", violence, 205, 4, .nightOut, .summer, .nightlife, .sexual),
        make("017/15", "Sexual assault on a man or boy", violence, 28, 2, .nightOut, .summer, .nightlife, .sexual),
        make("088/09", "Exposure", violence, 58, 1, .commuting, .summer, .street, .sexual),
        make("071/17", "Sexual communication with a child", violence, 32, 8, .evening, .flat, .online, .sexual),
    ]

    private static let robberies: [DemoOffence] = [
        make("034/01", "Robbery", "Robbery", 470, 5, .afterSchool, .schoolTerm, .street, .robbery),
        make("034/02", "Assault with intent to rob", "Robbery", 18, 5, .afterSchool, .schoolTerm, .station, .robbery),
    ]

    private static let burglaries: [DemoOffence] = [
        make(
            homeBurglary, "Burglary of a home", "Burglary", 1180, -6, .daytime, .winter, .home, .burglary, windows: 82),
        make("029/00", "Aggravated burglary of a home", "Burglary", 22, 0, .evening, .winter, .home, .robbery),
        make(
            "030/02", "Burglary of a business", "Burglary", 330, -2, .anyTime, .winter, .business, .ofBusiness,
            windows: 85),
    ]

    private static let vehicleOffences: [DemoOffence] = [
        make(
            "045/10", "Theft from a vehicle", "Vehicle crime", 1290, -3, .anyTime, .winter, .parked, .vehicle,
            windows: 85),
        make("048/01", "Theft of a vehicle", "Vehicle crime", 600, 4, .anyTime, .flat, .parked, .vehicle, windows: 80),
        make(
            "126/00", "Interfering with a vehicle", "Vehicle crime", 140, 0, .anyTime, .flat, .parked, .vehicle,
            windows: 60),
        make("037/02", "Aggravated taking of a vehicle", "Vehicle crime", 24, 0, .nightOut, .flat, .street, .vehicle),
    ]

    private static let thefts: [DemoOffence] = [
        make("046/00", "Shoplifting", "Shoplifting", 1500, 9, .shopping, .flat, .retail, .shop),
        make("039/00", "Theft from a person", "Theft from the person", 480, 5, .commuting, .winter, .station, .theft),
        make(
            "044/00", "Theft of a bicycle", "Bicycle theft", 320, -4, .daytime, .summer, .station, .theft, windows: 75),
        make("049/10", "Other theft", "Other theft", 980, -1, .daytime, .flat, .retail, .theft, windows: 35),
        make("040/00", "Theft in a home", "Other theft", 210, 0, .anyTime, .flat, .home, .theft, windows: 55),
        make("041/00", "Theft by an employee", "Other theft", 55, 0, .daytime, .flat, .business, .shop, windows: 50),
        make("053/25", "Leaving without paying", "Other theft", 95, 2, .anyTime, .flat, .retail, .shop),
    ]

    private static let damages: [DemoOffence] = [
        make(
            "149/00", "Criminal damage under £5,000", "Criminal damage and arson", 1390, -2, .evening, .summer, .street,
            .damage, windows: 45),
        make(
            "058/00", "Criminal damage of £5,000 or more", "Criminal damage and arson", 42, 0, .evening, .summer,
            .business, .damage, windows: 45),
        make("056/02", "Arson", "Criminal damage and arson", 66, 0, .nightOut, .summer, .street, .damage),
        make("056/01", "Arson endangering life", "Criminal damage and arson", 12, 0, .nightOut, .flat, .home, .damage),
    ]

    private static let drugOffences: [DemoOffence] = [
        make("092/61", "Possession of cannabis", "Drugs", 560, -4, .evening, .flat, .street, .possession),
        make("092/50", "Possession of cocaine", "Drugs", 130, 2, .nightOut, .flat, .nightlife, .possession),
        make("092/70", "Cocaine: possession with intent to supply", "Drugs", 88, 3, .evening, .flat, .street, .supply),
        make(
            "092/74", "Crack cocaine: possession with intent to supply", "Drugs", 62, 3, .evening, .flat, .street,
            .supply),
        make("092/81", "Cannabis: possession with intent to supply", "Drugs", 84, 0, .evening, .flat, .street, .supply),
        make("092/21", "Growing cannabis", "Drugs", 34, 0, .daytime, .flat, .home, .supply),
    ]

    private static let weaponOffences: [DemoOffence] = [
        make(
            "008/26", "Carrying a blade in public", "Possession of weapons", 112, 3, .afterSchool, .summer, .street,
            .weapon),
        make(
            "008/11", "Carrying an offensive weapon", "Possession of weapons", 64, 1, .nightOut, .summer, .street,
            .weapon),
        make(
            "008/27", "Carrying a blade at a school", "Possession of weapons", 14, 2, .daytime, .schoolTerm, .school,
            .weapon),
        make(
            "081/03", "Holding a firearm without a certificate", "Possession of weapons", 6, 0, .anyTime, .flat, .home,
            .weapon),
    ]

    private static let publicOrder: [DemoOffence] = [
        make(
            "125/09", "Causing harassment, alarm or distress on purpose", "Public order", 740, 3, .evening, .summer,
            .street, .disorder),
        make("125/11", "Causing fear of violence", "Public order", 320, 2, .nightOut, .summer, .nightlife, .disorder),
        make("125/12", "Harassment, alarm or distress", "Public order", 250, 2, .evening, .summer, .street, .disorder),
        make("066/01", "Affray", "Public order", 92, 0, .nightOut, .summer, .nightlife, .disorder),
        make("065/00", "Violent disorder", "Public order", 8, 0, .nightOut, .summer, .street, .disorder),
        make(
            "125/82", "Racially or religiously aggravated distress", "Public order", 190, 3, .evening, .summer,
            .station, .hostile),
    ]

    private static let others: [DemoOffence] = [
        make("066/39", "Breach of a non-molestation order", "Other crime", 130, 3, .evening, .flat, .home, .breach),
        make("079/01", "Perverting the course of justice", "Other crime", 26, 0, .daytime, .flat, .business, .other),
        make("035/00", "Blackmail", "Other crime", 44, 9, .evening, .flat, .online, .other),
        make("054/01", "Handling stolen goods", "Other crime", 52, -2, .daytime, .flat, .street, .shop),
        make("033/00", "Going equipped to steal", "Other crime", 46, -2, .nightOut, .winter, .parked, .ofBusiness),
    ]
}
