import Kernel
import Records
import Testing

@Suite struct DateOnlyTests {
    @Test("A time known only as a date lasts to the end of that day, and an end date includes its day")
    func ends() throws {
        let folder = try Folder()
        let text = """
            incident_id,source,category,from,to
            1,police,Robbery,2025-01-04,
            2,police,Robbery,2025-01-04,2025-01-05
            3,police,Robbery,2025-01-04T10:00,
            4,police,Robbery,2025-01-04T10:00,2025-01-04
            """
        let path = try folder.write(text, to: "incidents.csv")

        let table = try #require(try folder.read([.init(path: path)]).incidents.first)

        let day = Int64(try #require(LocalDate("2025-01-04")).day) * 86_400
        #expect(table.from == [day, day, day + 36_000, day + 36_000])
        #expect(table.to == [day + 86_400, day + 2 * 86_400, .min, day + 86_400])
    }
}
