import Enforcement
import Kernel

/// What happened to the invented orders.
extension DemoOrders {
    private static let officer = "officer@obbwade.example"
    private static let police = "police@obbwade.example"
    private static let head = "Marian Tait, head of community safety"
    private static let inspector = "Inspector R. Vale"
    private static let magistrates = "Obbwade Magistrates’ Court"
    private static let county = "Obbwade County Court"

    private static func keepOut(_ place: String) -> OrderTerm {
        OrderTerm(.prohibition, "Not to enter \(place)", part: OrderTermPart(.keepOut, place: OrderPlace(place)))
    }

    private static func attend(_ place: String, _ text: String) -> OrderTerm {
        OrderTerm(
            .requirement, text, supervisor: "The youth justice service",
            part: OrderTermPart(.attend, place: OrderPlace(place)))
    }

    static let plans: [Plan] = warnings + places + behaviour + domestic + tenancies

    private static let warnings: [Plan] = [
        Plan(type: "warning", maker: officer, subject: .body("Lockside Car Wash"), daysAgo: 2),
        Plan(
            type: "abc", maker: officer, subject: .person("Kyle", "Denholm", born: "2008-05-14"), daysAgo: 165,
            terms: [keepOut("the roof of the Bell Centre")],
            steps: [(1, .authorise("Orla Quinn, case officer")), (3, .serve("Signed", days: 180))]),
        Plan(
            type: "cpw", maker: officer, subject: .body("Weir Street Scrap"), daysAgo: 60,
            terms: [OrderTerm(.requirement, "To clear the pavement by six each evening")],
            steps: [(0, .authorise(head)), (1, .serve("By hand"))]),
        Plan(
            type: "cpn", maker: officer, subject: .body("Weir Street Scrap"), daysAgo: 30,
            terms: [
                OrderTerm(.prohibition, "Not to store scrap on the pavement"),
                OrderTerm(.requirement, "To clear the pavement by six each evening"),
            ], after: 2,
            steps: [
                (0, .authorise(head)), (1, .serve("By hand")),
                (12, .breach("Two freezers left on the pavement overnight", evidence: "The warden’s photographs")),
                (15, .appeal(magistrates)),
            ]),
        Plan(
            type: "cpn-fpn", maker: officer, subject: .body("Weir Street Scrap"), daysAgo: 16, after: 3, penalty: 10000,
            steps: [(0, .authorise(head)), (1, .serve("By post"))]),
    ]

    private static let places: [Plan] = [
        Plan(
            type: "pspo", maker: officer, subject: .area("Obbwade town centre"), daysAgo: 400,
            terms: [OrderTerm(.prohibition, "Not to drink alcohol after an officer asks to stop")],
            steps: [(1, .authorise("The cabinet, 14 votes to 2")), (2, .make(days: 730))]),
        Plan(
            type: "closure-notice", maker: police, subject: .premises("17 Weir House, Lock Lane"), daysAgo: 45,
            steps: [
                (0, .authorise("Superintendent P. Lunn", senior: true)), (0, .serve("Fixed to the premises", days: 1)),
                (0, .hearing(1, magistrates)),
            ]),
        Plan(
            type: "closure-order", maker: police, subject: .premises("17 Weir House, Lock Lane"), daysAgo: 44,
            terms: [OrderTerm(.prohibition, "Nobody may enter but the landlord and emergency services")], after: 6,
            steps: [
                (0, .authorise("Superintendent P. Lunn")), (0, .hearing(0, magistrates)), (0, .make(days: 60)),
                (20, .extend(days: 70)),
            ]),
        Plan(
            type: "dispersal", maker: police, subject: .area("Bell Centre and bus station"), daysAgo: 9,
            terms: [OrderTerm(.requirement, "To leave the area when an officer says so")],
            steps: [(0, .authorise(inspector)), (0, .make(days: 1))]),
        Plan(
            type: "abatement", maker: officer, subject: .premises("The Old Boathouse"), daysAgo: 8,
            terms: [OrderTerm(.requirement, "To end amplified music at eleven")],
            steps: [(0, .authorise("Environmental health officer T. Marsh")), (1, .serve("By hand"))]),
    ]

