internal import Kernel

/// Names of people who do not exist: usual given names with family names put together from syllables.
enum DemoPersonNames {
    /// Given names with the short forms that are also written down.
    struct Given {
        let name: String
        let short: [String]

        init(_ text: String) {
            let parts = text.split(separator: "/").map(String.init)
            name = parts.first ?? ""
            short = Array(parts.dropFirst())
        }
    }

    static let women: [Given] = names(
        """
        Olivia/Liv Amelia/Amy Isla Ava Emily/Em Sophia/Sophie Grace Lily Charlotte/Charlie/Lottie Jessica/Jess \
        Elizabeth/Liz/Beth Katherine/Kate/Kathy Rebecca/Becky Samantha/Sam Victoria/Vicky Jennifer/Jenny Nicola/Nicky \
        Margaret/Maggie Susan/Sue Patricia/Pat Christine/Chris Alexandra/Alex Abigail/Abby Hannah Chloe Megan/Meg \
        Zainab Aisha Fatima Mariam Khadija Priya Anjali Sunita Deepa Nadia Yasmin Amara Ngozi Adaeze Folasade/Sade \
        Abena Akua Chiara Agnieszka/Aga Katarzyna/Kasia Joanna/Asia Ioana Elena Mei Ling Thi Rosa Daniela/Dani \
        Theodora/Thea Josephine/Jo/Josie Gabrielle/Gaby Leah Erin Molly Niamh Siobhan Caitlin/Cait Freya Imogen/Immy
        """)
    static let men: [Given] = names(
        """
        Oliver/Ollie George Harry Jack Jacob/Jake Noah Charles/Charlie Thomas/Tom/Tommy James/Jim/Jamie William/Will/Bill \
        Michael/Mike/Mick Robert/Rob/Bob Richard/Rick/Dick David/Dave Daniel/Dan/Danny Matthew/Matt Anthony/Tony \
        Christopher/Chris Stephen/Steve Andrew/Andy Joseph/Joe Benjamin/Ben Samuel/Sam Alexander/Alex Nicholas/Nick \
        Edward/Ed/Eddie Jonathan/Jon Joshua/Josh Timothy/Tim Gregory/Greg Mohammed/Mo Ahmed Ibrahim Yusuf Hamza Bilal \
        Arjun Rohan Sanjay Vikram Imran Tariq Kwame Kofi Emeka Chidi Tunde Jermaine Tyrone Marlon Piotr Krzysztof/Kris \
        Tomasz/Tomek Andrei Mihai Luca Marco Wei Jun Rafael/Rafa Diego Callum/Cal Liam Connor/Con Declan/Dec Rhys Owen
        """)

    private static let beginnings: [String] = [
        "Asker", "Bram", "Corrin", "Dun", "Eller", "Farn", "Gris", "Hather", "Ickle", "Jor", "Kester", "Lorr", "Marn",
        "Nath", "Ollen", "Pemb", "Quill", "Ravel", "Sidder", "Tarr", "Ulver", "Venn", "Wrax", "Yard", "Zell", "Adey",
        "Oke", "Bala", "Chand", "Moha", "Raj", "Sing", "Kow", "Nowa", "Popes", "Rodri", "Fern", "Chow", "Tan", "Osei",
    ]
    private static let endings: [String] = [
        "by", "ley", "ston", "wick", "gate", "shaw", "combe", "dale", "more", "field", "ana", "escu", "ski", "oye",
        "mir", "rao", "dez", "ola", "ani", "ford",
    ]

    /// Every family name, in a fixed order.
    static let families: [String] = beginnings.flatMap { beginning in endings.map { beginning + $0 } }

    private static func names(_ text: String) -> [Given] { text.split(separator: " ").map { Given(String($0)) } }
}
