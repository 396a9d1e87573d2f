import Testing

@testable import Casework

@Suite("Which parts of an address are guarded")
struct GuardedAddressTests {
    private func finds(_ address: String, _ text: String) -> Bool {
        var words = GuardedWords()
        words.guardAddress(address)
        return !words.kinds(in: text).isEmpty
    }

    @Test("A house, its street and its postcode are guarded, whichever line they stand in")
    func everyPart() {
        let flat = "Flat 4\nRose House\nMill Lane\nSE15 1AA"
        for text in ["Rose House, Mill Lane", "at Rose House", "near Mill Ln", "SE151AA"] {
            #expect(finds(flat, text), "\(text)")
        }
        // The number stands by itself, with a comma after it.
        for text in ["Acacia Road", "12 Acacia Rd."] { #expect(finds("12, Acacia Road", text), "\(text)") }
        #expect(finds("12, Cornhill, London", "in Cornhill"))
        // House and street in one line, and the postcode after the town.
        for text in ["Rose House", "Mill Lane", "rose house mill lane"] {
            #expect(finds("Rose House Mill Lane, Peckham, London SE15 1AA", text), "\(text)")
        }
        // A village before the post town, a street before two towns.
        #expect(finds("Rose Cottage, Little Wenlock, Telford, Shropshire", "in Little Wenlock"))
        #expect(finds("Rose House, The Ridgeway, Peckham, London, England", "on the Ridgeway"))
    }

    @Test("The name of a town or a county alone is not guarded")
    func towns() {
        for text in ["Peckham police station", "London", "the Shropshire Council", "Flat 4", "the house"] {
            for address in [
                "Flat 4\nRose House\nMill Lane\nPeckham\nLondon\nSE15 1AA", "12 Acacia Road, Peckham, London",
                "12, Acacia Road, Telford, Shropshire, TF1 1AA",
            ] { #expect(!finds(address, text), "\(text) of \(address)") }
        }
    }
}
