/// A kind of report of antisocial behaviour. The codes are ours: P personal, N nuisance, E environmental.
struct DemoReportKind {
    let code: String
    let title: String
    let share: Double
    let setting: DemoSetting
    let rhythm: DemoRhythm
    let season: DemoSeason
    var alcohol = 0.0
    var drugs = 0.0

    static let police: [DemoReportKind] = [
        DemoReportKind(
            code: "ASB-N", title: "Rowdy or inconsiderate behaviour", share: 46, setting: .street, rhythm: .nightOut,
            season: .summer, alcohol: 22, drugs: 4),
        DemoReportKind(
            code: "ASB-P", title: "Personal: a person or household is singled out", share: 23, setting: .home,
            rhythm: .evening, season: .flat, alcohol: 8),
        DemoReportKind(
            code: "ASB-N", title: "Vehicles driven to annoy", share: 12, setting: .street, rhythm: .evening,
            season: .summer),
        DemoReportKind(
            code: "ASB-N", title: "Begging and street drinking", share: 7, setting: .station, rhythm: .shopping,
            season: .flat, alcohol: 55, drugs: 20),
        DemoReportKind(
            code: "ASB-N", title: "Drugs used in the open", share: 7, setting: .street, rhythm: .evening,
            season: .summer, drugs: 100),
        DemoReportKind(
            code: "ASB-E", title: "Environmental: damage to a place", share: 5, setting: .street, rhythm: .daytime,
            season: .summer),
    ]

    static let council: [DemoReportKind] = [
        DemoReportKind(
            code: "ASB-N", title: "Noise", share: 44, setting: .home, rhythm: .nightOut, season: .summer, alcohol: 6),
        DemoReportKind(
            code: "ASB-E", title: "Fly-tipping", share: 24, setting: .street, rhythm: .daytime, season: .flat),
        DemoReportKind(
            code: "ASB-E", title: "Graffiti", share: 8, setting: .station, rhythm: .daytime, season: .summer),
        DemoReportKind(
            code: "ASB-E", title: "Litter or dog fouling", share: 9, setting: .street, rhythm: .daytime, season: .flat),
        DemoReportKind(
            code: "ASB-P", title: "Dispute with a neighbour", share: 15, setting: .home, rhythm: .evening,
            season: .summer, alcohol: 7),
    ]
}
