import Kernel
import Testing

@Suite struct MonthTests {
    @Test("A month is read and written as YYYY-MM") func text() {
        #expect(Month("2024-02")?.description == "2024-02")
        #expect(Month("2024-02")?.length == 29)
        #expect(Month("2023-02")?.length == 28)
        for wrong in ["2024-13", "2024-00", "24-01", "2024/01", "2024-1", "", "2024-0x"] {
            #expect(Month(wrong) == nil)
        }
    }
}
