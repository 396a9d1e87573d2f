/// What goes with a kind of incident: who is in it, and which flags it carries. All shares are of a hundred.
struct DemoTraits {
    /// People who offend in the same way, from whom a suspect who returns is drawn.
    enum Circle: Int, CaseIterable {
        case domestic, violence, youth, burglary, retail, drugs, sexual, disorder
    }

    var circle: Circle
    /// Shares with a victim and with a known suspect.
    var victim = 90.0
    var suspect = 45.0
    var domestic = 0.0
    var alcohol = 4.0
    var drugs = 3.0
    var knife = 0.0
    var gun = 0.0
    var gang = 0.5
    var mentalHealth = 4.0
    var exploitation = 0.2
    var cyber = 0.0
    var hate = 0.3
    /// None, minor, moderate, serious, fatal.
    var injury: [Double] = [100, 0, 0, 0, 0]
    var femaleVictims = 50.0
    var maleSuspects = 82.0
    /// Ages of victims and suspects: youngest, most usual, oldest.
    var victimAge: (Int, Int, Int) = (11, 26, 88)
    var suspectAge: (Int, Int, Int) = (11, 22, 68)
    /// Share in which victim and suspect know each other, when it is not domestic.
    var known = 20.0
}

extension DemoTraits {
    static let homicide = DemoTraits(
        circle: .violence, victim: 100, suspect: 90, domestic: 25, alcohol: 25, drugs: 20, knife: 45, gun: 5, gang: 20,
        injury: [0, 0, 0, 0, 100], femaleVictims: 28, maleSuspects: 92, victimAge: (14, 26, 75),
        suspectAge: (14, 23, 55), known: 60)
    static let wounding = DemoTraits(
        circle: .violence, victim: 100, suspect: 62, domestic: 20, alcohol: 30, drugs: 12, knife: 42, gun: 3, gang: 12,
        mentalHealth: 8, injury: [0, 8, 47, 45, 0], femaleVictims: 25, maleSuspects: 90, victimAge: (13, 22, 70),
        suspectAge: (13, 20, 55), known: 45)
    static let assault = DemoTraits(
        circle: .violence, victim: 100, suspect: 64, domestic: 34, alcohol: 26, drugs: 5, knife: 3, gang: 1,
        mentalHealth: 8, hate: 1.5, injury: [4, 72, 22, 2, 0], femaleVictims: 52, maleSuspects: 76, known: 45)
    static let commonAssault = DemoTraits(
        circle: .violence, victim: 100, suspect: 62, domestic: 36, alcohol: 20, drugs: 4, knife: 1.5, mentalHealth: 9,
        hate: 1.5, injury: [88, 12, 0, 0, 0], femaleVictims: 55, maleSuspects: 72, known: 45)
    static let threat = DemoTraits(
        circle: .violence, victim: 100, suspect: 66, domestic: 34, alcohol: 10, knife: 14, gang: 3, mentalHealth: 12,
        cyber: 16, hate: 2, femaleVictims: 56, known: 55)
    static let harassment = DemoTraits(
        circle: .domestic, victim: 100, suspect: 68, domestic: 38, alcohol: 4, mentalHealth: 10, cyber: 40, hate: 2,
        femaleVictims: 66, maleSuspects: 70, suspectAge: (15, 33, 75), known: 70)
    static let coercion = DemoTraits(
        circle: .domestic, victim: 100, suspect: 97, domestic: 100, alcohol: 12, mentalHealth: 12, cyber: 15,
        femaleVictims: 93, maleSuspects: 93, victimAge: (16, 33, 75), suspectAge: (17, 35, 75), known: 100)
    static let againstChild = DemoTraits(
        circle: .domestic, victim: 100, suspect: 90, domestic: 60, alcohol: 12, drugs: 8, mentalHealth: 14,
        exploitation: 12, injury: [70, 26, 4, 0, 0], victimAge: (1, 9, 16), suspectAge: (20, 36, 65), known: 95)
    static let rape = DemoTraits(
        circle: .sexual, victim: 100, suspect: 70, domestic: 30, alcohol: 22, drugs: 7, mentalHealth: 10,
        exploitation: 5,
        injury: [62, 28, 8, 2, 0], femaleVictims: 95, maleSuspects: 99, victimAge: (16, 24, 75),
        suspectAge: (14, 30, 75),
        known: 70)
    static let sexual = DemoTraits(
        circle: .sexual, victim: 100, suspect: 50, domestic: 8, alcohol: 16, exploitation: 7, cyber: 8,
        injury: [94, 6, 0, 0, 0], femaleVictims: 88, maleSuspects: 97, victimAge: (8, 20, 75), suspectAge: (13, 32, 80),
        known: 45)
    static let robbery = DemoTraits(
        circle: .youth, victim: 96, suspect: 28, alcohol: 5, drugs: 4, knife: 27, gun: 1.5, gang: 9, exploitation: 2,
        injury: [66, 27, 6, 1, 0], femaleVictims: 22, maleSuspects: 95, victimAge: (11, 18, 75),
        suspectAge: (12, 17, 45), known: 8)
    static let burglary = DemoTraits(
        circle: .burglary, victim: 97, suspect: 12, drugs: 6, maleSuspects: 94, victimAge: (20, 44, 92),
        suspectAge: (14, 31, 55), known: 8)
    static let ofBusiness = DemoTraits(
        circle: .burglary, victim: 4, suspect: 18, drugs: 7, maleSuspects: 92, suspectAge: (15, 33, 60), known: 5)
    static let vehicle = DemoTraits(
        circle: .burglary, victim: 94, suspect: 7, drugs: 3, gang: 1, femaleVictims: 41, maleSuspects: 95,
        victimAge: (18, 41, 85), suspectAge: (13, 24, 50), known: 3)
    static let theft = DemoTraits(
        circle: .retail, victim: 88, suspect: 12, alcohol: 3, femaleVictims: 54, known: 12)
    static let shop = DemoTraits(
        circle: .retail, victim: 1, suspect: 36, alcohol: 6, drugs: 14, mentalHealth: 5, maleSuspects: 66,
        suspectAge: (13, 36, 70), known: 3)
    static let damage = DemoTraits(
        circle: .disorder, victim: 70, suspect: 24, domestic: 14, alcohol: 11, mentalHealth: 6, hate: 1,
        victimAge: (18, 42, 88), suspectAge: (11, 26, 70), known: 35)
    static let possession = DemoTraits(
        circle: .drugs, victim: 0, suspect: 96, alcohol: 4, drugs: 100, knife: 2, gang: 4, exploitation: 2,
        maleSuspects: 92, suspectAge: (14, 23, 60))
    static let supply = DemoTraits(
        circle: .drugs, victim: 0, suspect: 92, drugs: 100, knife: 8, gun: 1, gang: 22, exploitation: 11,
        maleSuspects: 94, suspectAge: (14, 22, 55))
    static let weapon = DemoTraits(
        circle: .youth, victim: 2, suspect: 88, alcohol: 7, drugs: 12, knife: 88, gang: 16, mentalHealth: 7,
        exploitation: 4, maleSuspects: 94, suspectAge: (12, 18, 60))
    static let disorder = DemoTraits(
        circle: .disorder, victim: 74, suspect: 42, domestic: 7, alcohol: 22, mentalHealth: 9, hate: 6,
        maleSuspects: 76, known: 30)
    static let hostile = DemoTraits(
        circle: .disorder, victim: 92, suspect: 40, alcohol: 18, mentalHealth: 9, hate: 100, maleSuspects: 76, known: 24
    )
    static let other = DemoTraits(
        circle: .disorder, victim: 40, suspect: 55, alcohol: 4, cyber: 8, known: 45)
    static let breach = DemoTraits(
        circle: .domestic, victim: 96, suspect: 97, domestic: 96, alcohol: 10, mentalHealth: 8, cyber: 12,
        femaleVictims: 90, maleSuspects: 92, victimAge: (17, 34, 75), suspectAge: (18, 36, 75), known: 100)
}