    private static let behaviour: [Plan] = [
        Plan(
            type: "injunction", maker: officer, subject: .person("Dean", "Hollis", born: "1988-02-21"), daysAgo: 200,
            terms: [keepOut("Mill Estate"), OrderTerm(.prohibition, "Not to threaten staff of the council")],
            steps: [
                (
                    1,
                    .assess(
                        [.substanceUse], "He drinks; the alcohol service knows him",
                        tried: "Two contracts and a warning",
                        adjusted: "The way to the alcohol service stays open to him")
                ), (2, .authorise(head)), (5, .serve("By hand")), (6, .hearing(12, county)), (18, .make(days: 365)),
                (60, .breach("Seen in the lobby of Mill House, shouting", evidence: "Two residents’ statements")),
                (90, .vary([keepOut("Mill Estate"), keepOut("Bell Centre")])),
            ]),
        Plan(
            type: "injunction", maker: officer, subject: .person("Bethany", "Crowe", born: "2009-11-03"), daysAgo: 20,
            terms: [keepOut("the bus station"), attend("The Loft", "To meet the mentor each Tuesday")],
            steps: [
                (
                    1,
                    .assess(
                        [.age], "She is 16", tried: "A contract and a mentor", adjusted: "Meetings lie after school")
                ),
                (
                    1,
                    .assess(
                        [.age, .neurodivergence], "She is 16; the school says she is autistic",
                        tried: "A contract and a mentor",
                        adjusted: "Meetings lie after school, with plain words and pictures")
                ), (2, .authorise(head)), (5, .serve("By hand")), (6, .hearing(25, "Obbwade Youth Court")),
            ]),
        Plan(
            type: "injunction", maker: officer, subject: .person("Marcus", "Fell", born: "1979-09-30"), daysAgo: 70,
            terms: [keepOut("Lock Lane allotments")],
            steps: [
                (
                    0,
                    .assess(
                        [.health], "Depression, says his doctor", tried: "Mediation", adjusted: "He keeps his own plot")
                ), (1, .authorise(head)), (2, .hearing(10, county)), (12, .refuse),
            ]),
        Plan(
            type: "injunction", maker: officer, subject: .person("Leanne", "Booth", born: "1994-12-05"), daysAgo: 50,
            steps: [
                (
                    1,
                    .assess(
                        [.caring], "She cares for two small children", tried: "Visits",
                        adjusted: "The school run stays free")
                ), (1, .authorise(head)), (9, .withdraw),
            ]),
        Plan(
            type: "cbo", maker: police, subject: .person("Wayne", "Schofield", born: "1991-06-17"), daysAgo: 120,
            terms: [keepOut("the retail park"), OrderTerm(.prohibition, "Not to carry tools for breaking in")],
            steps: [
                (0, .goOn("The prosecutor asked on the day of sentence")),
                (1, .authorise("Crown Prosecution Service, at the police’s request")), (2, .hearing(20, magistrates)),
                (22, .make(days: 1095)),
                (70, .breach("In the retail park with a jemmy", evidence: "The centre’s cameras", stage: .charged)),
            ]),
        Plan(
            type: "cbo", maker: police, subject: .person("Tyler", "Marsden", born: "2010-03-08"), daysAgo: 400,
            terms: [keepOut("the bus station")],
            steps: [
                (
                    0,
                    .assess(
                        [.age], "He is 15", tried: "A contract and a curfew", adjusted: "The way to school stays free")
                ), (1, .authorise("Crown Prosecution Service, at the police’s request")),
                (2, .hearing(10, "Obbwade Youth Court")), (12, .make(days: 730)), (370, .review),
            ]),
        Plan(
            type: "kcpo", maker: police, subject: .person("Jermaine", "Tully", born: "2009-08-19"), daysAgo: 12,
            terms: [attend("The Loft", "To take part in the knife project on Thursdays")],
            steps: [
                (0, .assess([.age], "He is 16", tried: "A mentor", adjusted: "Sessions lie after college")),
                (1, .authorise("Superintendent P. Lunn")),
            ]),
        Plan(
            type: "fbo", maker: police, subject: .person("Gary", "Stott", born: "1985-01-12"), daysAgo: 15,
            terms: [OrderTerm(.prohibition, "Not to attend regulated football matches")],
            steps: [
                (
                    0,
                    .assess(
                        [], "Nothing is known; the club was asked", tried: "A ban by the club",
                        adjusted: "Nothing needed adjusting")
                ), (1, .authorise(inspector)), (2, .hearing(8, magistrates)), (10, .make(from: 20, days: 1200)),
            ]),
    ]

    private static let domestic: [Plan] = [
        Plan(
            type: "dvpn", maker: police, subject: .person("Craig", "Bexley", born: "1982-04-25"), daysAgo: 34,
            terms: [keepOut("9 Orchard Rise")],
            steps: [
                (0, .authorise("Superintendent P. Lunn")), (0, .serve("By hand")),
                (
                    0,
                    .assess(
                        [.substanceUse], "He drinks, says the officer who was there",
                        tried: "He was asked to leave for the night", adjusted: "He was told in plain words, sober")
                ), (1, .heard),
            ]),
        Plan(
            type: "dvpo", maker: police, subject: .person("Craig", "Bexley", born: "1982-04-25"), daysAgo: 33,
            terms: [keepOut("9 Orchard Rise")], after: 18,
            steps: [
                (
                    0,
                    .assess(
                        [.substanceUse], "He drinks, says the officer who was there", tried: "The notice",
                        adjusted: "He may fetch his things with an officer")
                ), (0, .authorise("Superintendent P. Lunn")), (0, .hearing(0, magistrates)), (0, .make(days: 28)),
            ]),
    ]

    private static let tenancies: [Plan] = [
        Plan(
            type: "nosp", maker: officer, subject: .tenancy("Tenancy 40117"), daysAgo: 90,
            steps: [
                (
                    0,
                    .assess(
                        [.health], "The tenant’s depression is treated", tried: "Visits and a contract",
                        adjusted: "An advice centre was asked to help")
                ), (1, .authorise("Housing manager L. Adair")), (2, .serve("Left at the address")),
            ]),
        Plan(
            type: "demotion", maker: officer, subject: .tenancy("Tenancy 40117"), daysAgo: 40, after: 20,
            steps: [
                (
                    0,
                    .assess(
                        [.health], "The tenant’s depression is treated", tried: "The notice",
                        adjusted: "Support stays with the tenancy")
                ), (1, .authorise("Housing manager L. Adair")), (2, .hearing(12, county)), (14, .make(days: 365)),
                (30, .discharge),
            ]),
    ]
}
