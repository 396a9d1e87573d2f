/// The kinds of offence of the made-up register. Harm in days is invented, not that of any index.
struct Offence {
    /// `MajorType,MinorType,HOClass,HarmDays,`
    let text: [UInt8]

    static let all: [Offence] = rows.map { Offence(text: Array(($0.0 + ",").utf8)) }
    static let choice = Choice(rows)

    private static let rows: [(String, Double)] = [
        ("Arson and Criminal Damage,Criminal Damage,058/01,2.50", 6),
        ("Arson and Criminal Damage,Arson,056/01,33.00", 0.4),
        ("Burglary,Residential Burglary,028/03,20.00", 5),
        ("Burglary,\"Burglary, Business and Community\",030/01,15.00", 2),
        ("Drug Offences,Possession of Drugs,092/40,1.00", 4), ("Drug Offences,Drug Trafficking,092/30,365.00", 1),
        ("Miscellaneous Crimes,Other Notifiable,099/99,4.25", 1.4),
        ("Possession of Weapons,Weapon Possession,010/11,10.00", 0.8),
        ("Public Order Offences,Public Fear Alarm or Distress,125/09,5.00", 6),
        ("Public Order Offences,Violent Disorder,065/00,91.00", 0.2),
        ("Robbery,Robbery of Personal Property,034/01,365.00", 3),
        ("Robbery,Robbery of Business Property,034/02,365.00", 0.3), ("Sexual Offences,Rape,019/08,1825.00", 1),
        ("Sexual Offences,Other Sexual Offences,020/03,150.00", 1.4), ("Theft,Shoplifting,046/00,0.10", 6),
        ("Theft,\"Theft, Other\",049/10,2.00", 14), ("Theft,Theft from Person,039/00,20.00", 6),
        ("Theft,Bicycle Theft,044/00,5.00", 2), ("Vehicle Offences,Theft from a Vehicle,045/11,2.00", 8),
        ("Vehicle Offences,Theft of a Vehicle,048/02,30.00", 4),
        ("Vehicle Offences,Interfering with a Vehicle,126/00,1.50", 1),
        ("Violence Against the Person,Violence with Injury,008/06,19.00", 9),
        ("Violence Against the Person,Violence without Injury,105/01,1.00", 11),
        ("Violence Against the Person,\"Stalking, Harassment\",195/94,10.00", 7),
        ("Violence Against the Person,Homicide,001/01,5475.00", 0.02),
    ]
}

/// The areas of the made-up register.
enum Place {
    /// The names of the London boroughs.
    static let boroughs: [[UInt8]] = [
        "Barking and Dagenham", "Barnet", "Bexley", "Brent", "Bromley", "Camden", "City of London", "Croydon", "Ealing",
        "Enfield", "Greenwich", "Hackney", "Hammersmith and Fulham", "Haringey", "Harrow", "Havering", "Hillingdon",
        "Hounslow", "Islington", "Kensington and Chelsea", "Kingston upon Thames", "Lambeth", "Lewisham", "Merton",
        "Newham", "Redbridge", "Richmond upon Thames", "Southwark", "Sutton", "Tower Hamlets", "Waltham Forest",
        "Wandsworth", "Westminster",
    ].map { Array($0.utf8) }
}
